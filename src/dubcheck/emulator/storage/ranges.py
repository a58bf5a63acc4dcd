"""The Range header as S3 reads it: one range or none; nothing is read from files here."""

from __future__ import annotations

import re

import msgspec

from dubcheck.emulator.storage.refusals import StorageRefusal

_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)


class Span(msgspec.Struct, frozen=True):
    """Part of an object: first byte and number of bytes."""

    start: int
    length: int

    def content_range(self, size_bytes: int) -> str:
        """Value of Content-Range for a 206."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size_bytes}"


def parse_range(header: bytes | None, size_bytes: int) -> Span | None:
    """The asked part; None (the whole object) without a header or with one S3 does not read.

    Raises: StorageRefusal 416 if the range lies beyond the end.
    """
    found = _RANGE.fullmatch(header.decode("latin-1").strip()) if header else None
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size_bytes - int(last)), size_bytes - 1
    else:
        start, end = int(first), min(int(last) if last else size_bytes - 1, size_bytes - 1)
    if last and first and int(last) < int(first):
        return None
    if start >= size_bytes or end < start:
        raise StorageRefusal(
            416,
            "InvalidRange",
            "The requested range is not satisfiable",
            RangeRequested=found.group(),
            ActualObjectSize=str(size_bytes),
        )
    return Span(start, end - start + 1)
