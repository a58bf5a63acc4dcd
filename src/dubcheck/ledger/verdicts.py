"""From outcomes to one verdict per requirement, and from those to the verdict of a run. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dubcheck.contract import KnownViolation, Level, Requirement
from dubcheck.rules import Kind, Outcome

KEPT_FINDINGS = 3  # per requirement: enough to see a pattern, few enough to read


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
    by_kind: dict[Kind, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind].append(outcome)
    verdict, reason = _verdict(by_kind, missing)
    verdict, reason = _with_known(verdict, reason, known, today)
    seen = {name for items in by_kind.values() for item in items for name in item.exchanges}
    readings = sorted({item.reading for item in by_kind[Kind.READING] if item.reading})
    return Judged(
        requirement=requirement,
        verdict=verdict,
        reason=reason,
        exchanges=len(seen),
        reading="; ".join(readings) or None,
        findings=_distinct(by_kind[Kind.FAIL]),
    )


def _verdict(by_kind: Mapping[Kind, list[Outcome]], missing: str) -> tuple[Verdict, str]:
    if by_kind[Kind.FAIL]:
        return Verdict.FAIL, by_kind[Kind.FAIL][0].message
    if by_kind[Kind.PASS] or by_kind[Kind.READING]:
        return Verdict.PASS, ""
    if by_kind[Kind.BROKEN]:
        return Verdict.BROKEN, by_kind[Kind.BROKEN][0].message
    told = [item.message for item in by_kind[Kind.NOT_EXERCISED]]
    told.append("no exchange of this run touched it")
    return Verdict.NOT_EXERCISED, missing or told[0]


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


def _distinct(failures: list[Outcome]) -> tuple[Outcome, ...]:
    """The last finding of each message: hypothesis replays its smallest example last."""
    latest = {item.message: item for item in failures}
    return tuple(latest.values())[:KEPT_FINDINGS]


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
