"""Bodies as recorders write them: as text or base64, compressed, in parts. Nothing is judged."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable
from typing import Any

LARGEST_BYTES = 64 * 1024 * 1024  # what a small file may unpack to
_GZIP = b"\x1f\x8b"
BOUNDARY = "dubcheck-recorded-parts"


def encoded(text: str) -> bytes:
    """The bytes of a text; halves of a surrogate pair, which are no text, are replaced."""
    return text.encode("utf-8", "replace")


def from_base64(text: str) -> bytes | None:
    """The bytes, or None where the text is no base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def unpacked(content: bytes | None, encoding: str) -> bytes | None:
    """The content without its content encoding; many recorders have removed it already.

    None where it cannot be told: an encoding that this suite does not read, or a damaged content.
    """
    if not content:
        return content
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if content.startswith(_GZIP):
        return _inflated(content, zlib.MAX_WBITS | 16)
    if names and names[-1] == "deflate":
        plain = _inflated(content, zlib.MAX_WBITS)
        plain = _inflated(content, -zlib.MAX_WBITS) if plain is None else plain
        return content if plain is None else plain
    if set(names) & {"br", "zstd", "compress"} and not _is_text(content):
        return None
    return content


def _inflated(content: bytes, window_bits: int) -> bytes | None:
    reader = zlib.decompressobj(window_bits)
    try:
        plain = reader.decompress(content, LARGEST_BYTES)
    except zlib.error:
        return None
    return plain if reader.eof else None


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def multipart(params: Iterable[dict[str, Any]]) -> bytes:
    """A multipart body of the parameters that a recorder listed; of files it keeps the name."""
    lines = []
    for param in params:
        disposition = f'form-data; name="{_quoted(param.get("name"))}"'
        if param.get("fileName"):
            disposition += f'; filename="{_quoted(param["fileName"])}"'
        head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
        if param.get("contentType"):
            head += f"Content-Type: {_one_line(param['contentType'])}\r\n"
        value = "" if param.get("value") is None else str(param["value"])
        lines.append(encoded(f"{head}\r\n{value}\r\n"))
    return b"".join([*lines, f"--{BOUNDARY}--\r\n".encode()])


def _quoted(value: Any) -> str:
    return _one_line(value).replace('"', "%22")


def _one_line(value: Any) -> str:
    return " ".join(str("" if value is None else value).split("\r\n")).replace("\n", " ")
