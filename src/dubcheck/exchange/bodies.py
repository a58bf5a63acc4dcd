"""Turning raw bytes into a Body: multipart split into parts, large content kept as a digest."""

from __future__ import annotations

import hashlib
import re
from email.parser import BytesParser
from email.policy import HTTP

from dubcheck.exchange.model import EMPTY, Body, Part
from dubcheck.exchange.redaction import Redactor

KEPT_BYTES = 262_144  # a page of 100 job summaries is about 25 kB; media is larger


def body_from(content: bytes, content_type: str, redactor: Redactor) -> Body:
    """The body as it may be kept."""
    if not content:
        return EMPTY
    if content_type.lower().startswith("multipart/form-data"):
        parts = tuple(_multipart(content, content_type, redactor))
        if parts:
            return Body(None, len(content), _digest(content), parts)
    if len(content) > KEPT_BYTES:
        return Body(None, len(content), _digest(content))
    return Body(redactor.content(content), len(content))


def digest_body(size_bytes: int, sha256: str) -> Body:
    """A body whose content was streamed and not kept."""
    return Body(None, size_bytes, sha256)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _multipart(content: bytes, content_type: str, redactor: Redactor) -> list[Part]:
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if boundary is None:
        return []
    parts = []
    for piece in content.split(b"--" + boundary.group(1).encode("latin-1", "replace"))[1:-1]:
        head, _, payload = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
        disposition = headers.get("content-disposition")
        params = disposition.params if disposition is not None else {}
        payload = payload.removesuffix(b"\r\n")
        kept = redactor.content(payload) if len(payload) <= KEPT_BYTES else None
        parts.append(
            Part(
                name=str(params.get("name", "")),
                filename=params.get("filename"),
                content_type=headers.get("content-type"),
                content=kept if params.get("filename") is None else None,
                size_bytes=len(payload),
                sha256=_digest(payload),
            )
        )
    return parts
