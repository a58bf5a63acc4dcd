"""What is missing, left over or too old is told by name."""

from types import SimpleNamespace
from typing import Any

import pytest

from dubcheck.replay.completeness import Completeness
from dubcheck.replay.tape import Tape


def stage(recorded: list[str], silent: tuple[str, ...] = (), ages: dict[str, float] | None = None):  # type: ignore[no-untyped-def] # stands in for a stage
    """A stage on which these cassettes lie."""
    tape = Tape()
    tape.labels.update({name: {} for name in recorded})
    facts: dict[str, Any] = {"pinch": SimpleNamespace(silent=silent)}
    return SimpleNamespace(tape=tape, facts=facts, too_old=lambda: ages or {})


@pytest.mark.parametrize(
    ("recorded", "scenarios", "told"),
    [
        pytest.param([], ["pinch/m/a"], "is a probe with no cassette", id="no cassette"),
        pytest.param(["pinch/m/a"], [], "is a cassette with no probe", id="no probe"),
    ],
)
def test_what_has_no_counterpart_is_told(
    recorded: list[str], scenarios: list[str], told: str
) -> None:
    """A probe and a cassette belong together."""
    completeness = Completeness(stage(recorded), [])

    completeness.compare(scenarios, is_whole=True)

    ((name, reason),) = completeness.findings()
    assert name == "pinch/m/a"
    assert reason.startswith(told)


def test_selection_says_nothing_about_what_it_left_out() -> None:
    """A cassette whose probe was not asked for is no orphan."""
    completeness = Completeness(stage(["pinch/m/a", "pinch/m/b"]), [])

    played = completeness.compare(["pinch/m/a"], is_whole=False)

    assert played == {"pinch/m/a"}
    assert list(completeness.findings()) == []


def test_probe_that_sent_nothing_needs_no_cassette() -> None:
    """One that was skipped while recording is skipped again."""
    completeness = Completeness(stage([], silent=("pinch/m/a",)), [])

    played = completeness.compare(["pinch/m/a"], is_whole=True)

    assert played == {"pinch/m/a"}
    assert list(completeness.findings()) == []


def test_api_without_cassettes_is_told() -> None:
    """An API that nobody recorded is not passed over."""
    findings = list(Completeness(stage([]), ["panjaya"]).findings())

    assert findings == [("panjaya", "has no cassettes at all: record it with --record-mode once")]


def test_age_is_told_in_days() -> None:
    """Old cassettes are told with their age."""
    ((name, reason),) = Completeness(stage([], ages={"pinch": 41.2}), []).findings()

    assert (name, "41 days" in reason) == ("pinch", True)
