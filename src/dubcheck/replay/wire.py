"""What of a request or an answer goes into a cassette, and by what a request is known again.

Headers and query values are kept by the allow-lists of exchange/redaction.py. Nothing is sent here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from dubcheck.exchange import Credential, Redactor
from dubcheck.exchange.near_misses import WRONG_KEYS
from dubcheck.exchange.redaction import KEPT_HEADERS, redact_url
from dubcheck.replay.media_shelf import MediaShelf, digest

CREDENTIAL = "x-dubcheck-credential"  # which key a request carried, in place of Authorization
FAULT = "x-emulator-fault"  # a failure that the embedded emulator was asked for
BOUNDARY = "dubcheck-part"
CRLF = b"\r\n"
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_PORT = re.compile(r"(://[^/\"\s]+?):\d{1,5}(?=[/\"?])")
_TOLD_APART_BY = ("range", FAULT, CREDENTIAL)
_DROPPED = frozenset({"content-length", "transfer-encoding"})


class Wire:
    """Turns what goes over the wire into what a cassette may hold.

    `keys` maps each key of the run to its label; they are redacted wherever they stand.
    """

    def __init__(self, keys: Mapping[str, Credential], shelf: MediaShelf):
        self._labels = {**dict.fromkeys(WRONG_KEYS.values(), Credential.WRONG), **keys}
        self._redactor = Redactor(keys)
        self._shelf = shelf

    def url(self, url: str) -> str:
        """The URL without secrets."""
        return self._redactor.text(redact_url(url))

    def request_headers(self, headers: Mapping[str, Any]) -> dict[str, str]:
        """The allowed headers and the label of the credential."""
        given = {name.lower(): _text(value) for name, value in headers.items()}
        kept = self._redactor.headers(given)
        if FAULT in given:
            kept[FAULT] = given[FAULT]
        kept[CREDENTIAL] = given.get(CREDENTIAL) or self._label(given.get("authorization"))
        kept = {name: value for name, value in kept.items() if name not in _DROPPED}
        if "content-type" in kept:
            kept["content-type"] = _BOUNDARY.sub(f"boundary={BOUNDARY}", kept["content-type"])
        return dict(sorted(kept.items()))

    def request_body(self, body: bytes, content_type: str) -> bytes:
        """The body without secrets, its boundary fixed and its files by reference."""
        boundary = _BOUNDARY.search(content_type)
        if not body or boundary is None or not content_type.lower().startswith("multipart/"):
            return self._kept(body, is_upload=True)
        mark = b"--" + boundary.group(1).encode("latin-1", "replace")
        pieces = [self._piece(piece) for piece in body.split(mark)]
        return (b"--" + BOUNDARY.encode()).join(pieces)

    def answer_headers(self, headers: Mapping[str, Any]) -> dict[str, list[str]]:
        """The allowed headers, as VCR keeps them."""
        kept: dict[str, list[str]] = {}
        for name, values in headers.items():
            lowered = name.lower()
            if lowered in KEPT_HEADERS and lowered not in _DROPPED:
                kept[lowered] = [
                    self._redactor.text(value)
                    for value in (values if isinstance(values, list) else [values])
                ]
        return dict(sorted(kept.items()))

    def answer_body(self, body: bytes) -> bytes:
        """The body without secrets, by reference where it is large or no text."""
        return self._kept(body)

    def _kept(self, body: bytes, *, is_upload: bool = False) -> bytes:
        return self._shelf.shelve(self._redactor.content(body), is_upload=is_upload)

    def _piece(self, piece: bytes) -> bytes:
        head, gap, payload = piece.partition(b"\r\n\r\n")
        if not gap:
            return piece
        return head + gap + self._kept(payload.removesuffix(CRLF), is_upload=True) + CRLF

    def _label(self, authorization: str | None) -> str:
        if authorization is None:
            return Credential.NONE.value
        scheme, _, key = authorization.partition(" ")
        if scheme != "Bearer" or not key:
            return Credential.MALFORMED.value
        return self._labels.get(key, Credential.WRONG).value


Identity = tuple[str, str, str, tuple[str | None, ...], str]


def identity(
    method: str, url: str, headers: Mapping[str, str], body: bytes, origins: Iterable[str]
) -> Identity:
    """By what a kept request is known again: JSON by value, forms by their parts, files by digest.

    Hosts of the stage, ports and the order of headers do not matter.
    """
    for origin in origins:
        url = url.replace(origin, "http://stage", 1) if url.startswith(origin) else url
    content_type = headers.get("content-type", "")
    told_apart = tuple(headers.get(name) for name in _TOLD_APART_BY)
    medium = content_type.partition(";")[0].strip().lower()
    path = urlsplit(url)
    where = f"{path.scheme}://{path.netloc}{path.path or '/'}?{path.query}"
    return method.upper(), where, medium, told_apart, body_identity(body, content_type)


def body_identity(body: bytes, content_type: str) -> str:
    """The value of a body: equal where two bodies mean the same."""
    mark = b"--" + BOUNDARY.encode()
    if content_type.lower().startswith("multipart/") and mark in body:
        return " | ".join(_part_identity(piece) for piece in body.split(mark)[1:-1])
    try:
        return _PORT.sub(r"\1", json.dumps(json.loads(body), sort_keys=True))
    except (ValueError, RecursionError):
        return digest(body) if body else ""


def _part_identity(piece: bytes) -> str:
    head, _, payload = piece.partition(b"\r\n\r\n")
    lines = sorted(line.strip().lower() for line in head.decode("latin-1").splitlines() if line)
    return f"{lines} {body_identity(payload.removesuffix(CRLF), '')}"


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
