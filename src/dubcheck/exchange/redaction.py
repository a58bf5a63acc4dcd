"""What may be kept of a message: headers by allow-list, query values by allow-list, no keys.

Nothing outside this module decides what is secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from dubcheck.exchange.near_misses import near_misses

REDACTED = "REDACTED"

KEPT_HEADERS = frozenset(
    """
    accept allow accept-ranges cache-control content-disposition content-encoding content-length
    content-range content-type date etag expires last-modified location range retry-after server
    transfer-encoding user-agent vary x-request-id x-signature-algorithm x-dubcheck-delivery
    x-dubcheck-fingerprint x-dubcheck-signature
    """.split()  # noqa: SIM905 - a list of words reads better than quotes and commas
)

KEPT_QUERY = frozenset(
    """
    limit offset page page_size cursor order sort x-amz-algorithm x-amz-date x-amz-expires
    x-amz-signedheaders expires exp se x-goog-date x-goog-expires
    response-content-type response-content-disposition dubcheck
    """.split()  # noqa: SIM905 - a list of words reads better than quotes and commas
)

_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ESCAPED = {"u0026": "&", "u003d": "=", "u002b": "+", "u003a": ":", "u002f": "/", "/": "/"}
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(u00(?:26|3[dDaA]|2[bBfF])|/)")
_BEARER = re.compile(r"(?i)\b(bearer)\s+[\w.~+/=-]{6,}")
_SIGNED = re.compile(r"(?i)(x-amz-(?:credential|signature|security-token)=)[^&\s\"'<>;\\]+")
_ACCESS_KEY = re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{12,}\b")
_KEY = re.compile(r"\b(?:pk_|panjaya-)[\w-]{4,}")


_SHORTEST_TELLING = 16  # characters
_SHORTEST_KEY = 8


class Redactor:
    """Removes secrets from what is recorded; knows the keys of this run."""

    def __init__(self, secrets: Iterable[str] = ()):
        spellings = {
            form
            for secret in secrets
            if secret
            for key in (secret, *_telling(secret))
            for form in (key, quote(key, safe=""))
        }
        ordered = sorted(spellings, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(_pattern, ordered))) if ordered else None

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The allowed headers, names in lower case."""
        return {
            name.lower(): self.text(value)
            for name, value in headers.items()
            if name.lower() in KEPT_HEADERS
        }

    def text(self, text: str) -> str:
        """The text without known keys, bearer tokens, e-mail addresses and signatures in URLs."""
        if self._secrets is not None:
            text = self._secrets.sub(REDACTED, text)
        if "://" in text:
            text = _URL.sub(lambda found: redact_url(found.group()), text)
        text = _BEARER.sub(rf"\1 {REDACTED}", text)
        text = _KEY.sub(REDACTED, text)
        if "amz" in text.lower() or "AWS" in text:
            # A store that refuses a signature repeats what it was given, outside of any URL.
            text = _ACCESS_KEY.sub(REDACTED, _SIGNED.sub(rf"\1{REDACTED}", text))
        return _EMAIL.sub(REDACTED, text) if "@" in text else text

    def content(self, content: bytes) -> bytes:
        """The bytes, redacted where they are text."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return content
        if text.lstrip()[:1] in ("{", "["):
            text = _with_plain_urls(text)
        return self.text(text).encode("utf-8")


def _with_plain_urls(document: str) -> str:
    """The same JSON without needless escapes: an escaped `&` hides the signature behind it."""
    if "\\/" not in document and "\\u00" not in document:
        return document
    return _ESCAPE.sub(lambda found: found[1] + _ESCAPED[found[2].lower()], document)


def _pattern(secret: str) -> str:
    """A short key is looked for by itself: as a part of other words it would be in any text."""
    pattern = re.escape(secret)
    is_long = len(secret) >= _SHORTEST_KEY
    return pattern if is_long else rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def _telling(secret: str) -> list[str]:
    """Near misses of a key that would tell it; those of a short one may be words of any text."""
    return [item for item in near_misses(secret).values() if len(item) >= _SHORTEST_TELLING]


def redact_url(url: str) -> str:
    """The URL with every query value that is not on the allow-list, and user-info, removed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.query and "@" not in parts.netloc:
        return url
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    query = "&".join(
        f"{name}{mark}{value if name.lower() in KEPT_QUERY or not mark else REDACTED}"
        for name, mark, value in pairs
    )
    netloc = parts.netloc.rpartition("@")[2]
    if netloc != parts.netloc:
        netloc = f"{REDACTED}@{netloc}"
    return urlunsplit((parts.scheme, netloc, parts.path, query, parts.fragment))
