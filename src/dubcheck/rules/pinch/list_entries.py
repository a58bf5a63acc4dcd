"""Entries of the list against what createJob and getJob say of the same job.

Source: Dubbing API Reference, "List Jobs" and "Get Job Status".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.moments import Moment, moment_of
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.get_job import created_at
from dubcheck.rules.pinch.job_history import Entry, JobHistory, is_before, job_rule, status_of
from dubcheck.rules.pinch.job_updates import updates_are_sound
from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS
from dubcheck.rules.pinch.vocabulary import (
    AUTO,
    COMPLETED,
    FAILED,
    LANGUAGES,
    SOURCE_LANGUAGES,
    STATUS_ORDER,
    STATUSES,
    TERMINAL_STATUSES,
)
from dubcheck.rules.settling import resting_on

_ID = "pinch.list-jobs."
_DETECTED = "pinch.get-job.detected-source-lang"


@job_rule(f"{_ID}status-agrees-with-job")
def entry_status(history: JobHistory) -> Iterator[Outcome]:
    """The list shows the status that getJob shows before and after, or that is final."""
    for entry in history.entries:
        shown = entry.summary.get("status")
        settled = _settled_status(history, entry)
        if settled is None or shown not in STATUSES:
            continue
        witness, expected = settled
        if _is_earlier(str(shown), expected) and _may_be_behind(history, entry, expected):
            continue
        if _is_ahead(str(shown), expected) and not _is_too_early(history, entry, str(shown)):
            continue
        yield _agreement(
            f"{_ID}status-agrees-with-job", entry, "status", witness, shown == expected
        )


def _settled_status(history: JobHistory, entry: Entry) -> tuple[Exchange, str] | None:
    before = _before(history, entry)
    if before is None or status_of(before) is None:
        return None
    status = str(status_of(before))
    seen = {status_of(item) for item in history.sightings if is_before(item, entry.exchange)}
    if seen.intersection(TERMINAL_STATUSES) - {status}:
        return None  # a job that left its end is told as such
    after = [item for item in history.sightings if is_before(entry.exchange, item)]
    if any(status_of(item) != status for item in after[:1]):
        return None
    return (before, status) if after or status in TERMINAL_STATUSES else None


def _before(history: JobHistory, entry: Entry) -> Exchange | None:
    earlier = [item for item in history.sightings if is_before(item, entry.exchange)]
    return earlier[-1] if earlier else None


def _is_earlier(shown: str, settled: str) -> bool:
    if settled not in STATUSES:
        return False
    rank = len(STATUS_ORDER) if settled == FAILED else STATUS_ORDER.index(settled)
    return shown in STATUS_ORDER and STATUS_ORDER.index(shown) < rank


def _may_be_behind(history: JobHistory, entry: Entry, status: str) -> bool:
    """Whether a list that lags may not know yet that the job has this status."""
    first = history.with_status(status)[0]
    return entry.exchange.started_at - first.ended_at < LONGEST_LAG_SECONDS


def _is_ahead(shown: str, settled: str) -> bool:
    return settled not in TERMINAL_STATUSES and _is_earlier(settled, shown)


def _is_too_early(history: JobHistory, entry: Entry, shown: str) -> bool:
    """Whether it is the list that is wrong, and not getJob that lags behind it.

    Either no lag is so long, or the job changed once more before it was what the list said.
    """
    later = [item for item in history.sightings if is_before(entry.exchange, item)]
    for item in later:
        waited = item.started_at - entry.exchange.ended_at
        if waited >= LONGEST_LAG_SECONDS and _is_earlier(str(status_of(item)), shown):
            return True
    ends = (item for item in later if status_of(item) == shown and shown in TERMINAL_STATUSES)
    told = moment_of(entry.summary.get("updated_at"))
    ended = next((moment_of(item.field("updated_at")) for item in ends), None)
    return told is not None and ended is not None and told.precedes(ended)


def _agreement(
    requirement: str, entry: Entry, name: str, witness: Exchange, agrees: bool
) -> Outcome:
    outcome = holds(
        requirement,
        agrees,
        f"`{name}` of an entry is another one than the job's",
        expected=_told(witness, name),
        actual=entry.summary.get(name),
    )
    return resting_on(outcome, witness, entry.exchange)


def _told(witness: Exchange, name: str) -> object:
    if witness.operation == "createJob" and name in ("target_lang", "source_lang"):
        return witness.sent(name)
    return witness.field(name)


@job_rule(
    f"{_ID}target-lang-agrees-with-job",
    f"{_ID}given-source-lang-agrees-with-job",
    _DETECTED,
)
def entry_languages(history: JobHistory) -> Iterator[Outcome]:
    """The list names the languages that the creation asked for."""
    creation, source = history.creation, history.source_language
    for entry in history.entries:
        target, shown = history.target_language, entry.summary.get("target_lang")
        if creation is not None and target and shown in LANGUAGES:
            requirement = f"{_ID}target-lang-agrees-with-job"
            yield _agreement(requirement, entry, "target_lang", creation, shown == target)
        elif creation is None and shown in LANGUAGES:
            yield from _seen_target(history, entry)
        shown = entry.summary.get("source_lang")
        if creation is not None and source in LANGUAGES and shown in SOURCE_LANGUAGES:
            requirement = f"{_ID}given-source-lang-agrees-with-job"
            yield _agreement(requirement, entry, "source_lang", creation, shown == source)
        elif source in (AUTO, MISSING) and entry.summary.get("status") == COMPLETED:
            yield from _detected(entry, shown)


def _detected(entry: Entry, shown: object) -> Iterator[Outcome]:
    # The documents' own list shows a code where their getJob shows `auto`: either is a reading.
    if shown in SOURCE_LANGUAGES:
        reading = "stays-auto" if shown == AUTO else "detected-code"
        yield resting_on(read(_DETECTED, reading), entry.exchange)


def _seen_target(history: JobHistory, entry: Entry) -> Iterator[Outcome]:
    told = {item.field("target_lang") for item in history.sightings if _names_target(item)}
    if len(told) == 1:
        witness = next(item for item in history.sightings if _names_target(item))
        agrees = entry.summary.get("target_lang") in told
        requirement = f"{_ID}target-lang-agrees-with-job"
        yield _agreement(requirement, entry, "target_lang", witness, agrees)


def _names_target(exchange: Exchange) -> bool:
    return exchange.field("target_lang") in LANGUAGES


@job_rule(f"{_ID}created-at-agrees-with-job", f"{_ID}updated-at-agrees-with-job")
def entry_moments(history: JobHistory) -> Iterator[Outcome]:
    """The list tells the moments that the job tells, where the job itself tells only one."""
    told = created_at(history)
    if told is not None and not all(_agrees(item, told[1]) for item in history.sightings):
        told = None
    for entry in history.entries:
        shown = moment_of(entry.summary.get("created_at"))
        if told is not None and shown is not None:
            requirement = f"{_ID}created-at-agrees-with-job"
            agrees = shown.is_stamped_like(told[1])
            yield _agreement(requirement, entry, "created_at", told[0], agrees)
        yield from _updated(history, entry)


def _agrees(exchange: Exchange, moment: Moment) -> bool:
    shown = moment_of(exchange.field("created_at"))
    return shown is None or shown.is_stamped_like(moment)


def _updated(history: JobHistory, entry: Entry) -> Iterator[Outcome]:
    before, shown = _before(history, entry), moment_of(entry.summary.get("updated_at"))
    after = [item for item in history.sightings if is_before(entry.exchange, item)]
    if before is None or not after or shown is None:
        return
    first, last = (moment_of(item.field("updated_at")) for item in (before, after[0]))
    has_ended = status_of(before) in TERMINAL_STATUSES and status_of(after[0]) == status_of(before)
    if has_ended and first is not None and last is not None and first.agrees_with(last):
        agrees = shown.agrees_with(first)
        if shown.precedes(first) and _may_be_behind(history, entry, str(status_of(before))):
            return
        # Where getJob's own `updated_at` breaks a promise, the list is not held against it.
        if agrees or updates_are_sound(history):
            requirement = f"{_ID}updated-at-agrees-with-job"
            yield _agreement(requirement, entry, "updated_at", before, agrees)
