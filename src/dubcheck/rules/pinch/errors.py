"""Error answers: their code against their status, and who is to blame for them.

Source: Dubbing API Reference, "Error Codes"; the statuses are inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Credential, Exchange
from dubcheck.rules.judge import ANY_OPERATION
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.request_oracle import has_fault
from dubcheck.rules.pinch.vocabulary import API, OPERATIONS
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.errors."
_SAME_WINDOW_SECONDS = 10.0
# A gateway's own trouble, and methods that no HTTP server knows.
_NOT_THE_APPLICATIONS = (501, 502, 503, 504)
_STATUSES = {
    "invalid_url": ("invalid-url", 400),
    "unsupported_language": ("unsupported-language", 400),
    "rate_limited": ("rate-limited", 429),
}


@exchange_rule(
    API, OPERATIONS, [f"{_ID}{name}-status-is-{status}" for name, status in _STATUSES.values()]
)
def statuses_of_codes(exchange: Exchange) -> Iterator[Outcome]:
    """The status that goes with a code."""
    code = exchange.field("error", "code")
    if exchange.response is None or exchange.succeeded or not isinstance(code, str):
        return
    if code in _STATUSES:
        name, status = _STATUSES[code]
        yield holds(
            f"{_ID}{name}-status-is-{status}",
            exchange.response.status == status,
            f"`{code}` is answered with another status",
            expected=status,
            actual=exchange.response.status,
        )


@exchange_rule(API, OPERATIONS, [f"{_ID}too-many-requests-has-code-rate-limited"])
def code_of_429(exchange: Exchange) -> Iterator[Outcome]:
    """Too many requests are told as rate_limited."""
    code = exchange.field("error", "code")
    if exchange.response is not None and exchange.response.status == 429 and isinstance(code, str):
        yield holds(
            f"{_ID}too-many-requests-has-code-rate-limited",
            code == "rate_limited",
            "the status 429 comes with another code",
            expected="rate_limited",
            actual=code,
        )


@exchange_rule(API, ANY_OPERATION, [f"{_ID}client-mistakes-are-no-server-errors"])
def blame(exchange: Exchange) -> Iterator[Outcome]:
    """Who sends what cannot be accepted is told so with 4xx."""
    if exchange.response is None or not _is_mistaken(exchange):
        return
    status = exchange.response.status
    if status >= 400 and status not in _NOT_THE_APPLICATIONS:
        yield holds(
            f"{_ID}client-mistakes-are-no-server-errors",
            status < 500,
            "a mistake of the client is answered as one of the server",
            expected="4xx",
            actual=status,
        )


def _is_mistaken(exchange: Exchange) -> bool:
    lacks_key = exchange.request.credential in (
        Credential.NONE,
        Credential.WRONG,
        Credential.MALFORMED,
    )
    return exchange.operation in OPERATIONS and (lacks_key or has_fault(exchange))


@run_rule(API, [f"{_ID}rate-limit-scope"])
def rate_limit_scope(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """To which requests the limit applies, as far as the run met it."""
    asked = [item for item in exchanges if item.operation in OPERATIONS]
    limited = [item for item in asked if item.response and item.response.status == 429]
    if not limited:
        if asked:
            yield resting_on(read(f"{_ID}rate-limit-scope", "not-seen"), *asked[-1:])
        return
    if {item.operation for item in limited} == {"createJob"}:
        reading = "job-creation"
    elif any(_passes_by(item, asked) for item in limited):
        reading = "each-operation"
    else:
        reading = "every-request"
    yield resting_on(read(f"{_ID}rate-limit-scope", reading), *limited[:2])


def _passes_by(limited: Exchange, asked: list[Exchange]) -> bool:
    return any(
        item.operation != limited.operation
        and item.succeeded
        and item.is_timed
        and 0 <= item.started_at - limited.ended_at <= _SAME_WINDOW_SECONDS
        for item in asked
    )
