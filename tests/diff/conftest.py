"""Reports written by hand, one requirement and one operation each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dubcheck.diff import Comparison, compare, read_report

WriteReport = Callable[..., Path]
LATENCY = {"samples": 40, "lower_quartile_ms": 9.0, "median_ms": 10.0, "upper_quartile_ms": 12.0}


def requirement(**changes: Any) -> dict[str, Any]:
    """A must that passed."""
    return {
        "id": "pinch.topic.fact",
        "api": "pinch",
        "level": "must",
        "statement": "A is b.",
        "source": {"document": "vendor-docs/pinch.txt", "section": "Overview"},
        "verdict": "pass",
        "reason": "",
        "exchanges": 1,
        "reading": None,
        "findings": [],
        **changes,
    }


def operation(**changes: Any) -> dict[str, Any]:
    """What getJob was seen to answer."""
    return {
        "statuses": {"200": 40},
        "codes": {},
        "fields": {"status": ["string"]},
        "refusal_fields": {},
        "latency": LATENCY,
        **changes,
    }


def document(**changes: Any) -> dict[str, Any]:
    """A report of one run of Pinch."""
    return {
        "schema_version": 1,
        "suite_version": "0.1.0",
        "started_at": "2026-03-05T14:30:00Z",
        "ended_at": "2026-03-05T14:31:00Z",
        "seed": 0,
        "profile": "quick",
        "verdict": "conforming",
        "targets": [{"api": "pinch", "kind": "live", "base_url": "https://api.example"}],
        "requirements": [requirement()],
        "crashes": [],
        "traffic": {"requests": 40, "by_operation": {"getJob": 40}, "cost_usd": 0.0},
        "catalogues": {"pinch": {"requirements": 1, "digest": "0123456789abcdef"}},
        "sightings": {"pinch": {"getJob": operation()}},
        **changes,
    }


@pytest.fixture
def write_report(tmp_path: Path) -> WriteReport:
    """Writes a report that differs from the plain one in what is given; answers its folder."""

    def write(name: str, **changes: Any) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "report.json").write_text(json.dumps(document(**changes)), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def compared(write_report: WriteReport) -> Callable[..., Comparison]:
    """The comparison of two reports, each told by how it differs from the plain one."""

    def build(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
        return compare(
            read_report(write_report("a", **before)), read_report(write_report("b", **after))
        )

    return build
