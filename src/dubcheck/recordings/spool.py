"""Exchanges on disk between the two readings: in memory are only their places and moments."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from tempfile import TemporaryFile

from dubcheck.exchange import Exchange
from dubcheck.exchange.coding import decode_exchange, encode_exchange


class Spool:
    """A temporary file of exchanges, given back in the order of their beginnings."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by close()
        self._offsets = array("q")
        self._starts = array("d")
        self._files: list[str] = []

    def add(self, exchange: Exchange, file: str) -> None:
        """Keeps one exchange of a file."""
        self._files.append(file)
        self._offsets.append(self._file.tell())
        self._starts.append(exchange.started_at)
        line = json.dumps(encode_exchange(exchange), separators=(",", ":"))
        self._file.write(line.encode("ascii") + b"\n")

    @property
    def count(self) -> int:
        """How many exchanges are kept."""
        return len(self._offsets)

    def forget_since(self, count: int) -> None:
        """Drops what was added after the first `count`."""
        del self._offsets[count:]
        del self._starts[count:]
        del self._files[count:]

    def exchanges(self) -> Iterator[tuple[Exchange, str]]:
        """Every exchange with its file, the earliest first; of two at once, the one added first."""
        for number in sorted(range(len(self._offsets)), key=self._starts.__getitem__):
            self._file.seek(self._offsets[number])
            yield decode_exchange(json.loads(self._file.readline())), self._files[number]

    def close(self) -> None:
        """Gives the disk space back."""
        self._file.close()
