"""Recordings made by hand, written to files, and what `dubcheck judge` makes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from dubcheck.cli import main


@dataclass(frozen=True, slots=True)
class Judgement:
    """The exit status, what was printed, and report.json, if it was written."""

    status: int
    out: str
    errors: str
    report: Any

    @property
    def failed(self) -> set[str]:
        """The requirements found broken."""
        found = (item for item in self.report["requirements"] if item["verdict"] == "fail")
        return {item["id"] for item in found}

    @property
    def failed_musts(self) -> set[str]:
        """The musts found broken."""
        musts = {item["id"] for item in self.report["requirements"] if item["level"] == "must"}
        return self.failed & musts

    def verdict(self, requirement: str) -> str:
        """The verdict of one requirement."""
        found = (item for item in self.report["requirements"] if item["id"] == requirement)
        return str(next(found)["verdict"])

    def reading(self, question: str) -> str | None:
        """The reading of one question."""
        found = (item for item in self.report["requirements"] if item["id"] == question)
        reading: str | None = next(found)["reading"]
        return reading

    @property
    def recordings(self) -> Any:
        """What the report tells of the files."""
        return self.report["recordings"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder to write recordings in, and the command that judges them."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def har(self, name: str, *entries: Any, **log: Any) -> Path:
        """Writes a HAR file."""
        document = {"log": {"version": "1.2", "entries": list(entries), **log}}
        return self.write(name, json.dumps(document).encode())

    def cassette(self, name: str, *interactions: Any) -> Path:
        """Writes a cassette, as JSON where its name says so."""
        document = {"interactions": list(interactions), "version": 1}
        text = json.dumps(document) if name.endswith(".json") else yaml.safe_dump(document)
        return self.write(name, text.encode())

    def write(self, name: str, content: bytes) -> Path:
        """Writes a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def judge(self, *words: str | Path) -> Judgement:
        """Runs `dubcheck judge`."""
        reports = self.folder.parent / "judged"
        status = main(["judge", *map(str, words), "--report-dir", str(reports)])
        told = self.capture.readouterr()
        path = reports / "report.json"
        return Judgement(
            status, told.out, told.err, json.loads(path.read_text()) if path.exists() else None
        )


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk of its own for each test."""
    return Desk(tmp_path / "recorded", capsys)
