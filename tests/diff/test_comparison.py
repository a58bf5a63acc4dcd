"""Two reports are compared by requirement id, operation and field."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.diff.conftest import LATENCY, operation, requirement

from dubcheck.diff import Comparison
from dubcheck.errors import UsageError

Compared = Callable[..., Comparison]
SLOW = {
    "samples": 40,
    "lower_quartile_ms": 180.0,
    "median_ms": 200.0,
    "upper_quartile_ms": 230.0,
}


def names(changes: Any) -> list[str]:
    """The ids of changed requirements."""
    return [item.after.id for item in changes]


def test_equal_reports_differ_in_nothing(compared: Compared) -> None:
    """A report compared with itself shows no change and ends with status 0."""
    comparison = compared({}, {})

    assert comparison.circumstances == ()
    assert comparison.newly_failing == comparison.newly_passing == comparison.readings == ()
    assert comparison.novelties == comparison.latencies == ()
    assert comparison.exit_status == 0


@pytest.mark.parametrize("before", ["pass", "known", "stale", "not-exercised", "broken"])
def test_failure_is_new_whatever_was_before(compared: Compared, before: str) -> None:
    """A must that fails and did not fail before newly fails: status 1."""
    comparison = compared(
        {"requirements": [requirement(verdict=before)]},
        {"requirements": [requirement(verdict="fail")]},
    )

    assert names(comparison.newly_failing) == ["pinch.topic.fact"]
    assert comparison.newly_failing[0].was == before
    assert comparison.exit_status == 1


def test_failure_of_a_new_requirement_is_new(compared: Compared) -> None:
    """A must that only the later catalogue has newly fails too."""
    comparison = compared({"requirements": []}, {"requirements": [requirement(verdict="fail")]})

    assert comparison.newly_failing[0].was == "not in the catalogue"
    assert comparison.exit_status == 1


@pytest.mark.parametrize("level", ["should", "inferred", "open"])
def test_only_a_must_changes_the_exit_status(compared: Compared, level: str) -> None:
    """Newly failing requirements of other levels are told and leave status 0."""
    comparison = compared(
        {"requirements": [requirement(level=level)]},
        {"requirements": [requirement(level=level, verdict="fail")]},
    )

    assert names(comparison.newly_failing) == ["pinch.topic.fact"]
    assert comparison.exit_status == 0


def test_failure_that_stays_is_not_new(compared: Compared) -> None:
    """A must that fails in both reports is no change."""
    failing = {"requirements": [requirement(verdict="fail")]}

    comparison = compared(failing, failing)

    assert (comparison.newly_failing, comparison.exit_status) == ((), 0)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        pytest.param("fail", "pass", "newly_passing", id="mended"),
        pytest.param("known", "pass", "newly_passing", id="mended and taken off the list"),
        pytest.param("fail", "known", "listed", id="put on the list"),
        pytest.param("known", "stale", "listed", id="gone stale"),
        pytest.param("pass", "not-exercised", "unjudged_now", id="not exercised any more"),
        pytest.param("fail", "broken", "unjudged_now", id="could not be judged"),
        pytest.param("not-exercised", "pass", "judged_now", id="exercised now"),
        pytest.param("broken", "pass", "judged_now", id="judged now"),
    ],
)
def test_verdict_change_has_its_place(
    compared: Compared, before: str, after: str, place: str
) -> None:
    """Each pair of verdicts is told in one place; what is not exercised is never newly passing."""
    comparison = compared(
        {"requirements": [requirement(verdict=before)]},
        {"requirements": [requirement(verdict=after)]},
    )

    places = ("newly_failing", "newly_passing", "listed", "judged_now", "unjudged_now")
    assert [name for name in places if getattr(comparison, name)] == [place]
    assert comparison.exit_status == 0


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        pytest.param("refuses", "accepts", "readings", id="another reading"),
        pytest.param("null; absent", "null", "readings", id="one of two readings"),
        pytest.param(None, "accepts", "first_read", id="read for the first time"),
        pytest.param("refuses", None, "unread", id="no longer read"),
    ],
)
def test_reading_change_has_its_place(
    compared: Compared, before: str | None, after: str | None, place: str
) -> None:
    """A changed reading is drift; one that only one report has is told apart."""
    comparison = compared(
        {"requirements": [requirement(level="open", reading=before)]},
        {"requirements": [requirement(level="open", reading=after)]},
    )

    places = ("readings", "first_read", "unread")
    assert [name for name in places if getattr(comparison, name)] == [place]


@pytest.mark.parametrize(
    ("change", "kind", "name"),
    [
        pytest.param({"statuses": {"200": 1, "503": 1}}, "status", "503", id="status"),
        pytest.param({"codes": {"not_found": 1}}, "code", "not_found", id="code"),
        pytest.param(
            {"fields": {"status": ["string"], "extra": ["null"]}}, "field", "extra", id="field"
        ),
        pytest.param(
            {"fields": {"status": ["number", "string"]}}, "type", "status: number", id="type"
        ),
    ],
)
def test_novelty_is_told_in_both_directions(
    compared: Compared, change: dict[str, Any], kind: str, name: str
) -> None:
    """What one report saw and the other did not is seen for the first time, or no longer."""
    plain = {"sightings": {"pinch": {"getJob": operation()}}}
    changed = {"sightings": {"pinch": {"getJob": operation(**change)}}}

    (novelty,) = compared(plain, changed).novelties

    assert (novelty.kind, novelty.name, novelty.appeared) == (kind, name, True)
    assert (novelty.operation, novelty.answers) == ("getJob", 40)


def test_field_is_gone_only_where_it_could_be_seen(compared: Compared) -> None:
    """Where the later run got no answer that could hold the field, it is not told as gone."""
    none = operation(fields={}, statuses={"200": 40})

    comparison = compared({}, {"sightings": {"pinch": {"getJob": none}}})

    assert comparison.novelties == ()


def test_null_alone_is_no_other_type(compared: Compared) -> None:
    """Whether a field was seen while still null depends on speed and is not told."""
    nullable = operation(fields={"status": ["null", "string"]})

    comparison = compared({}, {"sightings": {"pinch": {"getJob": nullable}}})

    assert comparison.novelties == ()


def test_operation_called_in_one_run_is_told_once(compared: Compared) -> None:
    """An operation that one run did not call is one novelty, not one for each of its fields."""
    comparison = compared({}, {"sightings": {"pinch": {}}})

    (novelty,) = comparison.novelties
    assert (novelty.kind, novelty.name, novelty.appeared) == ("operation", "getJob", False)


@pytest.mark.parametrize(
    ("latency", "told"),
    [
        pytest.param(SLOW, True, id="20 times as slow"),
        pytest.param({**SLOW, "samples": 19}, False, id="too few answers"),
        pytest.param({**SLOW, "lower_quartile_ms": 11.0}, False, id="overlapping quartiles"),
        pytest.param(
            {**LATENCY, "lower_quartile_ms": 30.0, "median_ms": 40.0}, False, id="under 50 ms more"
        ),
    ],
)
def test_latency_is_told_when_large_and_certain(
    compared: Compared, latency: dict[str, Any], told: bool
) -> None:
    """A shift counts with 20 answers each, twice the median, 50 ms more and quartiles apart."""
    slower = {"sightings": {"pinch": {"getJob": operation(latency=latency)}}}

    comparison = compared({}, slower)

    assert [item.operation for item in comparison.latencies] == ["getJob"] * told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"seed": 7}, "seed: 0, then 7", id="seed"),
        pytest.param({"profile": "deep"}, "profile: quick, then deep", id="profile"),
        pytest.param({"suite_version": "0.2.0"}, "dubcheck: 0.1.0, then 0.2.0", id="version"),
        pytest.param(
            {"targets": [{"api": "pinch", "kind": "live", "base_url": "https://other.example"}]},
            "https://other.example",
            id="target",
        ),
        pytest.param(
            {"catalogues": {"pinch": {"requirements": 2, "digest": "f"}}},
            "another catalogue: 1 requirements",
            id="catalogue",
        ),
        pytest.param({"crashes": ["a probe: KeyError"]}, "1 probes of that run", id="crash"),
        pytest.param({"started_at": "2026-03-04T00:00:00Z"}, "began after", id="wrong order"),
        pytest.param({"sightings": None}, "holds no fields, codes and times", id="no sightings"),
    ],
)
def test_other_circumstances_are_a_warning(
    compared: Compared, change: dict[str, Any], words: str
) -> None:
    """What may explain the differences is told before them."""
    (circumstance,) = compared({}, change).circumstances

    assert words in circumstance


def test_port_of_the_embedded_emulator_is_no_other_target(compared: Compared) -> None:
    """The embedded emulator takes another port in each run; that explains nothing."""
    first, second = (
        {"targets": [{"api": "pinch", "kind": "emulator", "base_url": f"http://127.0.0.1:{port}"}]}
        for port in (40001, 40002)
    )

    assert compared(first, second).circumstances == ()


def test_reports_of_different_apis_cannot_be_compared(compared: Compared) -> None:
    """Where the runs share no API there is nothing to say, which is not the same as no change."""
    other = {"targets": [{"api": "panjaya", "kind": "live", "base_url": "https://api.example"}]}

    with pytest.raises(UsageError, match="nothing to compare"):
        compared({}, other)
