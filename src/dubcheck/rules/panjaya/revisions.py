"""What a revision answers and what it does to its version.

Source: docs.panjaya.ai/apis/versions/versions-revise_version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.panjaya.get_version import has_result
from dubcheck.rules.panjaya.sequences import first_after, is_before
from dubcheck.rules.panjaya.version_history import VersionHistory, status_of, version_rule
from dubcheck.rules.panjaya.vocabulary import (
    API,
    COMPLETED,
    GENERATING,
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

_ID = "panjaya.revise-version."
_LOCKED = {
    GENERATING: f"{_ID}generating-version-is-refused",
    NOT_READY: f"{_ID}unprepared-version-is-refused",
}


@exchange_rule(API, "reviseVersion", [f"{_ID}success-status-is-200"])
def success_status(exchange: Exchange) -> Iterator[Outcome]:
    """A revision is answered with 200 and no other success."""
    if exchange.response is not None and is_answered_well(exchange):
        status = exchange.response.status
        message = "a revised version is answered with another success status"
        yield holds(
            f"{_ID}success-status-is-200", status == 200, message, expected=200, actual=status
        )


@exchange_rule(
    API,
    "reviseVersion",
    [
        f"{_ID}requested-studio-url-is-given",
        f"{_ID}studio-url-is-string",
        f"{_ID}studio-url-without-request",
    ],
)
def studio_url(exchange: Exchange) -> Iterator[Outcome]:
    """Who asks for an address in the studio is given one."""
    if not is_answered_well(exchange) or not isinstance(exchange.answer, dict):
        return
    asked, given = exchange.sent("studio_url_request"), exchange.field("studio_url")
    if asked is MISSING and isinstance(exchange.document, dict):
        if is_empty(given) or is_url(given):
            reading = emptiness(given) if is_empty(given) else "url"
            yield read(f"{_ID}studio-url-without-request", reading)
    elif isinstance(asked, dict | str) or asked is True:
        is_given = _holds_text(given)
        message = "the address in the studio that was asked for is not given"
        yield holds(
            f"{_ID}requested-studio-url-is-given",
            is_given,
            message,
            expected="an address",
            actual=given,
        )
        if is_given:
            message = "the address in the studio is no URL"
            yield holds(
                f"{_ID}studio-url-is-string", is_url(given), message, expected="URL", actual=given
            )


def _holds_text(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(
            _holds_text(item) for item in (value.values() if isinstance(value, dict) else value)
        )
    return isinstance(value, str) and bool(value.strip())


@version_rule(*_LOCKED.values(), f"{_ID}wrong-status-answer-is-400")
def locked_versions(history: VersionHistory) -> Iterator[Outcome]:
    """A version that is being made cannot be revised.

    A status may change between two requests: an accepted revision is held against the service only
    where the version was locked before and after it. Closer looks are a matter of probes.
    """
    for revision in history.revisions:
        known, after = history.before(revision), first_after(revision, history.sightings)
        before = status_of(known) if known else None
        if known is None or before not in _LOCKED:
            continue
        requirement = _LOCKED[before]
        if is_refused(revision) and revision.response is not None:
            # A body that is no object is a reason of its own for a refusal, of whatever status.
            if not _has_sound_body(revision):
                continue
            yield resting_on(passed(requirement), known, revision)
            status = revision.response.status
            message = f"the revision of a version that is {before} is refused with another status"
            outcome = holds(
                f"{_ID}wrong-status-answer-is-400",
                status == 400,
                message,
                expected=400,
                actual=status,
            )
            yield resting_on(outcome, known, revision)
        elif revision.succeeded and after is not None and status_of(after) == before:
            message = f"a version that is {before} can be revised"
            outcome = failed(requirement, message, expected="a 4xx status", actual="a success")
            yield resting_on(outcome, known, revision, after)


def _has_sound_body(revision: Exchange) -> bool:
    return not revision.request.body.size_bytes or isinstance(revision.document, dict)


@version_rule(f"{_ID}status-becomes-ready-to-edit", f"{_ID}result-url-is-deleted")
def effect(history: VersionHistory) -> Iterator[Outcome]:
    """A revised version can be edited, and its video is gone."""
    for revision in history.revisions:
        after = first_after(revision, history.sightings)
        known = history.before(revision)
        if not is_answered_well(revision) or known is None or after is None:
            continue
        is_plain = status_of(known) not in (None, *_LOCKED) and status_of(after) is not None
        if not is_plain or _is_revised_again(history, revision, after):
            continue
        seen = (known, revision, after)
        status = status_of(after)
        # Somebody may have had a new video made since.
        if status == GENERATING or (status == COMPLETED and status_of(known) != COMPLETED):
            continue
        outcome = holds(
            f"{_ID}status-becomes-ready-to-edit",
            status == READY_TO_EDIT,
            "a revised version is not ReadyToEdit",
            expected=READY_TO_EDIT,
            actual=status,
        )
        yield resting_on(outcome, *seen)
        # A revision without any effect is told once, by its status.
        if status == READY_TO_EDIT and has_result(known) and not _shows_early_results(history):
            outcome = holds(
                f"{_ID}result-url-is-deleted",
                not has_result(after),
                "the link to the video outlives the revision",
                expected="null or absent",
                actual=after.field("result_url"),
            )
            yield resting_on(outcome, *seen)


def _shows_early_results(history: VersionHistory) -> bool:
    """Whether the version shows a result while it can be edited, revised or not."""
    return any(
        has_result(item) and not history.may_be_revised_by(item)
        for item in history.with_status(READY_TO_EDIT)
    )


def _is_revised_again(history: VersionHistory, revision: Exchange, after: Exchange) -> bool:
    return any(
        item is not revision and item.ended_at > revision.started_at and not is_before(after, item)
        for item in history.revisions
    )
