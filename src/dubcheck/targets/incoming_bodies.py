"""Bodies of requests that a listener gets: with their length, or in chunks. No answers here."""

from __future__ import annotations

from email.message import Message
from io import BufferedIOBase

LARGEST_BYTES = 1_000_000
_LONGEST_LINE = 1000


def read_body(headers: Message, stream: BufferedIOBase) -> bytes:
    """The body, cut off where it is larger than any notice.

    Raises ValueError where its framing is none of HTTP/1.1.
    """
    if "chunked" in headers.get("Transfer-Encoding", "").lower():
        return _chunks(stream)
    return stream.read(min(_length(headers.get("Content-Length", "0"), 10), LARGEST_BYTES))


def _chunks(stream: BufferedIOBase) -> bytes:
    """What stands in the chunks; extensions and trailers are read past (RFC 9112, section 7.1)."""
    body = bytearray()
    while size := _length(stream.readline(_LONGEST_LINE).partition(b";")[0].decode("latin-1"), 16):
        body += stream.read(min(size, LARGEST_BYTES))
        if len(body) >= LARGEST_BYTES:
            return bytes(body[:LARGEST_BYTES])
        stream.readline(_LONGEST_LINE)
    while stream.readline(_LONGEST_LINE).strip():
        pass
    return bytes(body)


def _length(text: str, radix: int) -> int:
    """A count of bytes; int() alone takes signs, with which a read would not end."""
    if not text.strip().isalnum():
        raise ValueError(f"{text!r} is no count of bytes")
    return int(text, radix)
