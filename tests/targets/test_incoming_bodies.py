"""Bodies that a receiver of notices reads: whole, cut off, or refused for their framing."""

from __future__ import annotations

import io
from email.message import Message

import pytest

from dubcheck.targets.incoming_bodies import LARGEST_BYTES, read_body


def _headers(name: str, value: str) -> Message:
    headers = Message()
    headers[name] = value
    return headers


@pytest.mark.parametrize(
    ("framed", "body"),
    [
        pytest.param(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde", id="two chunks"),
        pytest.param(b"3;name=value\r\nabc\r\n0\r\n\r\n", b"abc", id="extension"),
        pytest.param(b"A\r\n0123456789\r\n0\r\nx-sum: 1\r\n\r\n", b"0123456789", id="trailer"),
        pytest.param(b"0\r\n\r\n", b"", id="nothing"),
    ],
)
def test_chunks_are_put_together(framed: bytes, body: bytes) -> None:
    """A chunked body is what its chunks hold, and the stream is read to its end."""
    stream = io.BytesIO(framed + b"next")

    read = read_body(_headers("Transfer-Encoding", "chunked"), stream)

    assert (read, stream.read()) == (body, b"next")


def test_large_chunk_is_cut_off() -> None:
    """Of a chunk larger than any notice, the rest is not taken for the next one's size."""
    stream = io.BytesIO(b"%x\r\n" % (LARGEST_BYTES + 9) + b"z" * (LARGEST_BYTES + 9) + b"\r\n")

    read = read_body(_headers("Transfer-Encoding", "chunked"), stream)

    assert read == b"z" * LARGEST_BYTES


def test_large_body_is_cut_off() -> None:
    """A body with a length is read as far as any notice may reach."""
    stream = io.BytesIO(b"z" * (LARGEST_BYTES + 9))

    read = read_body(_headers("Content-Length", str(LARGEST_BYTES + 9)), stream)

    assert read == b"z" * LARGEST_BYTES


@pytest.mark.parametrize(
    ("name", "value"),
    [("Content-Length", "-1"), ("Content-Length", "+3"), ("Transfer-Encoding", "chunked")],
)
def test_untrue_framing_is_refused(name: str, value: str) -> None:
    """A count with a sign is no length: a read for it would go on to the end of the connection."""
    with pytest.raises(ValueError, match="is no count of bytes"):
        read_body(_headers(name, value), io.BytesIO(b"-1\r\nabc\r\n0\r\n\r\n"))
