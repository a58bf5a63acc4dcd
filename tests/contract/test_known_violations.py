"""known_violations.yaml: its form, and that it speaks of requirements that exist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

ENTRY = {
    "id": "pinch.get-job.keeps-created-at",
    "target": "live",
    "reason": "The creation time moves with every answer.",
    "evidence": "reports/2026-03-06",
    "date": "2026-03-06",
    "expires": "2026-04-06",
}


@pytest.fixture(scope="session")
def known_schema(specs_folder: Path) -> Draft202012Validator:
    """The JSON Schema of known_violations.yaml."""
    text = (specs_folder / "known_violations.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


def test_known_violations_obey_their_schema(specs, known_schema):
    """The file has the form that known_violations.schema.json demands."""
    assert [error.message for error in known_schema.iter_errors(specs.known)] == []


def test_known_violations_name_requirements(specs):
    """Each entry names a requirement of the same API."""
    unknown = [entry["id"] for entry in specs.known["violations"] if entry["id"] not in specs.ids]

    assert unknown == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"reason": None}, id="without-reason"),
        pytest.param({"evidence": None}, id="without-evidence"),
        pytest.param({"date": "yesterday"}, id="date-in-words"),
        pytest.param({"target": "staging"}, id="unknown-kind-of-target"),
    ],
)
def test_schema_refuses_broken_entries(known_schema, change: dict[str, Any]):
    """An entry that breaks one rule is refused, the same entry unbroken is not."""
    changed = {key: value for key, value in {**ENTRY, **change}.items() if value is not None}

    assert known_schema.is_valid({"violations": [ENTRY]})
    assert not known_schema.is_valid({"violations": [changed]})
