"""How an asset fares after languages were added: it becomes Ready again, with their dubbings.

Source: vendor-docs/panjaya.txt, Introduction; Add Languages; Get Asset, example answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed, passed, unjudged
from dubcheck.rules.panjaya.asset_history import AssetHistory, asset_rule
from dubcheck.rules.panjaya.dubbing_ids import has_dubbing_id
from dubcheck.rules.panjaya.languages import entries_of, may_hold_dubbing_id
from dubcheck.rules.panjaya.vocabulary import ACCOUNT_LIMIT_CODES, FAILED, READY
from dubcheck.rules.settling import resting_on

_ID = "panjaya.add-languages."
# Nothing is promised about speed. What took this many times the first dubbing, and this long, and
# is still going on will not end.
_PATIENCE_FACTOR = 10.0
_PATIENCE_SECONDS = 60.0


@asset_rule(f"{_ID}asset-becomes-ready-again", f"{_ID}added-language-is-dubbed")
def ready_again(history: AssetHistory) -> Iterator[Outcome]:
    """An asset that was Ready is Ready again in the end, its new languages dubbed."""
    for number, addition in enumerate(history.accepted_additions):
        before = [item for item in history.sightings if item.ended_at <= addition.started_at]
        later = history.accepted_additions[number + 1 :]
        until = later[0].started_at if later else float("inf")
        after = [item for item in history.sightings if addition.ended_at <= item.started_at < until]
        added = history.added_locales(addition)
        if not before or before[-1].field("status") != READY or not after or added is None:
            continue
        yield from _ending(history, before[-1], addition, after)
        yield from _dubbings(addition, after, added)


def _ending(
    history: AssetHistory, before: Exchange, addition: Exchange, after: list[Exchange]
) -> Iterator[Outcome]:
    requirement = f"{_ID}asset-becomes-ready-again"
    last = after[-1]
    status = last.field("status")
    if any(item.field("status") == READY for item in after):
        outcome = passed(requirement)
    elif status == FAILED and not _is_limit(last):
        message = "an asset that was Ready failed after a language was added"
        outcome = failed(requirement, message, expected=READY, actual=last.field("error"))
    elif _is_overdue(history, addition, last):
        message = "an asset that was Ready is not Ready again long after a language was added"
        outcome = failed(requirement, message, expected=READY, actual=status)
    else:
        outcome = unjudged(requirement, f"the asset was still {status} when it was last seen")
    yield resting_on(outcome, before, addition, last)


def _is_limit(exchange: Exchange) -> bool:
    return any(code in repr(exchange.field("error")) for code in ACCOUNT_LIMIT_CODES)


def _is_overdue(history: AssetHistory, addition: Exchange, last: Exchange) -> bool:
    first_ready = history.with_status(READY)[0]
    if history.creation is None or first_ready.started_at > addition.started_at:
        return False
    first_seconds = first_ready.ended_at - history.creation.started_at
    waited = last.started_at - addition.ended_at
    return waited > max(_PATIENCE_SECONDS, _PATIENCE_FACTOR * first_seconds)


def _dubbings(addition: Exchange, after: list[Exchange], added: list[str]) -> Iterator[Outcome]:
    # Right after the addition the status may still be the old one: the last sighting counts.
    last = after[-1]
    if last.field("status") != READY or addition.field("status") == READY:
        return
    entries = entries_of(last) or []
    earlier = [may_hold_dubbing_id(item) for item in entries if item["locale"] not in added]
    # Where the earlier languages lack it as well, that is told of them.
    for entry in entries if all(earlier) else ():
        if entry["locale"] in added:
            yield from has_dubbing_id(f"{_ID}added-language-is-dubbed", last, entry)
