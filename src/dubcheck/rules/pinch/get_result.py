"""The refreshed link of a job, and jobs that have none.

Source: Dubbing API Reference, "Get Download URL (refresh)".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import (
    Moment,
    is_over,
    moment_of,
    service_clock,
)
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.pinch.get_job import same_job
from dubcheck.rules.pinch.job_history import (
    JobHistory,
    in_sequence,
    is_before,
    job_rule,
)
from dubcheck.rules.pinch.lifecycle import ended_before
from dubcheck.rules.pinch.missing_links import is_put_off
from dubcheck.rules.pinch.output_links import DAY_SECONDS, expiry_agreement
from dubcheck.rules.pinch.vocabulary import (
    API,
    COMPLETED,
    FAILED,
    STATUS_ORDER,
    is_known_caller,
    is_refused,
)
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-result."
_LATER_TOLERANCE_SECONDS = 2.0  # links of two machines of one service
_LIFE_TOLERANCE_SECONDS = 300.0
_UNFINISHED = "unfinished-job-has-no-link"
_REFUSALS = {404: "not-found-404", 409: "conflict-409", 400: "bad-request-400"}


@exchange_rule(API, "getJobResult", [f"{_ID}job-id-is-the-one-asked-for"])
def asked_result(exchange: Exchange) -> Iterator[Outcome]:
    """The answer is about the job in the path."""
    yield from same_job(exchange, f"{_ID}job-id-is-the-one-asked-for")


@exchange_rule(
    API,
    "getJobResult",
    [f"{_ID}link-expiry-agrees", f"{_ID}link-life"],
)
def refreshed_life(exchange: Exchange) -> Iterator[Outcome]:
    """The link lives from now on, for as long as it says itself."""
    expiry = moment_of(exchange.field("expires_at"))
    if expiry is None or not exchange.succeeded or not is_known_caller(exchange):
        return
    now = service_clock(exchange)
    if is_over(exchange, expiry):
        return
    yield from expiry_agreement(exchange, "download_url", "expires_at", f"{_ID}link-expiry-agrees")
    if now is not None and expiry.has_zone:
        yield read(f"{_ID}link-life", _life_reading(expiry, now))


@job_rule(f"{_ID}expires-in-the-future")
def ends_ahead(history: JobHistory) -> Iterator[Outcome]:
    """A new end lies ahead; that an old one is told again, until it is over, is told as that."""
    told: set[float] = set()
    for exchange in history.results:
        expiry, now = moment_of(exchange.field("expires_at")), service_clock(exchange)
        if expiry is None or now is None or not exchange.succeeded or expiry.seconds in told:
            continue
        told.add(expiry.seconds)
        outcome = holds(
            f"{_ID}expires-in-the-future",
            not is_over(exchange, expiry),
            "a link just given has already expired",
            expected=f"after {now:.0f} (UNIX seconds)",
            actual=exchange.field("expires_at"),
        )
        yield resting_on(outcome, exchange)


def _life_reading(expiry: Moment, now: float) -> str:
    for days, reading in ((2, "48-hours"), (1, "24-hours")):
        if abs(expiry.seconds - now - days * DAY_SECONDS) <= _LIFE_TOLERANCE_SECONDS:
            return reading
    return "other"


@job_rule(f"{_ID}answers-200")
def result_status(history: JobHistory) -> Iterator[Outcome]:
    """A job that was seen completed has a result."""
    for exchange in history.results:
        is_completed = ended_before(history, COMPLETED, exchange) is not None
        if exchange.response is None or not (
            _is_given(exchange) or (is_completed and (exchange.succeeded or is_refused(exchange)))
        ):
            continue
        outcome = holds(
            f"{_ID}answers-200",
            exchange.response.status == 200,
            "the result of a completed job is answered with another status",
            expected=200,
            actual=exchange.response.status,
        )
        yield resting_on(outcome, exchange)


def _is_given(exchange: Exchange) -> bool:
    # Without a link, another 2xx is how a job that is not over may be told, which is no result.
    return exchange.succeeded and isinstance(exchange.field("download_url"), str)


@job_rule(f"{_ID}expires-at-never-falls")
def later_links(history: JobHistory) -> Iterator[Outcome]:
    """A link asked for later does not die earlier."""
    links = [item for item in history.results if item.succeeded]
    for earlier, later in in_sequence(links):
        before, after = (moment_of(item.field("expires_at")) for item in (earlier, later))
        if before is None or after is None or is_over(later, after):
            continue  # an end that is over is told as such
        outcome = holds(
            f"{_ID}expires-at-never-falls",
            not after.precedes(before, tolerance_seconds=_LATER_TOLERANCE_SECONDS),
            "a link asked for later expires earlier",
            expected=f"not before {earlier.field('expires_at')}",
            actual=later.field("expires_at"),
        )
        yield resting_on(outcome, earlier, later)


@job_rule(f"{_ID}{_UNFINISHED}", f"{_ID}failed-job-has-no-link", f"{_ID}unfinished-status")
def jobs_without_link(history: JobHistory) -> Iterator[Outcome]:
    """Whoever asks for the link of a job that is not completed is refused."""
    for exchange in history.results:
        failure = ended_before(history, FAILED, exchange)
        if failure is not None and ended_before(history, COMPLETED, exchange) is not None:
            continue  # a job that left its end is told as such
        if failure is not None:
            yield from _no_link("failed-job-has-no-link", exchange, failure)
            continue
        proof = _unfinished_after(history, exchange)
        if proof is not None:
            yield from _no_link(_UNFINISHED, exchange, proof)


def _unfinished_after(history: JobHistory, exchange: Exchange) -> Exchange | None:
    # Statuses only go forward: what is unfinished afterwards was unfinished before.
    if ended_before(history, COMPLETED, exchange) is not None:
        return None
    unfinished = history.with_status(*STATUS_ORDER[:-1])
    return next((item for item in unfinished if is_before(exchange, item)), None)


def _no_link(slug: str, exchange: Exchange, proof: Exchange) -> Iterator[Outcome]:
    if exchange.response is None:
        return
    if is_refused(exchange):
        yield resting_on(passed(_ID + slug), proof, exchange)
        reading = _REFUSALS.get(exchange.response.status, "other-4xx")
        yield resting_on(read(f"{_ID}unfinished-status", reading), proof, exchange)
    elif slug == _UNFINISHED and is_put_off(exchange):
        yield resting_on(passed(_ID + slug), proof, exchange)
        yield resting_on(read(f"{_ID}unfinished-status", "other-2xx"), proof, exchange)
    elif exchange.succeeded:
        outcome = failed(
            _ID + slug,
            f"a job that is {proof.field('status')} is given a result",
            expected="a refusal with 4xx",
            actual=exchange.response.status,
        )
        yield resting_on(outcome, proof, exchange)
