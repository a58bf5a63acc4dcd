"""The catalogues: form, ids, operations and places. What a requirement means is not judged here."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

# The list of assets stands on one page of the vendor's site only, so that a service may lack it;
# a webhook is no operation that a client calls, so its promises are of no operation.
UNPROMISED = {"listAssets", "dubbingCallback"}
ENTRY = {
    "id": "pinch.list-jobs.limit-above-100",
    "statement": "What a limit above 100 leads to.",
    "level": "open",
    "source": {"document": "vendor-docs/pinch.txt", "section": "List Jobs"},
    "operation": "listJobs",
    "needs": [],
    "judged_by": ["probe"],
    "why_not_must": "A maximum is given, but not what happens beyond it.",
    "readings": {"refuses": "refused with a 4xx", "clamps-to-100": "a limit of 100 is used"},
}


@pytest.fixture(scope="session")
def catalogue_schema(specs_folder: Path) -> Draft202012Validator:
    """The JSON Schema of requirements.yaml."""
    schema = json.loads((specs_folder / "requirements.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_catalogue_obeys_its_schema(specs, catalogue_schema):
    """Every entry of requirements.yaml has the form that requirements.schema.json demands."""
    catalogue = {"api": specs.api, "requirements": specs.requirements}

    errors = [
        f"{error.json_path}: {error.message}" for error in catalogue_schema.iter_errors(catalogue)
    ]

    assert errors == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"why_not_must": None}, id="open-without-reason"),
        pytest.param({"readings": None}, id="open-without-readings"),
        pytest.param({"readings": {"refuses": "refused with a 4xx"}}, id="open-with-one-reading"),
        pytest.param({"level": "must"}, id="must-with-reason-and-readings"),
        pytest.param({"level": "inferred"}, id="inferred-with-readings"),
        pytest.param({"judged_by": ["schema"]}, id="schema-without-place"),
        pytest.param({"at": ["listJobs 200 /limit"]}, id="place-without-schema"),
        pytest.param({"judged_by": []}, id="judged-by-nothing"),
        pytest.param({"needs": ["luck"]}, id="unknown-need"),
        pytest.param({"id": "pinch.limit_above_100"}, id="malformed-id"),
        pytest.param(
            {"source": {"document": "vendor-docs/pinch.txt"}}, id="source-without-section"
        ),
        pytest.param({"severity": "high"}, id="unknown-field"),
    ],
)
def test_schema_refuses_broken_entries(catalogue_schema, change: dict[str, Any]):
    """An entry that breaks one rule of the catalogue is refused, the same entry unbroken is not."""
    changed = {**copy.deepcopy(ENTRY), **change}
    broken = {key: value for key, value in changed.items() if value is not None}

    sound = catalogue_schema.is_valid({"api": "pinch", "requirements": [ENTRY]})
    refused = not catalogue_schema.is_valid({"api": "pinch", "requirements": [broken]})

    assert sound
    assert refused


def test_ids_are_unique(specs):
    """No id stands twice."""
    twice = [name for name, count in Counter(specs.ids).items() if count > 1]

    assert twice == []


def test_ids_begin_with_their_api(specs):
    """Every id of an API's catalogue begins with the API's name."""
    foreign = [name for name in specs.ids if not name.startswith(f"{specs.api}.")]

    assert foreign == []


def test_statements_differ_within_topic_and_operation(specs):
    """No two entries of one operation and topic say the same, so that no promise has two ids."""
    said = Counter(
        (entry["id"].rsplit(".", 1)[0], entry["operation"], entry["statement"])
        for entry in specs.requirements
    )

    assert [key for key, count in said.items() if count > 1] == []


def test_replacements_exist(specs):
    """A retired id names one that stands in the same catalogue and is not retired itself."""
    retired = {
        entry["id"]: entry["replaced_by"] for entry in specs.requirements if "replaced_by" in entry
    }

    lost = [new for new in retired.values() if new not in specs.ids or new in retired]

    assert lost == []


def test_operations_exist(specs):
    """Every operation named by the catalogue is one of openapi.yaml."""
    named = {entry["operation"] for entry in specs.requirements} - {None}

    assert named - set(specs.operations) == set()


def test_every_operation_has_a_must(specs):
    """No operation that must exist is without a promise."""
    bound = {entry["operation"] for entry in specs.requirements if entry["level"] == "must"}

    assert set(specs.operations) - bound - UNPROMISED == set()


def test_answer_places_exist(specs):
    """Every place under `at` is declared in an answer schema of its operation and status."""
    places = {place for entry in specs.requirements for place in entry.get("at", ())}

    unknown = [place for place in sorted(places) if not _is_declared(specs, place)]

    assert unknown == []


def test_answer_places_belong_to_one_requirement(specs):
    """No place has two requirements, so that one wrong field is reported once."""
    used = Counter(place for entry in specs.requirements for place in entry.get("at", ()))

    assert [place for place, count in used.items() if count > 1] == []


def test_every_answer_field_has_a_requirement(specs):
    """Each property of each success answer stands under `at` of some requirement."""
    declared = {
        (operation, status, pointer)
        for operation in specs.operations
        for status, schema in specs.answers(operation, "2XX")
        for pointer in specs.places(schema)
        if pointer != "/" and not pointer.endswith("/*")
    }
    at = [place.split() for entry in specs.requirements for place in entry.get("at", ())]
    judged = {(operation, status, pointer) for operation, status, pointer in at}

    missing = [
        (operation, status, pointer)
        for operation, status, pointer in sorted(declared)
        if not {(operation, status, pointer), (operation, "2XX", pointer)} & judged
    ]

    assert missing == []


def _is_declared(specs, place: str) -> bool:
    operation, status, pointer = place.split()
    answers = list(specs.answers(operation, status))
    return bool(answers) and all(pointer in specs.places(schema) for _, schema in answers)
