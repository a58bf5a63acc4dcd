"""The schema rule finds each violation under the requirement of its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dubcheck.contract import Contract, load_contract
from dubcheck.exchange import Body, Credential, Exchange, Request, Response
from dubcheck.rules.answer_schema import SchemaRule
from dubcheck.rules.outcome import Kind

OPENAPI = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /jobs/{id}:
    get:
      operationId: getJob
      responses:
        '200': {$ref: '#/components/responses/Job'}
        4XX:
          description: refused
          content: {application/json: {schema: {type: object, required: [error]}}}
components:
  responses:
    Job:
      description: a job
      content:
        application/json:
          schema:
            type: object
            required: [job_id, status, jobs]
            properties:
              job_id: {type: string}
              status: {enum: [pending]}
              url: {type: [string, 'null'], format: uri}
              at: {type: string, format: date-time}
              jobs:
                type: array
                items: {type: object, required: [n], properties: {n: {type: number}}}
"""
PLACES = {
    "pinch.t.root": "getJob 200",
    "pinch.t.job-id": "getJob 200 /job_id",
    "pinch.t.status": "getJob 200 /status",
    "pinch.t.url": "getJob 200 /url",
    "pinch.t.at": "getJob 200 /at",
    "pinch.t.jobs": "getJob 200 /jobs",
    "pinch.t.n": "getJob 200 /jobs/*/n",
    "pinch.t.error": "getJob 4XX /error",
}
SOUND: dict[str, Any] = {
    "job_id": "a",
    "status": "pending",
    "url": None,
    "at": "2026-03-05T14:30:00Z",
    "jobs": [{"n": 1}],
    "extra": True,
}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """A contract with one operation and one requirement per place."""
    entries = [
        {
            "id": name,
            "statement": "A is b.",
            "level": "must",
            "source": {"document": "d", "section": "s"},
            "operation": "getJob",
            "judged_by": ["schema"],
            "at": [place],
        }
        for name, place in PLACES.items()
    ]
    (tmp_path / "openapi.yaml").write_text(OPENAPI)
    document = {"api": "pinch", "requirements": entries}
    (tmp_path / "requirements.yaml").write_text(json.dumps(document))
    return load_contract("pinch", tmp_path)


@pytest.fixture
def verdicts(contract: Contract) -> Callable[..., tuple[set[str], set[str]]]:
    """Judges one answer; gives what failed and what passed, without the common prefix."""
    rule = SchemaRule(contract)

    def judge(answer: object, status: int = 200) -> tuple[set[str], set[str]]:
        request = Request("GET", "http://h/jobs/a", {}, credential=Credential.OWN)
        content = json.dumps(answer).encode()
        response = Response(status, {}, Body(content, len(content)))
        exchange = Exchange("x", "pinch", "getJob", {"id": "a"}, request, response, 0.0, 0.0)
        outcomes = list(rule(exchange))
        return tuple(
            {item.requirement.removeprefix("pinch.t.") for item in outcomes if item.kind is kind}
            for kind in (Kind.FAIL, Kind.PASS)
        )

    return judge


Verdicts = Callable[..., tuple[set[str], set[str]]]


def test_sound_answer_passes_every_place(verdicts: Verdicts) -> None:
    """Each place that the answer has passes; unknown fields are no violation."""
    assert verdicts(SOUND) == (set(), {"root", "job-id", "status", "url", "at", "jobs", "n"})


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        pytest.param({"job_id": 1}, {"job-id"}, id="wrong type"),
        pytest.param({"status": "done"}, {"status"}, id="outside the enum"),
        pytest.param({"url": "nowhere"}, {"url"}, id="no URL"),
        pytest.param({"at": "yesterday"}, {"at"}, id="no timestamp"),
        pytest.param({"at": "2026-03-05"}, {"at"}, id="a day alone"),
        pytest.param({"at": 1772721000}, {"at"}, id="number for a timestamp"),
        pytest.param({"jobs": [{"n": 1}, {"n": "1"}]}, {"n"}, id="second item only"),
        pytest.param({"jobs": [{}]}, {"n"}, id="field missing in an item"),
        pytest.param({"jobs": {}}, {"jobs"}, id="object for an array"),
        pytest.param({"job_id": 1, "url": 2}, {"job-id", "url"}, id="two at once"),
    ],
)
def test_violation_is_found_at_its_place(
    verdicts: Verdicts, change: dict[str, Any], broken: set[str]
) -> None:
    """Exactly the requirements of the violated places fail, nothing beside them."""
    failed, passed = verdicts({**SOUND, **change})

    assert failed == broken
    assert passed.isdisjoint(broken)


def test_every_missing_field_is_found(verdicts: Verdicts) -> None:
    """Several missing fields are several findings, each under its own requirement."""
    failed, _ = verdicts({"jobs": []})

    assert failed == {"job-id", "status"}


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-03-05T14:30:00Z",
        "2026-03-05T14:30:00.123456+00:00",
        "2026-03-05T16:30:00+02:00",
        "2026-03-05T14:30:00",
        "20260305T143000Z",
        "2026-03-05t14:30:00z",
    ],
)
def test_every_iso_8601_form_is_a_timestamp(verdicts: Verdicts, stamp: str) -> None:
    """The documents promise ISO 8601 and leave zone and fraction open."""
    failed, _ = verdicts({**SOUND, "at": stamp})

    assert failed == set()


def test_wrong_success_code_is_judged_as_a_success(verdicts: Verdicts) -> None:
    """A 202 where 200 is documented is another promise; its body is judged all the same."""
    failed, _ = verdicts({**SOUND, "job_id": 1}, status=202)

    assert failed == {"job-id"}


def test_refusal_is_judged_by_the_error_schema(verdicts: Verdicts) -> None:
    """A 404 is judged by the 4XX schema and not by that of the success."""
    assert verdicts({}, status=404)[0] == {"error"}


@pytest.mark.parametrize("answer", [[], None, "text", 3], ids=["list", "null", "text", "number"])
def test_answer_that_is_no_object_breaks_the_root(verdicts: Verdicts, answer: object) -> None:
    """A document of another kind is one finding at the root, not one per field."""
    assert verdicts(answer)[0] == {"root"}
