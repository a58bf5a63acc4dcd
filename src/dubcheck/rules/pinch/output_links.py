"""How long the output of a completed job can be fetched, as its link and `output_expires_at` tell.

Judged in order: in the future, then 24 to 48 hours, then agreement with the link, so that one
wrong moment is one finding.

Source: Dubbing API Reference, "Output format" (48 hours) and the sample of "Get Job Status" (24).
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import (
    Moment,
    is_over,
    moment_of,
    service_clock,
    zone_doubt_seconds,
)
from dubcheck.rules.outcome import Kind, Outcome, holds, read
from dubcheck.rules.pinch.get_job import created_at
from dubcheck.rules.pinch.job_history import JobHistory, job_rule
from dubcheck.rules.pinch.links import LINK_TOLERANCE_SECONDS, link_end, link_query
from dubcheck.rules.pinch.vocabulary import COMPLETED
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-job."
DAY_SECONDS = 86_400.0
_READING_TOLERANCE_SECONDS = 2.0
_JUST_OVER_SECONDS = DAY_SECONDS / 2  # recorded traffic may be silent for days
_RESIGNED_AFTER_SECONDS = 2.0  # links signed within one second look the same


@job_rule(
    f"{_ID}output-expires-in-the-future",
    f"{_ID}output-life-is-24-to-48-hours",
    f"{_ID}output-life",
    f"{_ID}link-expiry-agrees",
)
def output_life(history: JobHistory) -> Iterator[Outcome]:
    """The announced expiry, and that of the link itself."""
    completed = history.with_status(COMPLETED)
    for exchange in completed:
        expiry = moment_of(exchange.field("output_expires_at"))
        if expiry is None:
            continue
        clock = service_clock(exchange)
        if clock is not None and exchange is completed[0] and _is_just_over(history, exchange):
            yield _in_future(exchange, expiry, clock)
        if is_over(exchange, expiry):
            continue
        bounded = _life(history, exchange, expiry)
        yield bounded
        if bounded.kind is Kind.PASS:
            yield from _readings(history, exchange, expiry)
            yield from expiry_agreement(
                exchange, "output_url", "output_expires_at", f"{_ID}link-expiry-agrees"
            )


def _is_just_over(history: JobHistory, completed: Exchange) -> bool:
    # A job of an earlier day may be first seen completed long after its link has died.
    before = [history.creation, *history.sightings[: history.sightings.index(completed)]]
    return any(
        item is not None and 0 <= completed.started_at - item.ended_at <= _JUST_OVER_SECONDS
        for item in before
    )


def _in_future(exchange: Exchange, expiry: Moment, clock: float) -> Outcome:
    outcome = holds(
        f"{_ID}output-expires-in-the-future",
        not is_over(exchange, expiry),
        "the output of a job just completed has already expired",
        expected=f"after {clock:.0f} (UNIX seconds)",
        actual=exchange.field("output_expires_at"),
    )
    return resting_on(outcome, exchange)


def _life(history: JobHistory, exchange: Exchange, expiry: Moment) -> Outcome:
    doubt = zone_doubt_seconds(expiry)
    told, clock = created_at(history), service_clock(exchange)
    earliest = None if told is None else told[1].seconds + DAY_SECONDS
    if earliest is not None and told is not None:
        earliest -= LINK_TOLERANCE_SECONDS if told[1].has_zone == expiry.has_zone else doubt
    latest = None if clock is None else clock + 2 * DAY_SECONDS + doubt
    outcome = holds(
        f"{_ID}output-life-is-24-to-48-hours",
        (earliest is None or expiry.seconds >= earliest)
        and (latest is None or expiry.seconds <= latest),
        "the output lives less than 24 hours from creation, or more than 48 from the answer",
        expected="24 hours after `created_at` to 48 hours after the answer",
        actual=exchange.field("output_expires_at"),
    )
    return resting_on(outcome, exchange)


def _readings(history: JobHistory, exchange: Exchange, expiry: Moment) -> Iterator[Outcome]:
    told, updated = created_at(history), moment_of(exchange.field("updated_at"))
    if not expiry.has_zone or told is None or updated is None:
        return
    created = told[1].seconds
    starts = {
        "48-hours-from-completion": (updated.seconds, 2),
        "48-hours-from-creation": (created, 2),
        "24-hours-from-creation": (created, 1),
    }
    for reading, (start, days) in starts.items():
        if abs(expiry.seconds - start - days * DAY_SECONDS) <= _READING_TOLERANCE_SECONDS:
            yield resting_on(read(f"{_ID}output-life", reading), exchange)
            return
    clock = service_clock(exchange)
    is_from_answer = clock is not None and abs(expiry.seconds - clock - 2 * DAY_SECONDS) <= 60
    reading = "48-hours-from-completion" if is_from_answer else "in-between"
    yield resting_on(read(f"{_ID}output-life", reading), exchange)


def expiry_agreement(
    exchange: Exchange, link: str, announced: str, requirement: str
) -> Iterator[Outcome]:
    """Whether the query of a link tells the expiry that the answer announces."""
    stated, expiry = link_end(exchange.field(link), exchange), moment_of(exchange.field(announced))
    if stated is None or expiry is None or not expiry.has_zone:
        return
    outcome = holds(
        requirement,
        abs(stated.seconds - expiry.seconds) <= stated.tolerance_seconds + expiry.unit_seconds,
        f"the query of `{link}` states another expiry than `{announced}`",
        expected=f"{exchange.field(announced)} ({expiry.seconds:.0f})",
        actual=f"{stated.seconds:.0f} (UNIX seconds)",
    )
    yield resting_on(outcome, exchange)


@job_rule(f"{_ID}output-url-stability")
def stability(history: JobHistory) -> Iterator[Outcome]:
    """Whether the link is signed once or with every answer, as far as the record shows it."""
    completed = [
        item for item in history.with_status(COMPLETED) if isinstance(item.field("output_url"), str)
    ]
    if len(completed) < 2:
        return
    first, last = completed[0], completed[-1]
    url = first.field("output_url")
    if url != last.field("output_url"):
        yield resting_on(read(f"{_ID}output-url-stability", "fresh"), first, last)
    elif last.started_at - first.ended_at >= _RESIGNED_AFTER_SECONDS and (
        "REDACTED" not in url or "x-amz-date" in link_query(url)
    ):
        yield resting_on(read(f"{_ID}output-url-stability", "same"), first, last)
