"""What the trace of one version shows, as its owner saw it. Judges nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dubcheck.exchange import Exchange, Trace
from dubcheck.rules.outcome import Outcome
from dubcheck.rules.panjaya.sequences import is_before
from dubcheck.rules.panjaya.vocabulary import (
    API,
    COMPLETED,
    GENERATING,
    NOT_READY,
    READY_TO_EDIT,
    VERSION_STATUSES,
    is_refused,
)
from dubcheck.rules.registry import trace_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import settle

HistoryRule = Callable[["VersionHistory"], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """One version: every answer of getVersion, those of them that show it, every revision."""

    id: str
    asked: tuple[Exchange, ...] = ()
    sightings: tuple[Exchange, ...] = ()
    revisions: tuple[Exchange, ...] = ()

    def with_status(self, *statuses: str) -> tuple[Exchange, ...]:
        """The sightings in these statuses."""
        return tuple(item for item in self.sightings if item.field("status") in statuses)

    def before(self, moment: Exchange) -> Exchange | None:
        """The last sighting that was over before another exchange began."""
        over = [item for item in self.sightings if is_before(item, moment)]
        return over[-1] if over else None

    def may_be_revised_by(self, moment: Exchange) -> bool:
        """Whether any revision that was not refused may have touched what an answer shows."""
        return any(
            item.started_at <= moment.ended_at and not is_refused(item) for item in self.revisions
        )

    def unprepared_after(self, early: Exchange) -> Exchange | None:
        """What shows that a version which seems to be generated was not even editable yet."""
        editable = self.with_status(READY_TO_EDIT)
        was_editable = any(item.started_at <= early.started_at for item in editable)
        if status_of(early) not in (GENERATING, COMPLETED) or was_editable:
            return None
        later = (
            item
            for item in self.with_status(NOT_READY, READY_TO_EDIT)
            if item.started_at >= early.ended_at and not self.may_be_revised_by(item)
        )
        return next(later, None)


@remembers_last
def history_of(trace: Trace) -> VersionHistory:
    """The owner's view."""
    owner = next((item for item in trace.exchanges if item.succeeded), None)
    if owner is None:
        return VersionHistory(trace.id)
    credential = owner.request.credential
    own = [item for item in trace.exchanges if item.request.credential is credential]
    asked = tuple(item for item in own if item.operation == "getVersion")
    shown = (item for item in asked if item.succeeded and isinstance(item.answer, dict))
    return VersionHistory(
        trace.id,
        asked=asked,
        sightings=tuple(shown),
        revisions=tuple(item for item in own if item.operation == "reviseVersion"),
    )


def status_of(exchange: Exchange) -> str | None:
    """One of the five statuses, or None."""
    status = exchange.field("status")
    return status if status in VERSION_STATUSES else None


def version_rule(*requirements: str) -> Callable[[HistoryRule], HistoryRule]:
    """Registers a rule over the history of every version."""

    def register(rule: HistoryRule) -> HistoryRule:
        @trace_rule(API, "version", requirements)
        def judge_trace(trace: Trace) -> Iterator[Outcome]:
            return settle(rule(history_of(trace)))

        return rule

    return register
