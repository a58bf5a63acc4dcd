"""Outcomes fold into one verdict per requirement, and those into one for the run."""

import datetime

import pytest

from dubcheck.contract import KnownViolation, Level, Requirement, Source
from dubcheck.ledger import RunVerdict, Verdict, judge_requirement, judge_run
from dubcheck.rules import Kind, Outcome

TODAY = datetime.date(2026, 11, 20)
PASS = Outcome("pinch.a.b", Kind.PASS, exchanges=("x-1",))
FAIL = Outcome("pinch.a.b", Kind.FAIL, "was wrong", "1", "2", exchanges=("x-2",))
READ = Outcome("pinch.a.b", Kind.READING, reading="clamps")
BROKEN = Outcome("pinch.a.b", Kind.BROKEN, "the probe crashed")
UNJUDGED = Outcome("pinch.a.b", Kind.NOT_EXERCISED, "no job completed")


def requirement(level: Level = Level.MUST) -> Requirement:
    """A requirement that only its level tells from others."""
    return Requirement(
        id="pinch.a.b",
        api="pinch",
        level=level,
        statement="A is b.",
        source=Source("vendor-docs/pinch.txt", "A"),
        operation=None,
        needs=frozenset(),
        judged_by=frozenset(),
        at=(),
        why_not_must=None,
        readings={},
        replaced_by=None,
    )


def known(expires: datetime.date | None = None) -> KnownViolation:
    """A listed violation of that requirement."""
    return KnownViolation("pinch.a.b", "live", "vendor told", "mail", TODAY, expires)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        pytest.param([PASS], Verdict.PASS, id="seen kept"),
        pytest.param([READ], Verdict.PASS, id="question answered"),
        pytest.param([PASS, FAIL, PASS], Verdict.FAIL, id="broken once"),
        pytest.param([FAIL, BROKEN], Verdict.FAIL, id="broken and a crash"),
        pytest.param([PASS, BROKEN], Verdict.PASS, id="kept and a crash"),
        pytest.param([BROKEN, UNJUDGED], Verdict.BROKEN, id="only a crash"),
        pytest.param([UNJUDGED], Verdict.NOT_EXERCISED, id="could not be exercised"),
        pytest.param([], Verdict.NOT_EXERCISED, id="nothing said"),
    ],
)
def test_requirement_gets_the_verdict_of_its_outcomes(
    outcomes: list[Outcome], verdict: Verdict
) -> None:
    """One failure outweighs any number of passes; silence is not-exercised, never a pass."""
    judged = judge_requirement(requirement(), outcomes, today=TODAY)

    assert judged.verdict is verdict


def test_unexercised_requirement_gives_its_reason() -> None:
    """What the run lacked comes before what a probe said, and both before a general word."""
    lacking = judge_requirement(requirement(), [UNJUDGED], today=TODAY, missing="needs a key")
    told = judge_requirement(requirement(), [UNJUDGED], today=TODAY)

    assert lacking.reason == "needs a key"
    assert told.reason == "no job completed"


@pytest.mark.parametrize(
    ("outcomes", "expires", "verdict"),
    [
        pytest.param([FAIL], None, Verdict.KNOWN, id="still happens"),
        pytest.param([PASS], None, Verdict.STALE, id="no longer happens"),
        pytest.param([FAIL], TODAY - datetime.timedelta(1), Verdict.STALE, id="past its date"),
        pytest.param([FAIL], TODAY, Verdict.KNOWN, id="on its last day"),
        pytest.param([], None, Verdict.NOT_EXERCISED, id="not exercised"),
        pytest.param([PASS, UNJUDGED], None, Verdict.NOT_EXERCISED, id="exercised in part"),
        pytest.param([PASS, BROKEN], None, Verdict.NOT_EXERCISED, id="kept and a crash"),
        pytest.param(
            [], TODAY - datetime.timedelta(1), Verdict.STALE, id="past its date, not exercised"
        ),
    ],
)
def test_known_violation_must_still_happen(
    outcomes: list[Outcome], expires: datetime.date | None, verdict: Verdict
) -> None:
    """A listed violation turns a failure into known, and goes stale loudly.

    That it no longer happens is said only where nothing that could show it was left out.
    """
    judged = judge_requirement(requirement(), outcomes, known=known(expires), today=TODAY)

    assert judged.verdict is verdict


def test_repeated_finding_is_kept_once() -> None:
    """Hypothesis replays its smallest example last: the last finding of a message is kept."""
    smaller = Outcome("pinch.a.b", Kind.FAIL, "was wrong", "1", "0")

    judged = judge_requirement(requirement(), [FAIL, smaller], today=TODAY)

    assert judged.findings == (smaller,)


@pytest.mark.parametrize(
    ("level", "outcome", "crashed", "verdict"),
    [
        pytest.param(Level.MUST, PASS, False, RunVerdict.CONFORMING, id="must kept"),
        pytest.param(Level.MUST, FAIL, False, RunVerdict.NONCONFORMING, id="must broken"),
        pytest.param(Level.MUST, FAIL, True, RunVerdict.NONCONFORMING, id="broken and crashed"),
        pytest.param(Level.MUST, PASS, True, RunVerdict.INCONCLUSIVE, id="kept but crashed"),
        pytest.param(Level.MUST, BROKEN, False, RunVerdict.INCONCLUSIVE, id="must unjudged"),
        pytest.param(Level.MUST, UNJUDGED, False, RunVerdict.INCONCLUSIVE, id="nothing exercised"),
    ],
)
def test_run_gets_the_verdict_of_its_musts(
    level: Level, outcome: Outcome, crashed: bool, verdict: RunVerdict
) -> None:
    """An established broken must outweighs a crash; nothing exercised is never conforming."""
    judged = judge_requirement(requirement(level), [outcome], today=TODAY)

    assert judge_run([judged], crashed=crashed) is verdict


@pytest.mark.parametrize("level", list(Level))
def test_stale_entry_fails_the_run_at_any_level(level: Level) -> None:
    """A listed violation that no longer happens fails the run whatever its requirement's level."""
    kept = judge_requirement(requirement(), [PASS], today=TODAY)
    stale = judge_requirement(requirement(level), [PASS], known=known(), today=TODAY)

    assert judge_run([kept, stale]) is RunVerdict.NONCONFORMING


@pytest.mark.parametrize("level", [Level.SHOULD, Level.INFERRED, Level.OPEN])
def test_only_a_must_changes_the_verdict(level: Level) -> None:
    """A broken should or inferred requirement is shown and leaves the verdict alone."""
    kept = judge_requirement(requirement(), [PASS], today=TODAY)
    broken = judge_requirement(requirement(level), [FAIL], today=TODAY)

    assert broken.verdict is Verdict.FAIL
    assert judge_run([kept, broken]) is RunVerdict.CONFORMING
