"""What a version shows in each of its statuses.

Source: docs.panjaya.ai/apis/versions, get version.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.panjaya.version_history import VersionHistory, status_of, version_rule
from dubcheck.rules.panjaya.vocabulary import (
    API,
    COMPLETED,
    NOT_READY,
    READY_TO_EDIT,
    emptiness,
    is_answered_well,
    is_empty,
    is_refused,
    is_url,
)
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "panjaya.get-version."
_OUTAGE = 3  # answers in a row


@version_rule(f"{_ID}found-status-is-200")
def found_status(history: VersionHistory) -> Iterator[Outcome]:
    """A version that was shown once is shown again, with 200."""
    was_shown = False
    for exchange in history.asked:
        # Before it was ever shown, a refusal is that of a version not found.
        if exchange.succeeded or (was_shown and is_refused(exchange)):
            status = exchange.response.status if exchange.response else None
            message = "a version of the account is answered with another status"
            outcome = holds(
                f"{_ID}found-status-is-200", status == 200, message, expected=200, actual=status
            )
            yield resting_on(outcome, exchange)
        was_shown = was_shown or exchange.succeeded
    last = [item.response.status for item in history.asked[-_OUTAGE:] if item.response]
    if was_shown and last == [500] * _OUTAGE:
        message = "a version that was shown before is answered with 500, again and again"
        outcome = failed(f"{_ID}found-status-is-200", message, expected=200, actual=500)
        yield resting_on(outcome, *history.asked[-_OUTAGE:])


@exchange_rule(API, "getVersion", [f"{_ID}answer-has-progress"])
def progress(exchange: Exchange) -> Iterator[Outcome]:
    """There is progress information."""
    if is_answered_well(exchange) and isinstance(exchange.answer, dict):
        yield holds(
            f"{_ID}answer-has-progress",
            exchange.field("progress") is not MISSING,
            "the version shows no `progress`",
            expected="progress",
            actual=sorted(exchange.answer),
        )


@exchange_rule(
    API,
    "getVersion",
    [f"{_ID}editable-version-has-studio-url", f"{_ID}studio-url-before-editing"],
)
def studio_url(exchange: Exchange) -> Iterator[Outcome]:
    """An editable version is reached in the studio; a URL of the wrong form is the schema's."""
    status, url = status_of(exchange), exchange.field("studio_url")
    if not is_answered_well(exchange) or not (is_empty(url) or isinstance(url, str)):
        return
    if status == READY_TO_EDIT:
        yield holds(
            f"{_ID}editable-version-has-studio-url",
            not is_empty(url),
            "a version that is ReadyToEdit has no `studio_url`",
            expected="a URL",
            actual=url,
        )
    elif status == NOT_READY:
        yield read(f"{_ID}studio-url-before-editing", emptiness(url) if is_empty(url) else "url")


@version_rule(f"{_ID}completed-version-has-result-url")
def result_url(history: VersionHistory) -> Iterator[Outcome]:
    """The video of a completed version can be downloaded; one that is none yet is told as that."""
    for exchange in history.with_status(COMPLETED):
        url = exchange.field("result_url")
        is_untrue = is_empty(url) and history.unprepared_after(exchange) is not None
        if is_untrue or not (is_empty(url) or isinstance(url, str)):
            continue
        outcome = holds(
            f"{_ID}completed-version-has-result-url",
            not is_empty(url),
            "a version that is Completed has no `result_url`",
            expected="a URL",
            actual=url,
        )
        yield resting_on(outcome, exchange)


@version_rule("panjaya.lifecycle.initial-version-becomes-ready-to-edit")
def becomes_editable(history: VersionHistory) -> Iterator[Outcome]:
    """A version was seen ReadyToEdit without a revision; that none is, probes tell."""
    for exchange in history.with_status(READY_TO_EDIT):
        if not history.may_be_revised_by(exchange):
            requirement = "panjaya.lifecycle.initial-version-becomes-ready-to-edit"
            yield resting_on(passed(requirement), exchange)


def has_result(exchange: Exchange) -> bool:
    """Whether an answer shows a link to the final video."""
    return is_url(exchange.field("result_url"))
