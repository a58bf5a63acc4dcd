"""What changed between two reports, as data. How it is shown is not decided here."""

from __future__ import annotations

from dataclasses import dataclass

from dubcheck.diff.circumstances import circumstances
from dubcheck.diff.latencies import LatencyShift, latency_shifts
from dubcheck.diff.novelties import Novelty, novelties
from dubcheck.diff.reports import WrittenReport, WrittenRequirement
from dubcheck.errors import UsageError

_LISTED = frozenset({"known", "stale"})
_UNJUDGED = frozenset({"not-exercised", "broken"})


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One requirement whose verdict differs; `before` is None where the first report lacks it."""

    before: WrittenRequirement | None
    after: WrittenRequirement

    @property
    def was(self) -> str:
        """The verdict in the first report."""
        return self.before.verdict if self.before else "not in the catalogue"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference between two reports.

    Shape: `listed` are changes to known and stale; `readings` are changes from one reading to
    another, `first_read` and `unread` those where only one report has a reading.
    """

    before: WrittenReport
    after: WrittenReport
    circumstances: tuple[str, ...]
    newly_failing: tuple[VerdictChange, ...]
    newly_passing: tuple[VerdictChange, ...]
    listed: tuple[VerdictChange, ...]
    judged_now: tuple[VerdictChange, ...]
    unjudged_now: tuple[VerdictChange, ...]
    added: tuple[WrittenRequirement, ...]
    removed: tuple[WrittenRequirement, ...]
    readings: tuple[VerdictChange, ...]
    first_read: tuple[VerdictChange, ...]
    unread: tuple[VerdictChange, ...]
    novelties: tuple[Novelty, ...]
    latencies: tuple[LatencyShift, ...]

    @property
    def exit_status(self) -> int:
        """1 where a must newly fails."""
        return int(any(item.after.level == "must" for item in self.newly_failing))


def compare(before: WrittenReport, after: WrittenReport) -> Comparison:
    """What changed from the first report to the second, over the APIs that both judged.

    Raises: UsageError where they share no API.
    """
    apis = frozenset(before.targets) & frozenset(after.targets)
    if not apis:
        raise UsageError(
            f"{before.path} judged {', '.join(before.targets) or 'nothing'} and {after.path}"
            f" {', '.join(after.targets) or 'nothing'}: there is nothing to compare"
        )
    first, second = before.concerning(apis), after.concerning(apis)
    pairs = [VerdictChange(first.get(name), item) for name, item in second.items()]
    changed = [item for item in pairs if item.was != item.after.verdict]
    kinds = {id(item): _kind(item) for item in changed}

    def of_kind(kind: str) -> tuple[VerdictChange, ...]:
        return tuple(item for item in changed if kinds[id(item)] == kind)

    reread = [item for item in pairs if item.before and item.before.readings != item.after.readings]
    return Comparison(
        before=before,
        after=after,
        circumstances=circumstances(before, after),
        newly_failing=of_kind("failing"),
        newly_passing=of_kind("passing"),
        listed=of_kind("listed"),
        judged_now=of_kind("judged"),
        unjudged_now=of_kind("unjudged"),
        added=tuple(item.after for item in of_kind("added")),
        removed=tuple(item for name, item in first.items() if name not in second),
        readings=tuple(item for item in reread if _was_read(item) and item.after.readings),
        first_read=tuple(item for item in reread if not _was_read(item)),
        unread=tuple(item for item in reread if not item.after.readings),
        novelties=tuple(novelties(before, after, apis)),
        latencies=tuple(latency_shifts(before, after, apis)),
    )


def _was_read(change: VerdictChange) -> bool:
    return change.before is not None and bool(change.before.readings)


def _kind(change: VerdictChange) -> str:
    """A failure outweighs all else, also where the requirement is new or was not exercised."""
    verdict = change.after.verdict
    if verdict == "fail":
        return "failing"
    if change.after.level == "open" and change.before is not None:
        return "question"  # its readings tell
    if change.before is None:
        return "added"
    if verdict in _LISTED:
        return "listed"
    if verdict in _UNJUDGED:
        return "unjudged"
    return "judged" if change.was in _UNJUDGED else "passing"
