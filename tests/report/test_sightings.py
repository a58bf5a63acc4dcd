"""What operations were seen to answer is counted, named and bounded."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dubcheck.exchange import Body, Exchange, Request, Response
from dubcheck.report.sightings import MOST_NAMES, Durations, sightings


def answered(document: Any, status: int = 200, **changes: Any) -> Exchange:
    """An exchange of Pinch's getJob with this answer."""
    content = json.dumps(document).encode()
    exchange = Exchange(
        id="x-1",
        api="pinch",
        operation="getJob",
        path_parameters={},
        request=Request("GET", "https://api.example/api/dubbing/jobs/a", {}),
        response=Response(status, {}, Body(content, len(content))),
        started_at=0.0,
        elapsed_seconds=0.2,
    )
    return replace(exchange, **changes)


def test_sightings_name_fields_with_their_types() -> None:
    """Fields are named by their place, with every JSON type they were seen with."""
    seen = sightings(
        [answered({"jobs": [{"error": None}, {"error": "x y"}]}), answered({"total": 1})]
    )

    assert seen["pinch"]["getJob"]["fields"] == {
        "jobs": ["array"],
        "jobs[]": ["object"],
        "jobs[].error": ["null", "string"],
        "total": ["number"],
    }


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"error": {"code": "not_found", "message": "no"}}, id="code in an object"),
        pytest.param({"error": "not_found"}, id="bare code"),
    ],
)
def test_sightings_count_codes_in_either_form(document: Any) -> None:
    """An error code is counted whether it stands alone or in an object."""
    seen = sightings([answered(document, 404), answered(document, 404)])

    assert seen["pinch"]["getJob"]["codes"] == {"not_found": 2}
    assert seen["pinch"]["getJob"]["statuses"] == {"404": 2}
    assert seen["pinch"]["getJob"]["fields"] == {}


def test_sightings_keep_refusals_and_lost_answers_apart() -> None:
    """Only successful answers are timed; a request without an answer is counted as such."""
    seen = sightings([answered({}), answered({"a": 1}, 400), answered({}, response=None)])

    operation = seen["pinch"]["getJob"]
    assert operation["statuses"] == {"200": 1, "400": 1, "no answer": 1}
    assert operation["refusal_fields"] == {"a": ["number"]}
    assert operation["latency"]["samples"] == 1


def test_sightings_of_a_notice_are_what_was_sent() -> None:
    """In a callback the service speaks in the request: its event and fields are seen there."""
    body = Body(b'{"event": "version_ready"}', 26)
    notice = answered(
        {},
        api="panjaya",
        operation="dubbingCallback",
        request=Request("POST", "https://suite.example/", {}, body),
    )

    operation = sightings([notice])["panjaya"]["dubbingCallback"]

    assert operation["codes"] == {"version_ready": 1}
    assert operation["fields"] == {"event": ["string"]}


def test_sightings_are_bounded() -> None:
    """An answer with thousands of made-up keys does not fill the report."""
    crowd = {f"key-{number}": number for number in range(5000)}

    seen = sightings([answered(crowd)])

    assert len(seen["pinch"]["getJob"]["fields"]) == MOST_NAMES


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<html>", id="no JSON"),
        pytest.param(b"", id="empty"),
        pytest.param(b'"text"', id="bare text"),
        pytest.param(b"[" * 50 + b"]" * 50, id="deeply nested"),
    ],
)
def test_sightings_take_any_answer(content: bytes) -> None:
    """An answer of any form is counted and nothing is raised."""
    exchange = answered({}, response=Response(200, {}, Body(content, len(content))))

    assert sightings([exchange])["pinch"]["getJob"]["statuses"] == {"200": 1}


def test_durations_tell_quartiles_within_3_percent() -> None:
    """Of 1 to 100 ms the median is 50 ms, the quartiles 25 and 75 ms."""
    durations = Durations()
    list(map(durations.add, (number / 1000 for number in range(1, 101))))

    told = durations.encode()

    assert told["samples"] == 100
    assert told["lower_quartile_ms"] == pytest.approx(25, rel=0.03)
    assert told["median_ms"] == pytest.approx(50, rel=0.03)
    assert told["upper_quartile_ms"] == pytest.approx(75, rel=0.03)


def test_report_holds_sightings_and_catalogues(report: Callable[..., Any]) -> None:
    """report.json tells what was seen, and a digest of the catalogue it was judged by."""
    document = report().encode()

    assert document["sightings"]["pinch"]["createJob"]["statuses"] == {"201": 1}
    assert document["catalogues"]["pinch"]["requirements"] == 0
    assert len(document["catalogues"]["pinch"]["digest"]) == 16
