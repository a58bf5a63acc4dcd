"""What stays the same in every answer about one job, and where it comes from.

Source: Dubbing API Reference, "Get Job Status".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.moments import Moment, is_present, moment_of
from dubcheck.rules.outcome import Outcome, failed, holds, read
from dubcheck.rules.pinch.job_history import JobHistory, in_sequence, job_rule
from dubcheck.rules.pinch.vocabulary import (
    API,
    AUTO,
    COMPLETED,
    LANGUAGES,
    SOURCE_LANGUAGES,
    as_number,
    is_known_caller,
    is_refused,
)
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-job."
_OUTAGE = 3  # answers in a row
_DURATION_TOLERANCE_SECONDS = 0.25  # once from the file's header and once from its sound


@exchange_rule(API, "getJob", [f"{_ID}job-id-is-the-one-asked-for"])
def asked_job(exchange: Exchange) -> Iterator[Outcome]:
    """The answer is about the job in the path."""
    yield from same_job(exchange, f"{_ID}job-id-is-the-one-asked-for")


def same_job(exchange: Exchange, requirement: str) -> Iterator[Outcome]:
    """Whether an answer names the job of its path."""
    shown, asked = exchange.field("job_id"), exchange.path_parameters.get("id")
    if exchange.succeeded and is_known_caller(exchange) and isinstance(shown, str) and asked:
        yield holds(
            requirement,
            shown == asked,
            "the answer is about another job than the path names",
            expected=asked,
            actual=shown,
        )


@job_rule(f"{_ID}answers-200")
def found_status(history: JobHistory) -> Iterator[Outcome]:
    """A job that was shown once is shown again, with 200."""
    was_shown = False
    for exchange in history.asked:
        if exchange.response is None:
            continue
        # Before it was ever shown, a refusal is that of a job not found, which probes report.
        if exchange.succeeded or (was_shown and is_refused(exchange)):
            outcome = holds(
                f"{_ID}answers-200",
                exchange.response.status == 200,
                "a job of the account is answered with another status",
                expected=200,
                actual=exchange.response.status,
            )
            yield resting_on(outcome, exchange)
        was_shown = was_shown or exchange.succeeded
    if was_shown and _is_down_for_good(history):
        yield resting_on(
            failed(
                f"{_ID}answers-200",
                "a job that was shown before is answered with 500, again and again",
                expected=200,
                actual=500,
            ),
            *history.asked[-_OUTAGE:],
        )


def _is_down_for_good(history: JobHistory) -> bool:
    # One 500 is an accident of the service; a job that ends in nothing else is a broken promise.
    last = [item.response.status for item in history.asked[-_OUTAGE:] if item.response]
    return last == [500] * _OUTAGE


@job_rule(f"{_ID}keeps-target-lang", f"{_ID}keeps-given-source-lang", f"{_ID}detected-source-lang")
def kept_languages(history: JobHistory) -> Iterator[Outcome]:
    """The languages are those that the creation asked for."""
    target, source = history.target_language, history.source_language
    for exchange in history.sightings:
        shown = exchange.field("target_lang")
        expected = target or _first(history, "target_lang", LANGUAGES)
        if expected and shown in LANGUAGES:
            yield _kept(history, exchange, "target_lang", expected, f"{_ID}keeps-target-lang")
        shown = exchange.field("source_lang")
        if shown not in SOURCE_LANGUAGES:
            continue
        if source in LANGUAGES:
            yield _kept(history, exchange, "source_lang", source, f"{_ID}keeps-given-source-lang")
        elif source in (AUTO, MISSING) and exchange.field("status") == COMPLETED:
            reading = "stays-auto" if shown == AUTO else "detected-code"
            yield resting_on(read(f"{_ID}detected-source-lang", reading), exchange)


def _first(history: JobHistory, name: str, allowed: tuple[str, ...]) -> str | None:
    shown = (exchange.field(name) for exchange in history.sightings)
    return next((value for value in shown if value in allowed), None)


def _kept(
    history: JobHistory, exchange: Exchange, name: str, expected: str, requirement: str
) -> Outcome:
    outcome = holds(
        requirement,
        exchange.field(name) == expected,
        f"`{name}` is another one than the job was created with",
        expected=expected,
        actual=exchange.field(name),
    )
    return resting_on(outcome, *filter(None, [history.creation]), exchange)


@job_rule(f"{_ID}keeps-created-at")
def kept_creation_time(history: JobHistory) -> Iterator[Outcome]:
    """`created_at` is one moment, however it is written."""
    told = created_at(history)
    if told is None:
        return
    teller, moment = told
    for exchange in history.sightings:
        shown = moment_of(exchange.field("created_at"))
        if shown is not None and exchange is not teller:
            outcome = holds(
                f"{_ID}keeps-created-at",
                shown.is_stamped_like(moment),
                "`created_at` is another moment than in an earlier answer",
                expected=teller.field("created_at"),
                actual=exchange.field("created_at"),
            )
            yield resting_on(outcome, teller, exchange)


@job_rule(f"{_ID}input-duration-is-measured")
def settled_duration(history: JobHistory) -> Iterator[Outcome]:
    """The input of a completed job is no longer in one answer than in another.

    Which of them is right, a probe tells that knows the input.
    """
    told = [item for item in history.with_status(COMPLETED) if _seconds(item) is not None]
    for earlier, later in in_sequence(told):
        before, after = _seconds(earlier) or 0.0, _seconds(later) or 0.0
        if abs(before - after) > _DURATION_TOLERANCE_SECONDS:
            finding = failed(
                f"{_ID}input-duration-is-measured",
                "`input_duration_sec` of a completed job changes",
                expected=earlier.field("input_duration_sec"),
                actual=later.field("input_duration_sec"),
            )
            yield resting_on(finding, earlier, later)


def _seconds(exchange: Exchange) -> float | None:
    return as_number(exchange.field("input_duration_sec")) or None  # that it is there is told


def created_at(history: JobHistory) -> tuple[Exchange, Moment] | None:
    """The first believable word on when the job was created: that of createJob, else of getJob.

    A creation that was not in the present is reported on its own and settles nothing here.
    """
    creation = history.creation
    if creation is not None:
        moment = moment_of(creation.field("created_at"))
        if moment is not None and is_present(moment, creation) is not False:
            return creation, moment
    for exchange in history.sightings:
        moment = moment_of(exchange.field("created_at"))
        if moment is not None:
            return exchange, moment
    return None
