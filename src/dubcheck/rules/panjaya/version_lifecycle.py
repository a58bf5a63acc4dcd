"""The order of a version's statuses over its whole trace.

Source: docs.panjaya.ai/apis/versions, version status.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.panjaya.sequences import in_sequence
from dubcheck.rules.panjaya.version_history import VersionHistory, status_of, version_rule
from dubcheck.rules.panjaya.vocabulary import (
    COMPLETED,
    FAILED,
    GENERATING,
    NOT_READY,
    READY_TO_EDIT,
    is_refused,
)
from dubcheck.rules.settling import resting_on

_ID = "panjaya.lifecycle."
# What may be seen next when steps between are skipped, as nobody looked.
_SUCCESSORS = {
    NOT_READY: (NOT_READY, READY_TO_EDIT, GENERATING, COMPLETED, FAILED),
    READY_TO_EDIT: (READY_TO_EDIT, GENERATING, COMPLETED, FAILED),
    GENERATING: (GENERATING, COMPLETED, FAILED),
    COMPLETED: (COMPLETED,),
    FAILED: (FAILED,),
}


@version_rule(f"{_ID}version-statuses-keep-order")
def order(history: VersionHistory) -> Iterator[Outcome]:
    """Statuses go forward; only a revision opens a version again."""
    known = [item for item in history.sightings if status_of(item)]
    for earlier, later in in_sequence(known):
        before, after = str(status_of(earlier)), str(status_of(later))
        if not _is_revised_between(history, earlier, later):
            outcome = holds(
                f"{_ID}version-statuses-keep-order",
                after in _SUCCESSORS[before],
                f"a version that was {before} is {after}, though it was not revised",
                expected=" or ".join(_SUCCESSORS[before]),
                actual=after,
            )
            yield resting_on(outcome, earlier, later)


@version_rule(f"{_ID}unprepared-version-shows-not-ready")
def preparation(history: VersionHistory) -> Iterator[Outcome]:
    """Before a version can be edited it is NotReady, and nothing that comes later."""
    for earlier in history.sightings:
        status = status_of(earlier)
        if history.may_be_revised_by(earlier):
            return
        if status == NOT_READY:
            yield resting_on(passed(f"{_ID}unprepared-version-shows-not-ready"), earlier)
        later = history.unprepared_after(earlier)
        if later is not None:
            message = f"a version is {status} before it is {status_of(later)} for the first time"
            outcome = failed(
                f"{_ID}unprepared-version-shows-not-ready",
                message,
                expected=NOT_READY,
                actual=status,
            )
            yield resting_on(outcome, later, earlier)


def _is_revised_between(history: VersionHistory, earlier: Exchange, later: Exchange) -> bool:
    return any(
        earlier.started_at <= item.ended_at and item.started_at <= later.ended_at
        for item in history.revisions
        if not is_refused(item)
    )


@version_rule(f"{_ID}generation-is-shown", f"{_ID}generated-version-is-completed")
def generation(history: VersionHistory) -> Iterator[Outcome]:
    """The final video was seen being made, and made; what notices add to it is told with them."""
    for exchange in history.with_status(GENERATING):
        yield resting_on(passed(f"{_ID}generation-is-shown"), exchange)
    for exchange in history.with_status(COMPLETED):
        yield resting_on(passed(f"{_ID}generated-version-is-completed"), exchange)
