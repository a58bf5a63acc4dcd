"""Files and folders as a caller names them: opened, unpacked, and told apart by their content.

What the documents in them say is read elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from dubcheck.errors import RecordError
from dubcheck.recordings.cassette_yaml import CassetteLoader
from dubcheck.recordings.cassettes import is_cassette
from dubcheck.recordings.har import is_har

SUFFIXES = (".har", ".yaml", ".yml", ".json", ".jsonl")
_GZIP = b"\x1f\x8b"
_RECORD_TYPES = ("header", "exchange", "outcome", "crash", "footer")
_HEAD_BYTES = 1_000_000
_OWN_REPORTS = ("report.json",)


class ForeignFile(RecordError):
    """A sound file of a kind that holds no traffic."""


class Kind(Enum):
    """What a recording is."""

    HAR = "HAR"
    CASSETTE = "VCR cassette"
    RECORD = "dubcheck record"


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """One file that was given, or found in a folder that was given."""

    path: Path
    is_named: bool

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return str(self.path)

    def digest(self) -> str:
        """What tells two files with the same content.

        Raises: RecordError where the file cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise RecordError(f"{self.path}: cannot be read ({error.strerror})") from error

    def document(self) -> tuple[Kind, Any]:
        """The whole document of a HAR file or a cassette.

        Raises: RecordError for what cannot be read, ForeignFile for what is no recording.
        """
        document = _parsed(self._text(), self.name)
        if is_har(document):
            return Kind.HAR, document
        if is_cassette(document):
            return Kind.CASSETTE, document
        raise ForeignFile(
            f"{self.path}: is neither a VCR cassette, nor a HAR file, nor a dubcheck record"
        )

    def is_record(self) -> bool:
        """Whether the file begins like a record; it is not read any further.

        Raises: RecordError for what cannot be read.
        """
        head = self._unpacked(_HEAD_BYTES)
        line = head.partition(b"\n")[0]
        try:
            first = json.loads(line)
        except (ValueError, RecursionError):
            # Half a first line is a damaged record, which its own reader tells.
            return self.path.name.removesuffix(".gz").endswith(".jsonl")
        return isinstance(first, Mapping) and first.get("type") in _RECORD_TYPES

    def _text(self) -> str:
        content = self._unpacked()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RecordError(f"{self.path}: is no text in UTF-8 ({error.reason})") from error
        if not text.strip():
            raise RecordError(f"{self.path}: is empty")
        return text

    def _unpacked(self, most: int = -1) -> bytes:
        try:
            with self.path.open("rb") as file:
                is_packed = file.read(2) == _GZIP
            with gzip.open(self.path) if is_packed else self.path.open("rb") as file:
                return file.read(most)
        except (OSError, EOFError, zlib.error) as error:
            told = getattr(error, "strerror", None) or error
            raise RecordError(f"{self.path}: cannot be read ({told})") from error


def recording_files(paths: list[Path]) -> Iterator[RecordingFile]:
    """The files that were named, and those in the folders that were, by their suffixes.

    Raises: RecordError for a folder without any.
    """
    for path in paths:
        if not path.is_dir():
            yield RecordingFile(path, is_named=True)
            continue
        found = sorted(item for item in path.rglob("*") if _may_be_recording(item))
        yield from (RecordingFile(item, is_named=False) for item in found)


def _may_be_recording(path: Path) -> bool:
    name = path.name.removesuffix(".gz")
    is_report = path.name in _OWN_REPORTS
    return name.endswith(SUFFIXES) and not is_report and path.is_file()


def _parsed(text: str, name: str) -> Any:
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except RecursionError as error:
            raise RecordError(f"{name}: is nested too deeply") from error
        except ValueError as error:
            if not name.removesuffix(".gz").endswith((".yaml", ".yml")):
                raise RecordError(f"{name}: is truncated or no JSON ({error})") from error
    try:
        return yaml.load(text, Loader=CassetteLoader)  # noqa: S506 - derived from the safe loader
    except RecursionError as error:
        raise RecordError(f"{name}: is nested too deeply") from error
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, OverflowError) as error:
        told = " ".join(str(error).split())[:200]
        raise RecordError(f"{name}: is truncated or no YAML ({told})") from error
