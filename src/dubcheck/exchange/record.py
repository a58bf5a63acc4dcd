"""The record of a run: a header, exchanges, outcomes and a footer that proves it is whole.

Shape: JSON lines, each with a `type`, plain or compressed with gzip. A record without its footer is
refused, so that a run that was killed never reads as a shorter success.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, TextIO

from dubcheck.errors import RecordError
from dubcheck.exchange.coding import decode_exchange, encode_exchange
from dubcheck.exchange.model import Exchange

SCHEMA_VERSION = 1
_GZIP_MAGIC = b"\x1f\x8b"
_LONGEST_LINE_BYTES = 64 * 1024 * 1024  # two bodies of 256 kB in the widest JSON escapes are 3 MB


class RecordWriter:
    """Appends lines to one file; every line is flushed, so that a killed run leaves what it had."""

    def __init__(self, path: Path):
        self.path = path
        self._file: TextIO = path.open("w", encoding="utf-8")
        self.lines = 0

    def header(self, document: dict[str, Any]) -> None:
        """The first line: what was judged, with which options."""
        self._write({"type": "header", "schema_version": SCHEMA_VERSION, **document})

    def exchange(self, exchange: Exchange) -> None:
        """One exchange."""
        self._write({"type": "exchange", **encode_exchange(exchange)})

    def outcome(self, document: dict[str, Any]) -> None:
        """What a probe found that no rule can see."""
        self._write({"type": "outcome", **document})

    def crash(self, document: dict[str, Any]) -> None:
        """A probe that failed for a reason of our own: the run is not the whole truth."""
        self._write({"type": "crash", **document})

    def append(self, other: Path) -> None:
        """The lines of another, finished part."""
        with other.open(encoding="utf-8") as lines:
            for line in lines:
                self._file.write(line)
                self.lines += 1
        self._file.flush()

    def close(self, footer: dict[str, Any] | None) -> None:
        """Ends the file; without a footer it stays a part or a truncated record."""
        if footer is not None:
            self._write({"type": "footer", "lines": self.lines, **footer})
        self._file.close()

    def _write(self, document: dict[str, Any]) -> None:
        self._file.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._file.flush()
        self.lines += 1


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of a record that is no exchange: what a probe found, or that one crashed.

    `kind` is outcome or crash.
    """

    kind: str
    document: dict[str, Any]


class RecordStream:
    """A record read once, line by line; only its end proves that it was whole."""

    def __init__(self, path: Path):
        """Reads the header. Raises: RecordError naming the file where it is no record."""
        self._path = path
        self._lines = _read_lines(path)
        self.footer: dict[str, Any] = {}
        _, self.header = next(self._lines, (0, {}))
        if self.header.get("type") != "header":
            raise RecordError(f"{path}: is not a dubcheck record (its first line is no header)")
        found = self.header.get("schema_version")
        if found != SCHEMA_VERSION:
            raise RecordError(
                f"{path}: has schema version {found}; this suite reads {SCHEMA_VERSION}"
            )

    def items(self) -> Iterator[Exchange | Remark]:
        """Everything between header and footer, in order; `footer` is there when it is exhausted.

        Raises: RecordError naming the line that cannot be used, or saying that it is truncated.
        """
        count = 1
        for number, line in self._lines:
            if self.footer:
                # What stands behind a footer was joined from another file.
                self.footer = {}
                break
            kind = line.get("type")
            if kind == "exchange":
                yield self._exchange(number, line)
            elif kind == "footer":
                self.footer = line
                continue
            elif kind in ("outcome", "crash"):
                del line["type"]
                yield Remark(kind, line)
            count += 1
        if not self.footer or self.footer.get("lines") != count:
            raise RecordError(
                f"{self._path}: is truncated: its footer is missing or counts other lines"
            )

    def _exchange(self, number: int, line: dict[str, Any]) -> Exchange:
        try:
            return decode_exchange(line)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise RecordError(
                f"{self._path}: line {number} is no usable exchange ({error})"
            ) from error


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record."""

    header: dict[str, Any]
    exchanges: tuple[Exchange, ...]
    outcomes: tuple[dict[str, Any], ...]
    crashes: tuple[dict[str, Any], ...]
    footer: dict[str, Any]


def read_record(path: Path) -> Record:
    """The whole record in a file; `RecordStream` reads one of any size.

    Raises: RecordError naming the file and line that cannot be used, or saying it is truncated.
    """
    stream = RecordStream(path)
    items = tuple(stream.items())
    remarks = [item for item in items if isinstance(item, Remark)]
    return Record(
        header=stream.header,
        exchanges=tuple(item for item in items if isinstance(item, Exchange)),
        outcomes=tuple(item.document for item in remarks if item.kind == "outcome"),
        crashes=tuple(item.document for item in remarks if item.kind == "crash"),
        footer=stream.footer,
    )


def _read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every line with its number. Not text mode: JSON strings may hold other line separators."""
    number = 0
    try:
        with _opened(path) as file:
            while line := file.readline(_LONGEST_LINE_BYTES):
                number += 1
                if line != b"\n":
                    yield number, _object(path, number, line)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise RecordError(f"{path}: is truncated or damaged after line {number}") from error
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error})") from error


def _opened(path: Path) -> BufferedReader | gzip.GzipFile:
    """The file's lines, whatever its name says about compression."""
    file = path.open("rb")
    if file.peek(len(_GZIP_MAGIC))[: len(_GZIP_MAGIC)] != _GZIP_MAGIC:
        return file
    file.close()
    return gzip.open(path)


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        document = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: cannot be read ({error})") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{path}: is truncated or damaged at line {number}") from error
    if not isinstance(document, dict):
        raise RecordError(f"{path}: line {number} is not a JSON object")
    return document
