"""What the answer to the creation of a job must hold.

Source: Dubbing API Reference, "Create Dubbing Job".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.moments import is_present, moment_of
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.pinch.request_oracle import has_fault
from dubcheck.rules.pinch.vocabulary import (
    API,
    AUTO,
    LANGUAGES,
    PENDING,
    SOURCE_LANGUAGES,
    STATUSES,
    is_known_caller,
)
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.create-job."


def is_created(exchange: Exchange) -> bool:
    """Whether the exchange created a job that the documents let one create."""
    return exchange.succeeded and is_known_caller(exchange) and not has_fault(exchange)


@exchange_rule(API, "createJob", [f"{_ID}answers-201"])
def created_status(exchange: Exchange) -> Iterator[Outcome]:
    """A job that is created is answered with 201 and no other success."""
    if exchange.response is not None and is_created(exchange):
        status = exchange.response.status
        yield holds(
            f"{_ID}answers-201",
            status == 201,
            "a created job is answered with another success status",
            expected=201,
            actual=status,
        )


@exchange_rule(API, "createJob", [f"{_ID}status-starts-as-pending"])
def first_status(exchange: Exchange) -> Iterator[Outcome]:
    """A job begins as pending."""
    status = exchange.field("status")
    if is_created(exchange) and status in STATUSES:
        yield holds(
            f"{_ID}status-starts-as-pending",
            status == PENDING,
            "a job just created has another status",
            expected=PENDING,
            actual=status,
        )


@exchange_rule(
    API,
    "createJob",
    [
        f"{_ID}echoes-target-lang",
        f"{_ID}echoes-source-lang",
        f"{_ID}echoes-auto-source-lang",
        f"{_ID}source-lang-defaults-to-auto",
    ],
)
def echoed_languages(exchange: Exchange) -> Iterator[Outcome]:
    """The answer names the languages that were asked for."""
    if not is_created(exchange):
        return
    target, source = exchange.sent("target_lang"), exchange.sent("source_lang")
    shown = exchange.field("target_lang")
    if target in LANGUAGES and shown in LANGUAGES:
        yield _echo("echoes-target-lang", target, shown)
    shown = exchange.field("source_lang")
    if shown in SOURCE_LANGUAGES:
        if source in LANGUAGES:
            yield _echo("echoes-source-lang", source, shown)
        elif source == AUTO:
            yield _echo("echoes-auto-source-lang", AUTO, shown)
        elif source is MISSING:
            yield _echo("source-lang-defaults-to-auto", AUTO, shown)


def _echo(slug: str, sent: str, shown: str) -> Outcome:
    message = "the answer names another language than the request means"
    return holds(_ID + slug, sent == shown, message, expected=sent, actual=shown)


@exchange_rule(API, "createJob", [f"{_ID}created-at-is-the-present"])
def creation_time(exchange: Exchange) -> Iterator[Outcome]:
    """`created_at` is now, give or take what clocks differ by."""
    moment = moment_of(exchange.field("created_at"))
    is_now = None if moment is None else is_present(moment, exchange)
    if is_now is not None and is_created(exchange):
        yield holds(
            f"{_ID}created-at-is-the-present",
            is_now,
            "`created_at` is not the moment of the request",
            expected=f"within 5 minutes of {exchange.ended_at:.0f} (UNIX seconds)",
            actual=exchange.field("created_at"),
        )


@run_rule(API, [f"{_ID}job-ids-are-unique"])
def unique_job_ids(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """No two jobs share an id."""
    seen: dict[str, Exchange] = {}
    for exchange in exchanges:
        if exchange.operation != "createJob" or not is_created(exchange):
            continue
        identifier = exchange.field("job_id")
        if isinstance(identifier, str) and identifier in seen:
            finding = failed(
                f"{_ID}job-ids-are-unique",
                "two jobs were given the same `job_id`",
                expected="an id of its own for each job",
                actual=identifier,
            )
            yield resting_on(finding, seen[identifier], exchange)
        elif isinstance(identifier, str):
            seen[identifier] = exchange
    if len(seen) > 1:
        yield resting_on(passed(f"{_ID}job-ids-are-unique"), *seen.values())
