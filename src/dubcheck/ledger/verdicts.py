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
    if known is not None:
        is_sure = not tally.first.keys() & {Kind.NOT_EXERCISED, Kind.BROKEN}
        verdict, reason = _with_known(verdict, reason, known, today, is_sure=is_sure)
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
    verdict: Verdict, reason: str, known: KnownViolation, today: date, *, is_sure: bool
) -> tuple[Verdict, str]:
    """`is_sure` says that nothing was left out that could have shown the violation."""
    listed = f"listed as known since {known.date}"
    place = f" ({known.place})" if known.place else ""
    if verdict is Verdict.PASS and is_sure:
        return Verdict.STALE, f"{listed}, but it no longer happens: take the entry out{place}"
    if known.expires is not None and known.expires < today:
        then = f"look at it again, then take the entry out or give it another date{place}"
        return Verdict.STALE, f"{listed} until {known.expires}, which is over: {then}"
    if verdict is Verdict.PASS:
        left_out = "not all that could show it was exercised, so that it may still happen or not"
        return Verdict.NOT_EXERCISED, f"{listed}; {left_out}"
    if verdict is Verdict.FAIL:
        return Verdict.KNOWN, f"{listed}: {known.reason} [{known.evidence}]"
    return verdict, reason


def judge_run(judged: Iterable[Judged], *, crashed: bool = False) -> RunVerdict:
    """The verdict of a run: an established broken must outweighs what could not be judged.

    `crashed` says that a probe failed for a reason of the suite's own. A stale entry fails a run
    at any level: the list has to be mended, whatever the requirement is worth.
    """
    judged = tuple(judged)
    verdicts = {item.verdict for item in judged if item.requirement.level is Level.MUST}
    is_stale = any(item.verdict is Verdict.STALE for item in judged)
    if Verdict.FAIL in verdicts or is_stale:
        return RunVerdict.NONCONFORMING
    if crashed or Verdict.BROKEN in verdicts or not verdicts & {Verdict.PASS, Verdict.KNOWN}:
        return RunVerdict.INCONCLUSIVE
    return RunVerdict.CONFORMING
