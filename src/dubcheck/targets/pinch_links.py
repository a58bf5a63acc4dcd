"""Presigned links spoilt in one respect, to see whether storage verifies them.

Which links storage must refuse is no matter of this module.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SIGNATURE = re.compile(
    r"(?i)(?:^|[?&])(?:x-amz-signature|x-goog-signature|signature|sig)=(?P<value>[^&#]+)"
)
_PAIR = re.compile(r"[?&](?P<name>[^=&#]+)=(?P<value>[^&#]+)")
_OPAQUE = re.compile(r"(?:[\w.~+/=-]|%[0-9A-Fa-f]{2}){16,}")
# What these hold says which file, whose key or how it is answered; changed, it is another link.
_TELLING = re.compile(
    r"(?i)response-.*|.*(?:id|date|expires|credential|name|type|headers|algorithm)"
)
_CHARACTER = re.compile(r"%..|.")


def with_another_signature(url: str) -> str | None:
    """The link with one character of its signature changed, or None where it shows none.

    Where no parameter has a known name, its longest opaque value is taken for the signature.
    """
    found = _SIGNATURE.search(url) or _longest_opaque(url)
    if found is None:
        return None
    start, end = found.span("value")
    place = _middle(found["value"])
    if place is None:
        return None
    character = "0" if url[start + place] != "0" else "1"
    return url[: start + place] + character + url[start + place + 1 : end] + url[end:]


def without_query(url: str) -> str | None:
    """The link without everything that could sign it, or None where nothing does."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts._replace(query="", fragment="").geturl() if parts.query else None


def _longest_opaque(url: str) -> re.Match[str] | None:
    pairs = [
        found
        for found in _PAIR.finditer(url)
        if _OPAQUE.fullmatch(found["value"]) and not _TELLING.fullmatch(found["name"])
    ]
    return max(pairs, key=lambda found: len(found["value"]), default=None)


def _middle(value: str) -> int | None:
    """A place near the middle: the last digits of a text in base 64 may not count."""
    places = [found.start() for found in _CHARACTER.finditer(value) if found.group().isalnum()]
    return places[len(places) // 2] if places else None
