"""Files that are no report are refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.diff.conftest import document, requirement

from dubcheck.diff import read_report
from dubcheck.errors import RecordError

WriteReport = Callable[..., Path]


def test_report_is_read_from_its_folder_or_file(write_report: WriteReport) -> None:
    """The folder of a run and its report.json name the same report."""
    folder = write_report("a")

    assert read_report(folder) == read_report(folder / "report.json")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"schema_version": 1', id="cut off"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"name": "vcr"}', id="foreign object"),
        pytest.param(b"[" * 100_000, id="deeply nested"),
    ],
)
def test_foreign_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    """What is no JSON report is refused with its name, never compared as empty."""
    path = tmp_path / "other.json"
    path.write_bytes(content)

    with pytest.raises(RecordError, match=r"other\.json"):
        read_report(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"requirements": None}, id="no requirements"),
        pytest.param({"requirements": [{"id": "pinch.a.b"}]}, id="half a requirement"),
        pytest.param({"requirements": [requirement(verdict="maybe")]}, id="unknown verdict"),
        pytest.param({"targets": ["pinch"]}, id="targets of another form"),
        pytest.param({"seed": "x"}, id="seed that is no number"),
        pytest.param({"sightings": {"pinch": {"getJob": {}}}}, id="half a sighting"),
        pytest.param({"sightings": []}, id="sightings of another form"),
    ],
)
def test_damaged_report_is_refused_by_name(tmp_path: Path, change: dict[str, Any]) -> None:
    """A report with a damaged part is refused whole."""
    path = tmp_path / "report.json"
    path.write_text(json.dumps(document(**change)))

    with pytest.raises(RecordError, match=r"report\.json: is no whole report"):
        read_report(tmp_path)


@pytest.mark.parametrize(("version", "word"), [(0, "older"), (2, "newer")])
def test_other_schema_version_is_refused(tmp_path: Path, version: int, word: str) -> None:
    """A report of another schema version is named with its version."""
    (tmp_path / "report.json").write_text(json.dumps(document(schema_version=version)))

    with pytest.raises(RecordError, match=rf"report\.json: has schema version {version}.*{word}"):
        read_report(tmp_path)


def test_run_that_did_not_end_is_told(tmp_path: Path) -> None:
    """A folder with a record and no report is that of a run that was cut off."""
    (tmp_path / "record.jsonl").write_text("{}\n")

    with pytest.raises(RecordError, match="of a run that did not end"):
        read_report(tmp_path)
