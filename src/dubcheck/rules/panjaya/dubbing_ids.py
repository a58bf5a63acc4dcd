"""The dubbing id of each language, under whatever key.

Source: vendor-docs/panjaya.txt, Introduction: every language is assigned a unique dubbing id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.panjaya.asset_history import AssetHistory, asset_rule
from dubcheck.rules.panjaya.languages import (
    dubbing_id_of,
    dubbing_ids,
    entries_of,
    may_hold_dubbing_id,
)
from dubcheck.rules.panjaya.sequences import is_before
from dubcheck.rules.panjaya.vocabulary import API, READY, is_answered_well, is_empty
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on, settle

_ID = "panjaya.lifecycle."


@asset_rule(f"{_ID}ready-language-has-dubbing-id")
def presence(history: AssetHistory) -> Iterator[Outcome]:
    """Each language named at creation has an id once the asset is Ready."""
    named = history.named_locales()
    for exchange in history.with_status(READY):
        for entry in entries_of(exchange) or ():
            is_named = named is None or entry["locale"] in named
            if is_named and not history.is_source(entry["locale"]):
                yield from has_dubbing_id(f"{_ID}ready-language-has-dubbing-id", exchange, entry)


def has_dubbing_id(
    requirement: str, exchange: Exchange, entry: dict[str, Any]
) -> Iterator[Outcome]:
    """Whether a language has an id; of the wrong type it is the schema's finding."""
    if may_hold_dubbing_id(entry):
        yield resting_on(passed(requirement), exchange)
    elif is_empty(entry.get("dubbing_id", MISSING)) or isinstance(entry["dubbing_id"], str):
        message = f"the language {entry['locale']} of a Ready asset has no dubbing id"
        outcome = failed(requirement, message, expected="a dubbing id", actual=entry)
        yield resting_on(outcome, exchange)


@exchange_rule(
    API, "getAsset", [f"{_ID}dubbing-id-key-name", f"{_ID}dubbing-ids-differ-within-asset"]
)
def within_asset(exchange: Exchange) -> Iterator[Outcome]:
    """How the key is named, and that no two languages share an id."""
    if not is_answered_well(exchange):
        return
    for entry in entries_of(exchange) or ():
        found = dubbing_id_of(entry)
        if found is not None:
            yield holds(
                f"{_ID}dubbing-id-key-name",
                found[0] == "dubbing_id",
                "the dubbing id stands under another key",
                expected="dubbing_id",
                actual=found[0],
            )
    ids = dubbing_ids(exchange)
    if len(ids) > 1:
        yield holds(
            f"{_ID}dubbing-ids-differ-within-asset",
            len(set(ids.values())) == len(ids),
            "two languages of an asset have the same dubbing id",
            expected="an id of its own for each language",
            actual=ids,
        )


@asset_rule(f"{_ID}dubbing-id-never-changes")
def constancy(history: AssetHistory) -> Iterator[Outcome]:
    """A language keeps its id; what an addition does to it is a promise of its own."""
    known: dict[str, tuple[str, Exchange]] = {}
    for exchange in history.sightings:
        ids, shown = dubbing_ids(exchange), {item["locale"] for item in entries_of(exchange) or ()}
        # A Ready asset without an id is told as that.
        shown = shown & ids.keys() if exchange.field("status") == READY else shown
        for locale, (earlier_id, earlier) in known.items():
            follows = is_before(earlier, exchange)
            if follows and locale in shown and history.is_unchanged_between(earlier, exchange):
                outcome = holds(
                    f"{_ID}dubbing-id-never-changes",
                    ids.get(locale) == earlier_id,
                    f"the language {locale} has another dubbing id than before",
                    expected=earlier_id,
                    actual=ids.get(locale, "none"),
                )
                yield resting_on(outcome, earlier, exchange)
        known.update({locale: (name, exchange) for locale, name in ids.items()})


@run_rule(API, [f"{_ID}dubbing-ids-differ-across-assets"])
def across_assets(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """No two assets share an id."""
    return settle(_shared_ids(exchanges))


def _shared_ids(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    owners: dict[str, tuple[str, Exchange]] = {}
    assets: set[str] = set()
    for exchange in exchanges:
        asset_id = exchange.path_parameters.get("asset_id", "")
        if exchange.operation != "getAsset" or not is_answered_well(exchange):
            continue
        for name in dubbing_ids(exchange).values():
            owner, first = owners.setdefault(name, (asset_id, exchange))
            outcome = holds(
                f"{_ID}dubbing-ids-differ-across-assets",
                owner == asset_id,
                "two assets share a dubbing id",
                expected="an id of its own",
                actual=name,
            )
            assets.add(owner)
            if len(assets) > 1:
                yield resting_on(outcome, first, exchange)
