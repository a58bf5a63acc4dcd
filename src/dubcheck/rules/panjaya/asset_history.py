"""What the trace of one asset shows, as its owner saw it. Judges nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dubcheck.exchange import Exchange, Trace
from dubcheck.rules.outcome import Outcome
from dubcheck.rules.ownership import known_traces, owners_view
from dubcheck.rules.panjaya.languages import locales_of
from dubcheck.rules.panjaya.requests import requested_locales, sent_locales
from dubcheck.rules.panjaya.sequences import is_before
from dubcheck.rules.panjaya.vocabulary import API, CREATORS, is_refused
from dubcheck.rules.registry import trace_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import settle

HistoryRule = Callable[["AssetHistory"], Iterable[Outcome]]


@dataclass(frozen=True)
class AssetHistory:
    """One asset: its creation, every answer of getAsset, those of them that show it, and every
    request for further languages, each in the order in which they were asked for.
    """

    id: str
    creation: Exchange | None = None
    asked: tuple[Exchange, ...] = ()
    sightings: tuple[Exchange, ...] = ()
    additions: tuple[Exchange, ...] = ()
    lists: tuple[Exchange, ...] = ()

    @cached_property
    def shown(self) -> tuple[Exchange, ...]:
        """Every answer that shows the whole asset: its creation, its additions, the sightings."""
        found = [*self.sightings, *self.accepted_additions]
        if self.creation is not None:
            found.append(self.creation)
        return tuple(sorted(found, key=lambda item: item.started_at))

    @cached_property
    def accepted_additions(self) -> tuple[Exchange, ...]:
        """The additions that were answered with a success."""
        return tuple(item for item in self.additions if item.succeeded)

    @cached_property
    def changes(self) -> tuple[Exchange, ...]:
        """The additions that may have changed the asset: all but the refused ones."""
        return tuple(item for item in self.additions if not is_refused(item))

    def with_status(self, *statuses: str) -> tuple[Exchange, ...]:
        """The sightings in these statuses."""
        return tuple(item for item in self.sightings if item.field("status") in statuses)

    def is_unchanged_between(self, earlier: Exchange, later: Exchange) -> bool:
        """Whether no language can have been added from one answer to the other."""
        return not any(
            earlier.started_at <= item.ended_at and item.started_at <= later.ended_at
            for item in self.changes
            if item not in (earlier, later)
        )

    def before(self, moment: Exchange) -> Exchange | None:
        """The last answer showing the asset that was over before another exchange began."""
        over = [item for item in self.shown if is_before(item, moment)]
        return over[-1] if over else None

    def refused_locales(self, moment: Exchange) -> set[str]:
        """The languages of refused additions that were sent before an answer came."""
        return {
            locale
            for item in self.additions
            if is_refused(item) and item.started_at <= moment.ended_at
            for locale in sent_locales(item)
        }

    def is_source(self, locale: str) -> bool:
        """Whether the asset is in that language itself: what a dub into it comes to is open."""
        return any(item.field("locale") == locale for item in self.shown)

    def added_locales(self, addition: Exchange) -> list[str] | None:
        """The languages that an addition asks for, or None where it is open what it leads to."""
        added = requested_locales(addition)
        return None if added is None or any(map(self.is_source, added)) else added

    def named_locales(self) -> list[str] | None:
        """The languages named at creation, as far as the request or its answer settles them."""
        if self.creation is None:
            return None
        return requested_locales(self.creation) or locales_of(self.creation)


@remembers_last
def history_of(trace: Trace) -> AssetHistory:
    """The owner's view. Empty where one id was given to two assets, which is told on its own."""
    creation, own = owners_view(trace, *CREATORS)
    asked = tuple(item for item in own if item.operation == "getAsset")
    return AssetHistory(
        trace.id,
        creation=creation,
        asked=asked,
        sightings=tuple(item for item in asked if _shows(item, trace.id)),
        additions=tuple(item for item in own if item.operation == "addLanguages"),
        lists=tuple(item for item in own if item.operation == "listAssets"),
    )


@remembers_last
def histories_of(exchanges: tuple[Exchange, ...]) -> list[AssetHistory]:
    """Every asset of a run."""
    return [history_of(trace) for trace in known_traces(exchanges) if trace.kind == "asset"]


def _shows(exchange: Exchange, identifier: str) -> bool:
    # An answer about another asset is told as such and says nothing of this one.
    shown = exchange.field("asset_id")
    is_object = isinstance(exchange.answer, dict)
    return exchange.succeeded and is_object and (shown == identifier or not isinstance(shown, str))


def asset_rule(*requirements: str) -> Callable[[HistoryRule], HistoryRule]:
    """Registers a rule over the history of every asset."""

    def register(rule: HistoryRule) -> HistoryRule:
        @trace_rule(API, "asset", requirements)
        def judge_trace(trace: Trace) -> Iterator[Outcome]:
            return settle(rule(history_of(trace)))

        return rule

    return register
