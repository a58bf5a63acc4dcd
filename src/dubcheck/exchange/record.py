"""The record of a run: a header, exchanges, outcomes and a footer that proves it is whole.

Shape: JSON lines, each with a `type`. A record without its footer is refused, so that a run that
was killed never reads as a shorter success.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from dubcheck.errors import RecordError
from dubcheck.exchange.coding import decode_exchange, encode_exchange
from dubcheck.exchange.model import Exchange

SCHEMA_VERSION = 1


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
class Record:
    """A whole record."""

    header: dict[str, Any]
    exchanges: tuple[Exchange, ...]
    outcomes: tuple[dict[str, Any], ...]
    crashes: tuple[dict[str, Any], ...]
    footer: dict[str, Any]


def read_record(path: Path) -> Record:
    """The record in a file.

    Raises: RecordError naming the file and line that cannot be used, or saying it is truncated.
    """
    lines = list(_read_lines(path))
    if not lines or lines[0].get("type") != "header":
        raise RecordError(f"{path}: is not a dubcheck record (its first line is no header)")
    header, *rest = lines
    if header.get("schema_version") != SCHEMA_VERSION:
        found = header.get("schema_version")
        raise RecordError(f"{path}: has schema version {found}; this suite reads {SCHEMA_VERSION}")
    if not rest or rest[-1].get("type") != "footer" or rest[-1].get("lines") != len(lines) - 1:
        raise RecordError(f"{path}: is truncated: its footer is missing or counts other lines")
    *body, footer = rest
    return Record(
        header=header,
        exchanges=tuple(_exchanges(path, body)),
        outcomes=tuple(_of_type(body, "outcome")),
        crashes=tuple(_of_type(body, "crash")),
        footer=footer,
    )


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read ({error})") from error
    # Not splitlines(): JSON strings may hold U+2028 and other line separators.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line:
            continue
        try:
            document = json.loads(line)
        except ValueError as error:
            raise RecordError(f"{path}: is truncated or damaged at line {number}") from error
        if not isinstance(document, dict):
            raise RecordError(f"{path}: line {number} is not a JSON object")
        yield document


def _exchanges(path: Path, lines: Iterable[dict[str, Any]]) -> Iterator[Exchange]:
    for number, line in enumerate(lines, start=2):
        if line.get("type") == "exchange":
            try:
                yield decode_exchange(line)
            except (KeyError, TypeError, ValueError) as error:
                raise RecordError(
                    f"{path}: line {number} is no usable exchange ({error})"
                ) from error


def _of_type(lines: Iterable[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.get("type") == kind:
            yield {key: value for key, value in line.items() if key != "type"}
