"""A comparison in words: titled sections of short entries, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from dubcheck.diff.comparison import Comparison, VerdictChange
from dubcheck.diff.latencies import LatencyShift
from dubcheck.diff.novelties import Novelty

LONGEST = 300
Entry = tuple[str, ...]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it: each entry a line with further lines below it.

    Text between backticks is a name or a value; `urgent` sections are never folded.
    """

    title: str
    entries: tuple[Entry, ...]
    urgent: bool = False


def headline(comparison: Comparison) -> str:
    """The comparison in one line."""
    failing = [item for item in comparison.newly_failing if item.after.level == "must"]
    changes = [
        (len(failing), "must newly failing"),
        (len(comparison.newly_passing), "newly passing"),
        (len(comparison.readings), "readings changed"),
        (len(comparison.novelties), "fields, codes or statuses seen anew or no longer"),
        (len(comparison.latencies), "latency shifts"),
    ]
    told = ", ".join(f"{count} {words}" for count, words in changes if count)
    return f"dubcheck diff: {told or 'no difference that matters'}"


def sections(comparison: Comparison) -> Iterator[Section]:
    """Every section that has something to tell."""
    musts = [item for item in comparison.newly_failing if item.after.level == "must"]
    others = [item for item in comparison.newly_failing if item.after.level != "must"]
    gone = [item for item in comparison.novelties if not item.appeared]
    new = [item for item in comparison.novelties if item.appeared]
    all_sections = (
        Section("Newly failing: must", _told(_failing, musts), urgent=True),
        Section("Newly failing: should, inferred and open", _told(_failing, others), urgent=True),
        Section("Known and stale violations", _told(_verdict, comparison.listed), urgent=True),
        Section("Newly passing", _told(_verdict, comparison.newly_passing), urgent=True),
        Section("Readings that changed", _told(_reading, comparison.readings), urgent=True),
        Section("Seen for the first time", _told(_novelty, new)),
        Section("No longer seen", _told(_novelty, gone)),
        Section("Latency shifts", _told(_latency, comparison.latencies)),
        Section("Questions read for the first time", _told(_reading, comparison.first_read)),
        Section("Questions no longer read", _told(_reading, comparison.unread)),
        Section("No longer judged", _told(_verdict, comparison.unjudged_now)),
        Section("Judged for the first time", _told(_verdict, comparison.judged_now)),
        Section("New requirements", tuple((f"`{item.id}`",) for item in comparison.added)),
        Section("Requirements gone", tuple((f"`{item.id}`",) for item in comparison.removed)),
    )
    yield from (section for section in all_sections if section.entries)


def _told(tell: Callable[[Item], Entry], items: Iterable[Item]) -> tuple[Entry, ...]:
    return tuple(tell(item) for item in items)


def _verdict(change: VerdictChange) -> Entry:
    after = change.after
    first = f"`{after.id}` ({after.level}): {change.was} → {after.verdict}"
    return (first, _value(after.reason)) if after.reason else (first,)


def _failing(change: VerdictChange) -> Entry:
    after, finding = change.after, change.after.finding
    lines = [f"`{after.id}` ({after.level}): {change.was} → {after.verdict}", after.statement]
    if after.reason:
        lines.append(_value(after.reason))
    if finding:
        lines.append(
            f"expected {_value(finding.get('expected'))}, got {_value(finding.get('actual'))}"
        )
    return tuple(lines)


def _reading(change: VerdictChange) -> Entry:
    was = ", ".join(sorted(change.before.readings)) if change.before else ""
    now = ", ".join(sorted(change.after.readings))
    return (
        f"`{change.after.id}`: {_value(was) if was else 'not read'} → {_value(now or 'not read')}",
    )


def _novelty(item: Novelty) -> Entry:
    if item.kind == "operation":
        return (f"`{item.api} {item.operation}`: the whole operation",)
    other = "before" if item.appeared else "now"
    return (
        f"`{item.api} {item.operation}`: {item.kind} {_value(item.name)}"
        f" (in none of {item.answers} exchanges {other})",
    )


def _latency(item: LatencyShift) -> Entry:
    return (
        f"`{item.api} {item.operation}`: median {item.before.median_ms:.0f} ms →"
        f" {item.after.median_ms:.0f} ms ({item.before.samples} and {item.after.samples} answers)",
    )


def _value(value: object) -> str:
    """A value of a target between backticks: on one line, harmless in Markdown, not endless."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    text = text.replace("`", "'")
    return f"`{text[:LONGEST]}…`" if len(text) > LONGEST else f"`{text}`"
