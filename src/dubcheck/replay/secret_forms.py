"""What a secret looks like in a text. A second look: what may be kept is decided in exchange/.

Recording ends with this look, and so do the tests over everything that is committed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

FEWEST_BITS = 3.0  # per character; words and dates have less in 16 characters, keys have more
_OPEN = r"(?!REDACTED)"
_FORMS = {
    "an AWS signature or credential": re.compile(
        rf"(?i)x-amz-(?:signature|credential|security-token)=(?!(?:REDACTED|absent)\b){_OPEN}[^&\s\"'\\]+"
    ),
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a secret in a query": re.compile(
        rf"(?i)[?&](?:sig|signature|token|access_token|api_?key|key|password|secret)={_OPEN}"
        r"[^&\s\"'\\]{6,}"
    ),
    "a bearer or basic token": re.compile(
        rf"(?i)\b(?:bearer|basic)\s+{_OPEN}(?=[\w.~+/-]*[0-9=])[\w.~+/=-]{{8,}}"
    ),
    "a vendor's key": re.compile(r"\b(?:pk_|panjaya-)(?:live|test|emulator|[0-9a-f]{8})[\w-]*"),
    "a JSON web token": re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a header that is never kept": re.compile(
        r"(?im)(?:^[\s-]*|[{,]\s*)[\"']?(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-signature)"
        r"[\"']?:(?!\s*[\"']?(?:(?:[\w-]+ )?REDACTED|Bearer)[\"']?\s*(?:[,}]|$))"
    ),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b"),
}
_NAMED = re.compile(
    r"(?i)[\"']?[\w-]*(?:secret|token|passw|api_?-?key|private)[\w-]*[\"']?\s*[:=]\s*[\"']?"
    r"([\w.~+/=-]{16,})"
)


def secrets_in(text: str, keys: Iterable[str] = ()) -> Iterator[str]:
    """What looks like a secret, by its form and line; never the secret itself."""
    for key in keys:
        if key and key in text:
            yield f"line {_line(text, text.index(key))}: a key of the run"
    for form, pattern in _FORMS.items():
        for found in pattern.finditer(text):
            yield f"line {_line(text, found.start())}: {form}"
    for found in _NAMED.finditer(text):
        if _bits(found.group(1)) >= FEWEST_BITS and not found.group(1).startswith("REDACTED"):
            yield f"line {_line(text, found.start())}: a value that is named as a secret"


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _bits(text: str) -> float:
    """The entropy of a text per character."""
    counted = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counted.values())
