"""When a job last changed, as `updated_at` tells it.

Source: Dubbing API Reference, "Get Job Status", `updated_at`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import (
    CLOCK_TOLERANCE_SECONDS,
    Moment,
    clocks_of,
    dated,
    moment_of,
    service_clock,
)
from dubcheck.rules.outcome import Kind, Outcome, holds
from dubcheck.rules.pinch.get_job import created_at
from dubcheck.rules.pinch.job_history import (
    JobHistory,
    in_sequence,
    is_forward,
    job_rule,
    status_of,
)
from dubcheck.rules.pinch.vocabulary import API, TERMINAL_STATUSES
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-job.updated-at-"
# Between machines of one service, and for an answer from a copy that is a little behind.
_LAG_SECONDS = 3.0


@job_rule(f"{_ID}not-before-created-at")
def update_after_creation(history: JobHistory) -> Iterator[Outcome]:
    """A job is not updated before it exists."""
    for exchange in history.sightings:
        created, updated = _moments(exchange)
        if created is None or updated is None or not _keeps_creation(history, created):
            continue
        outcome = holds(
            f"{_ID}not-before-created-at",
            not updated.is_stamped_before(created),
            "`updated_at` is before `created_at`",
            expected=f"not before {exchange.field('created_at')}",
            actual=exchange.field("updated_at"),
        )
        yield resting_on(outcome, exchange)


@exchange_rule(API, "getJob", [f"{_ID}is-not-in-the-future"])
def update_has_been(exchange: Exchange) -> Iterator[Outcome]:
    """The last update lies behind the answer, give or take what clocks differ by."""
    created, updated = _moments(exchange)
    clocks = clocks_of(exchange)
    if updated is None or not (exchange.succeeded and updated.has_zone and clocks):
        return
    latest = max(clocks) + CLOCK_TOLERANCE_SECONDS
    if created is not None and created.seconds > latest:
        return  # the clock that stamps jobs is fast, which is told of `created_at`
    yield holds(
        f"{_ID}is-not-in-the-future",
        updated.seconds <= latest,
        "`updated_at` is later than the answer that tells it",
        expected=f"not after {max(clocks):.0f} (UNIX seconds), within 5 minutes",
        actual=exchange.field("updated_at"),
    )


def updates_are_sound(history: JobHistory) -> bool:
    """Whether `updated_at` of getJob keeps every promise that is not just inferred."""
    inferred = f"{_ID}rests-at-the-end"
    ahead = (item for exchange in history.sightings for item in update_has_been(exchange))
    return not any(
        item.kind is Kind.FAIL and item.requirement != inferred
        for item in (*update_after_creation(history), *update_order(history), *ahead)
    )


def _moments(exchange: Exchange) -> tuple[Moment | None, Moment | None]:
    created = moment_of(exchange.field("created_at"))
    return created, moment_of(exchange.field("updated_at"))


def _keeps_creation(history: JobHistory, created: Moment) -> bool:
    # Where `created_at` itself moves, that is the finding, and nothing can be held against it.
    told = created_at(history)
    return told is None or told[1].is_stamped_like(created)


def _believable(history: JobHistory) -> tuple[Exchange, ...]:
    """The sightings whose `updated_at` is not before the creation."""
    kept = []
    for exchange in history.sightings:
        created, updated = _moments(exchange)
        if updated is not None and (created is None or not updated.is_stamped_before(created)):
            kept.append(exchange)
    return tuple(kept)


@job_rule(f"{_ID}never-falls", f"{_ID}follows-changes", f"{_ID}rests-at-the-end")
def update_order(history: JobHistory) -> Iterator[Outcome]:
    """`updated_at` goes forward only, moves with the status, and rests when the job is over.

    Once a status has gone back, which is told elsewhere, nobody knows when it changed.
    """
    has_gone_back = False
    for earlier, later in in_sequence(_believable(history)):
        before, after = _moments(earlier)[1], _moments(later)[1]
        if before is None or after is None:
            continue
        falls = after.is_stamped_before(before)
        outcome = holds(
            f"{_ID}never-falls",
            not falls,
            "`updated_at` goes back",
            expected=f"not before {earlier.field('updated_at')}",
            actual=later.field("updated_at"),
        )
        yield resting_on(outcome, earlier, later)
        if falls:
            continue
        if status_of(earlier) != status_of(later):
            if status_of(earlier) in TERMINAL_STATUSES:
                return  # that an end is left at all is told elsewhere
            has_gone_back = has_gone_back or _goes_back(earlier, later)
            if not has_gone_back:
                yield from _follows(history, earlier, later, after)
        elif status_of(later) in TERMINAL_STATUSES:
            outcome = holds(
                f"{_ID}rests-at-the-end",
                before.agrees_with(after),
                "`updated_at` of a finished job changes",
                expected=earlier.field("updated_at"),
                actual=later.field("updated_at"),
            )
            yield resting_on(outcome, earlier, later)


def _goes_back(earlier: Exchange, later: Exchange) -> bool:
    before, after = status_of(earlier), status_of(later)
    return before is not None and after is not None and not is_forward(before, after)


def _follows(
    history: JobHistory, earlier: Exchange, later: Exchange, after: Moment
) -> Iterator[Outcome]:
    if not after.has_zone or None in (status_of(earlier), status_of(later)):
        return
    # The change came after the earlier answer was asked for; by the service's clock, if it told.
    since = dated(earlier) or (earlier.started_at if earlier.is_timed else None)
    if since is None:
        return
    slack = _LAG_SECONDS + after.unit_seconds + _clock_lag_seconds(history)
    outcome = holds(
        f"{_ID}follows-changes",
        after.seconds >= since - earlier.elapsed_seconds - slack,
        "the status has changed since an earlier answer, but `updated_at` is before that answer",
        expected=f"not before {since:.0f} (UNIX seconds), within {slack:.0f} s",
        actual=f"{later.field('updated_at')} ({after.seconds:.0f})",
    )
    yield resting_on(outcome, earlier, later)


def _clock_lag_seconds(history: JobHistory) -> float:
    """How far the clock that stamps jobs is behind the one that dates answers, never below zero."""
    told = created_at(history)
    clock = None if told is None else service_clock(told[0])
    if told is None or clock is None or told[0] is not history.creation:
        return 300.0
    return max(0.0, clock - told[1].seconds)
