"""The form of answers in general: JSON, its label, and how values are written.

Source: vendor-docs/panjaya.txt, the example answers of each operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dubcheck.exchange import Exchange, value_at
from dubcheck.rules.front_server import may_be_turned_away
from dubcheck.rules.json_bodies import json_label, no_json
from dubcheck.rules.moments import has_fraction, moment_of
from dubcheck.rules.outcome import Outcome, read
from dubcheck.rules.panjaya.vocabulary import (
    API,
    OPERATIONS,
    TOPICS,
    emptiness,
    is_answered_well,
    is_empty,
)
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import resting_on

_JSON_PROMISES = {
    operation: f"panjaya.{topic}.answer-is-json-object"
    for operation, topic in TOPICS.items()
    if operation != "listAssets"
}
_ERROR_PROMISES = {
    operation: f"panjaya.{topic}.error-has-detail" for operation, topic in TOPICS.items()
}
_SHOWING_ASSETS = ("createAsset", "uploadAsset", "getAsset", "addLanguages")
# Their success code is open, but what they made is told nowhere else.
_ANSWERED_ONCE = ("createAsset", "uploadAsset", "addLanguages")
_EXPLAINED = (400, 401, 403, 404, 500)
_24_HEX = re.compile(r"[0-9a-f]{24}")


@exchange_rule(API, OPERATIONS, [*_JSON_PROMISES.values(), *_ERROR_PROMISES.values()])
def json_bodies(exchange: Exchange) -> Iterator[Outcome]:
    """Bodies are JSON; whether they are objects, and hold `detail`, the schema says."""
    response, operation = exchange.response, exchange.operation or ""
    if response is None or response.body.content is None:
        return
    if response.status == 204 and operation not in _ANSWERED_ONCE:
        return  # another success code than 200 is a broken promise of its own
    requirement = None
    if response.is_success:
        requirement = _JSON_PROMISES.get(operation)
    elif response.status in _EXPLAINED and not may_be_turned_away(exchange):
        requirement = _ERROR_PROMISES.get(operation)
    finding = requirement and no_json(requirement, response.body.content)
    if finding:
        yield finding


@exchange_rule(API, OPERATIONS, ["panjaya.errors.content-type-is-json"])
def content_type(exchange: Exchange) -> Iterator[Outcome]:
    """Answers with a JSON body are labelled as such."""
    outcome = json_label("panjaya.errors.content-type-is-json", exchange)
    if outcome is not None:
        yield outcome


@dataclass(slots=True)
class _Notations:
    """How values are written in the answers of a run, each with the first that shows it."""

    zones: dict[str, Exchange] = field(default_factory=dict)
    fractions: dict[str, Exchange] = field(default_factory=dict)
    ids: dict[str, Exchange] = field(default_factory=dict)
    empties: dict[str, Exchange] = field(default_factory=dict)

    def see(self, exchange: Exchange) -> None:
        """Takes one answer in."""
        text, asset_id = exchange.field("created_at"), exchange.field("asset_id")
        moment = moment_of(text)
        if moment is not None:
            self.zones.setdefault(moment.zone.value, exchange)
            self.fractions.setdefault("yes" if has_fraction(text) else "no", exchange)
        if isinstance(asset_id, str):
            self.ids.setdefault("24-hex" if _24_HEX.fullmatch(asset_id) else "other", exchange)
        for value in _values_that_may_lack(exchange):
            if is_empty(value):
                self.empties.setdefault(emptiness(value), exchange)


@remembers_last
def _notations(exchanges: tuple[Exchange, ...]) -> _Notations:
    found = _Notations()
    for exchange in exchanges:
        if (
            exchange.operation in _SHOWING_ASSETS
            and is_answered_well(exchange)
            and isinstance(exchange.answer, dict)
        ):
            found.see(exchange)
    return found


@run_rule(API, ["panjaya.answers.time-zone-form", "panjaya.answers.fraction-form"])
def timestamp_notation(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """How `created_at` tells its zone, and whether it has fractions."""
    found = _notations(exchanges)
    fractions = dict(found.fractions)
    # Languages that drop a fraction of zero write some timestamps without one.
    if len(fractions) > 1:
        fractions.pop("no")
    yield from _readings("panjaya.answers.time-zone-form", found.zones)
    yield from _readings("panjaya.answers.fraction-form", fractions)


@run_rule(API, ["panjaya.answers.id-form"])
def id_notation(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """What the ids of assets look like."""
    yield from _readings("panjaya.answers.id-form", _notations(exchanges).ids)


@run_rule(API, ["panjaya.answers.null-or-absent"])
def empty_fields(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Whether a duration or a dubbing id that is not there yet is null or left out."""
    seen = _notations(exchanges).empties
    if seen:
        reading = "mixed" if len(seen) > 1 else next(iter(seen))
        yield resting_on(read("panjaya.answers.null-or-absent", reading), *seen.values())


def _values_that_may_lack(exchange: Exchange) -> Iterator[Any]:
    yield exchange.field("duration")
    languages = exchange.field("languages")
    for entry in languages if isinstance(languages, list) else ():
        if isinstance(entry, dict):
            yield value_at(entry, "dubbing_id")


def _readings(question: str, seen: dict[str, Exchange]) -> Iterator[Outcome]:
    for reading, exchange in seen.items():
        yield resting_on(read(question, reading), exchange)
