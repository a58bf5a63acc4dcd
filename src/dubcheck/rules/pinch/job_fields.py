"""Fields of a job that exist exactly in some statuses: error, duration, cost and output.

Source: Dubbing API Reference, "Get Job Status", Response Fields; "Status Flow"; "Job-Level Errors".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.moments import moment_of, service_clock, zone_doubt_seconds
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.job_history import status_of
from dubcheck.rules.pinch.output_links import DAY_SECONDS
from dubcheck.rules.pinch.vocabulary import (
    API,
    COMPLETED,
    FAILED,
    JOB_ERROR_CODES,
    PENDING,
    POOR_JOB_ERROR,
    TERMINAL_STATUSES,
    as_number,
    is_empty,
    is_known_caller,
)
from dubcheck.rules.registry import exchange_rule

_ID = "pinch.get-job."
_CODE = re.compile(rf"\b(?:{'|'.join((*JOB_ERROR_CODES, POOR_JOB_ERROR))})\b")


def shown_status(exchange: Exchange) -> str | None:
    """The documented status that a successful answer to a good key shows."""
    return status_of(exchange) if exchange.succeeded and is_known_caller(exchange) else None


@exchange_rule(
    API,
    "getJob",
    [
        f"{_ID}error-is-empty-unless-failed",
        f"{_ID}failed-job-has-a-documented-code",
        f"{_ID}error-form",
    ],
)
def error_field(exchange: Exchange) -> Iterator[Outcome]:
    """`error` is there when the job failed, with a documented code in it, and only then."""
    status, error = shown_status(exchange), exchange.field("error")
    if status is None:
        return
    if status != FAILED:
        yield holds(
            f"{_ID}error-is-empty-unless-failed",
            is_empty(error),
            f"a job that is {status} has an error",
            expected="null or absent",
            actual=error,
        )
    elif is_empty(error) or isinstance(error, str | dict):
        form = _error_form(error)
        yield holds(
            f"{_ID}failed-job-has-a-documented-code",
            form is not None,
            "the error of a failed job carries no documented code",
            expected=" or ".join(JOB_ERROR_CODES),
            actual=error,
        )
        if form is not None:
            yield read(f"{_ID}error-form", form)


def _error_form(error: Any) -> str | None:
    if isinstance(error, dict):
        return "object" if any(_codes_in(value) for value in error.values()) else None
    codes = _codes_in(error)
    return None if not codes else "bare-code" if error in codes else "code-in-text"


def _codes_in(text: Any) -> list[str]:
    return _CODE.findall(text) if isinstance(text, str) else []


@exchange_rule(
    API,
    "getJob",
    [
        f"{_ID}completed-has-input-duration",
        f"{_ID}completed-has-cost",
        f"{_ID}completed-has-output-url",
        f"{_ID}completed-has-output-expires-at",
    ],
)
def completed_fields(exchange: Exchange) -> Iterator[Outcome]:
    """What a completed job must tell; a value of the wrong type is the schema's finding."""
    if shown_status(exchange) != COMPLETED:
        return
    duration = exchange.field("input_duration_sec")
    seconds = as_number(duration)
    if is_empty(duration) or (seconds is not None and seconds >= 0):
        yield _present(f"{_ID}completed-has-input-duration", bool(seconds), duration)
    for name, slug, kind in (
        ("cost_usd", "cost", int | float),
        ("output_url", "output-url", str),
        ("output_expires_at", "output-expires-at", str),
    ):
        value = exchange.field(name)
        if is_empty(value) and name.startswith("output") and _is_of_earlier_days(exchange):
            continue  # how long an output is kept is not documented
        if is_empty(value) or isinstance(value, kind):
            yield _present(f"{_ID}completed-has-{slug}", not is_empty(value), value)


def _is_of_earlier_days(exchange: Exchange) -> bool:
    created, clock = moment_of(exchange.field("created_at")), service_clock(exchange)
    if created is None or clock is None:
        return False
    return clock - created.seconds > 2 * DAY_SECONDS + zone_doubt_seconds(created)


def _present(requirement: str, is_told: bool, value: Any) -> Outcome:
    message = "a completed job lacks the value"
    return holds(requirement, is_told, message, expected="its value", actual=value)


@exchange_rule(
    API, "getJob", [f"{_ID}output-url-only-when-completed", f"{_ID}output-expires-at-only-with-url"]
)
def early_output(exchange: Exchange) -> Iterator[Outcome]:
    """Before completion there is nothing to download."""
    status, url = shown_status(exchange), exchange.field("output_url")
    if status in (None, COMPLETED):
        return
    if is_empty(url) or (isinstance(url, str) and url):
        # An empty text is no URL, which is told of its form.
        yield holds(
            f"{_ID}output-url-only-when-completed",
            is_empty(url),
            f"a job that is {status} has an `output_url`",
            expected="null or absent",
            actual=url,
        )
    if is_empty(url):
        expiry = exchange.field("output_expires_at")
        yield holds(
            f"{_ID}output-expires-at-only-with-url",
            is_empty(expiry),
            "`output_expires_at` is told where there is no `output_url`",
            expected="null or absent",
            actual=expiry,
        )


@exchange_rule(API, "getJob", [f"{_ID}duration-before-known", f"{_ID}cost-before-completion"])
def early_numbers(exchange: Exchange) -> Iterator[Outcome]:
    """What duration and cost hold before they are known."""
    status = shown_status(exchange)
    if status == PENDING:
        reading = _early_reading(exchange.field("input_duration_sec"), "known-at-once")
        if reading:
            yield read(f"{_ID}duration-before-known", reading)
    if status is not None and status not in TERMINAL_STATUSES:
        reading = _early_reading(exchange.field("cost_usd"), "price")
        if reading:
            yield read(f"{_ID}cost-before-completion", reading)


def _early_reading(value: Any, known: str) -> str | None:
    if is_empty(value):
        return "absent" if value is MISSING else "null"
    number = as_number(value)
    return None if number is None else known if number > 0 else "zero"


@exchange_rule(API, "getJob", [f"{_ID}subtitle-links-are-urls"])
def subtitle_links(exchange: Exchange) -> Iterator[Outcome]:
    """Fields that only clients of the vendor know."""
    for name in ("subtitles_original_url", "subtitles_translated_url"):
        value = exchange.field(name)
        if shown_status(exchange) and value is not MISSING:
            yield holds(
                f"{_ID}subtitle-links-are-urls",
                value is None or bool(re.match(r"(?i)https?://", str(value))),
                f"`{name}` is neither null nor a URL",
                expected="null or an HTTP(S) URL",
                actual=value,
            )
