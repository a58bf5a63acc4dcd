"""Samples that are not playable media: pages, text, noise, nothing. Media is recipes.py."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from dubcheck.measure.samples.recipes import SampleName


@dataclass(frozen=True, slots=True)
class Oddity:
    """Bytes to send, and the name and type under which they are sent."""

    filename: str
    content_type: str
    content: bytes


def _png() -> bytes:
    """A grey picture of 16 by 16 pixels: a real file, of a format that holds no sound."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")

    side = (16).to_bytes(4, "big")
    pixels = zlib.compress((b"\x00" + b"\x80" * 16) * 16)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


_PAGE = (
    b"<!doctype html>\n<html><head><title>Clip</title></head><body><p>A page.</p></body></html>\n"
)

ODDITIES: dict[SampleName, Oddity] = {
    SampleName.HTML_PAGE: Oddity("page.html", "text/html", _PAGE),
    SampleName.TEXT_NAMED_MP4: Oddity("text.mp4", "video/mp4", b"This is not a video.\n" * 64),
    SampleName.PICTURE: Oddity("picture.png", "image/png", _png()),
    SampleName.RANDOM_BYTES: Oddity("random.mp4", "video/mp4", random.Random(7).randbytes(20_000)),
    SampleName.EMPTY_FILE: Oddity("empty.mp4", "video/mp4", b""),
    # Half of the plain MP4, whose index stands at the end and is lost; its bytes are made from it.
    SampleName.MP4_TRUNCATED: Oddity("truncated.mp4", "video/mp4", b""),
}
