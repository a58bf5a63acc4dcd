"""From outcomes to one verdict per requirement, and from those to the verdict of a run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dubcheck.contract import KnownViolation, Level, Requirement
from dubcheck.ledger.tally import Tally
from dubcheck.rules import Kind, Outcome


class Verdict(Enum):
    """What can be said of one requirement after a run."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    KNOWN = "known"
    STALE = "stale"
    NOT_EXERCISED = "not-exercised"
    BROKEN = "broken"


class RunVerdict(Enum):
    """What can be said of the target after a run, with the exit status that says it."""

    CONFORMING = "conforming"
    NONCONFORMING = "nonconforming"
    INCONCLUSIVE = "inconclusive"

    @property
    def exit_status(self) -> int:
        """0 conforming, 1 a must fails or a known violation is stale, 3 could not judge."""
        return {"conforming": 0, "nonconforming": 1, "inconclusive": 3}[self.value]


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement with its verdict and what it rests on.

    `exchanges` counts the distinct exchanges behind the outcomes.
    """

    requirement: Requirement
    verdict: Verdict
    reason: str
    exchanges: int
    reading: str | None
    findings: tuple[Outcome, ...]


def judge_requirement(
    requirement: Requirement,
    outcomes: Iterable[Outcome],
    *,
    known: KnownViolation | None = None,
    today: date,
    missing: str = "",
) -> Judged:
    """The verdict of one requirement.

    `missing` says what the run lacked to exercise it; it is the reason where nothing else is.
    """
    tally, numbers = Tally(), dict[str, int]()
    for outcome in outcomes:
        tally.add(outcome)
        for name in outcome.exchanges:
            tally.rest_on(numbers.setdefault(name, len(numbers)))
    return judge_tally(requirement, tally, known=known, today=today, missing=missing)


def judge_tally(
    requirement: Requirement,
    tally: Tally,
    *,
    known: KnownViolation | None = None,
    today: date,
    missing: str = "",
) -> Judged:
    """The verdict of one requirement, from outcomes that are already folded."""
    verdict, reason = _verdict(tally.first, missing)
    verdict, reason = _with_known(verdict, reason, known, today)
    return Judged(
        requirement=requirement,
        verdict=verdict,
        reason=reason,
        exchanges=tally.exchanges,
        reading="; ".join(sorted(tally.readings)) or None,
        findings=tally.findings,
    )


def _verdict(first: Mapping[Kind, str], missing: str) -> tuple[Verdict, str]:
    """`first` holds the first message of each kind of outcome."""
    if Kind.FAIL in first:
        return Verdict.FAIL, first[Kind.FAIL]
    if Kind.PASS in first or Kind.READING in first:
        return Verdict.PASS, ""
    if Kind.BROKEN in first:
        return Verdict.BROKEN, first[Kind.BROKEN]
    told = first.get(Kind.NOT_EXERCISED, "no exchange of this run touched it")
    return Verdict.NOT_EXERCISED, missing or told


def _with_known(
    verdict: Verdict, reason: str, known: KnownViolation | None, today: date
) -> tuple[Verdict, str]:
    if known is None:
        return verdict, reason
    if known.expires is not None and known.expires < today and verdict is not Verdict.PASS:
        return Verdict.STALE, f"was to be mended by {known.expires}: {known.reason}"
    if verdict is Verdict.FAIL:
        return Verdict.KNOWN, f"known since {known.date}: {known.reason}"
    if verdict is Verdict.PASS:
        return Verdict.STALE, f"listed as known since {known.date}, but it no longer happens"
    return verdict, reason


def judge_run(judged: Iterable[Judged], *, crashed: bool = False) -> RunVerdict:
    """The verdict of a run: an established broken must outweighs what could not be judged.

    `crashed` says that a probe failed for a reason of the suite's own.
    """
    musts = [item for item in judged if item.requirement.level is Level.MUST]
    verdicts = {item.verdict for item in musts}
    if Verdict.FAIL in verdicts or Verdict.STALE in verdicts:
        return RunVerdict.NONCONFORMING
    if crashed or Verdict.BROKEN in verdicts or not verdicts & {Verdict.PASS, Verdict.KNOWN}:
        return RunVerdict.INCONCLUSIVE
    return RunVerdict.CONFORMING
