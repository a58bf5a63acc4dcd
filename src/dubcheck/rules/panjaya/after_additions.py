"""What getting an asset shows after languages were added to it.

Where getting assets is broken in the same way without any addition, that is told there and once.
Source: vendor-docs/panjaya.txt, Add Languages; Get Asset, associated dubbings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Kind, Outcome, holds, unjudged
from dubcheck.rules.panjaya.asset_history import AssetHistory, histories_of
from dubcheck.rules.panjaya.dubbing_ids import constancy
from dubcheck.rules.panjaya.get_asset import kept_languages
from dubcheck.rules.panjaya.languages import dubbing_ids, locales_of
from dubcheck.rules.panjaya.requests import sent_locales
from dubcheck.rules.panjaya.sequences import first_after
from dubcheck.rules.panjaya.vocabulary import API, READY
from dubcheck.rules.registry import run_rule
from dubcheck.rules.settling import resting_on, settle

_ID = "panjaya.add-languages."
_HistoryRule = Callable[[AssetHistory], Iterable[Outcome]]


@run_rule(API, [f"{_ID}added-language-stays-in-asset"])
def languages(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """The earlier and the added languages are there."""
    histories = histories_of(exchanges)
    if _breaks(kept_languages, histories):
        reason = "assets lose languages where none was added, too"
        yield unjudged(f"{_ID}added-language-stays-in-asset", reason)
    else:
        yield from settle(item for history in histories for item in _kept_languages(history))


@run_rule(API, [f"{_ID}earlier-dubbing-ids-are-kept"])
def ids(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """The dubbing ids of the earlier languages are the same."""
    histories = histories_of(exchanges)
    if _breaks(constancy, histories):
        reason = "dubbing ids change where no language was added, too"
        yield unjudged(f"{_ID}earlier-dubbing-ids-are-kept", reason)
    else:
        yield from settle(item for history in histories for item in _kept_dubbing_ids(history))


def _breaks(rule: _HistoryRule, histories: list[AssetHistory]) -> bool:
    return any(item.kind is Kind.FAIL for history in histories for item in rule(history))


def _kept_languages(history: AssetHistory) -> Iterator[Outcome]:
    """Getting the asset shows what the addition answered with: the earlier and the added ones."""
    for addition in history.accepted_additions:
        known, added = history.before(addition), history.added_locales(addition)
        earlier = (locales_of(known) if known else None) or []
        answered = locales_of(addition)
        if answered is None or added is None:
            continue
        # What the answer lacks already is told of the answer.
        expected = [item for item in answered if item in (*earlier, *added)]
        for exchange in history.sightings:
            shown = locales_of(exchange)
            if shown is not None and addition.ended_at <= exchange.started_at:
                outcome = holds(
                    f"{_ID}added-language-stays-in-asset",
                    set(expected) <= set(shown),
                    "the asset lacks a language that adding languages answered with",
                    expected=expected,
                    actual=shown,
                )
                yield resting_on(outcome, addition, exchange)


def _kept_dubbing_ids(history: AssetHistory) -> Iterator[Outcome]:
    """An addition leaves the dubbing ids of the earlier languages as they were."""
    for addition in history.accepted_additions:
        known = [item for item in history.sightings if item.ended_at <= addition.started_at]
        after = first_after(addition, history.sightings)
        if not known:
            continue
        # What comes of a language that is asked for again is open.
        before = {
            locale: name
            for locale, name in _own_ids(known[-1]).items()
            if locale not in sent_locales(addition)
        }
        for exchange in (addition, after):
            if exchange is None or not before:
                continue
            ids, shown = dubbing_ids(exchange), locales_of(exchange) or []
            shared = ids.keys() - _own_ids(exchange).keys()
            # The answer to the addition may leave out what is not its business, and a Ready asset
            # without an id is told as that.
            must_hold = exchange is after and exchange.field("status") != READY
            changed = {
                locale: ids.get(locale)
                for locale in (before.keys() & shown) - shared
                if ids.get(locale) != before[locale] and (locale in ids or must_hold)
            }
            outcome = holds(
                f"{_ID}earlier-dubbing-ids-are-kept",
                not changed,
                "an earlier language has another dubbing id since languages were added",
                expected=before,
                actual=changed,
            )
            yield resting_on(outcome, known[-1], addition, exchange)


def _own_ids(exchange: Exchange) -> dict[str, str]:
    """The dubbing ids of one language each; that two share one is told already."""
    found = dubbing_ids(exchange)
    every = list(found.values())
    return {locale: name for locale, name in found.items() if every.count(name) == 1}
