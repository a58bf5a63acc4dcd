"""What the trace of one job shows, as its owner saw it. Judges nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dubcheck.exchange import MISSING, Exchange, Trace
from dubcheck.rules.outcome import Outcome
from dubcheck.rules.ownership import owners_view
from dubcheck.rules.pinch.vocabulary import API, FAILED, LANGUAGES, STATUS_ORDER, STATUSES
from dubcheck.rules.registry import trace_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import settle

HistoryRule = Callable[["JobHistory"], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A job as one page of the list shows it."""

    exchange: Exchange
    summary: dict[str, Any]


@dataclass(frozen=True)
class JobHistory:
    """One job: its creation, every answer of getJob, those of them that show it, every answer of
    getJobResult and the lists that hold it, each in the order in which they were asked for.
    """

    id: str
    creation: Exchange | None = None
    asked: tuple[Exchange, ...] = ()
    sightings: tuple[Exchange, ...] = ()
    results: tuple[Exchange, ...] = ()
    lists: tuple[Exchange, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The job as each list shows it."""
        return tuple(
            Entry(exchange, summary)
            for exchange in self.lists
            for summary in exchange.field("jobs")
            if isinstance(summary, dict) and summary.get("job_id") == self.id
        )

    def with_status(self, *statuses: str) -> tuple[Exchange, ...]:
        """The sightings in these statuses."""
        return tuple(item for item in self.sightings if item.field("status") in statuses)

    @property
    def target_language(self) -> str | None:
        """The documented target language that the creation asked for."""
        sent = MISSING if self.creation is None else self.creation.sent("target_lang")
        return sent if sent in LANGUAGES else None

    @property
    def source_language(self) -> Any:
        """`source_lang` as sent, MISSING where none was, None where the creation is unknown."""
        return None if self.creation is None else self.creation.sent("source_lang")


@remembers_last
def history_of(trace: Trace) -> JobHistory:
    """The owner's view. Empty where one id was given to two jobs, which is reported on its own."""
    creation, own = owners_view(trace, "createJob")
    asked = tuple(item for item in own if item.operation == "getJob")
    return JobHistory(
        trace.id,
        creation=creation,
        asked=asked,
        sightings=tuple(item for item in asked if _shows(item, trace.id)),
        results=tuple(item for item in own if item.operation == "getJobResult"),
        lists=tuple(item for item in own if item.operation == "listJobs"),
    )


def _shows(exchange: Exchange, identifier: str) -> bool:
    # An answer about another job is reported as such and tells nothing of this one.
    shown = exchange.field("job_id")
    return exchange.succeeded and (shown == identifier or not isinstance(shown, str))


def is_before(earlier: Exchange, later: Exchange) -> bool:
    """Whether one exchange was over when the other began; of two at once no order is known."""
    return earlier.ended_at <= later.started_at


def in_sequence(exchanges: Iterable[Exchange]) -> Iterator[tuple[Exchange, Exchange]]:
    """Each exchange with the last one that was over before it began."""
    seen: list[Exchange] = []
    for later in exchanges:
        earlier = next((item for item in reversed(seen) if is_before(item, later)), None)
        if earlier is not None:
            yield earlier, later
        seen.append(later)


def status_of(exchange: Exchange) -> str | None:
    """One of the six statuses, or None."""
    status = exchange.field("status")
    return status if status in STATUSES else None


def is_forward(before: str, after: str) -> bool:
    """Whether a job that has not ended may go from the one status to the other."""
    return after == FAILED or STATUS_ORDER.index(after) >= STATUS_ORDER.index(before)


def job_rule(*requirements: str) -> Callable[[HistoryRule], HistoryRule]:
    """Registers a rule over the history of every job."""

    def register(rule: HistoryRule) -> HistoryRule:
        @trace_rule(API, "job", requirements)
        def judge_trace(trace: Trace) -> Iterator[Outcome]:
            return settle(rule(history_of(trace)))

        return rule

    return register
