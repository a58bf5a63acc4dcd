"""The optional list of assets, whose shape is printed nowhere.

Source: docs.panjaya.ai/apis/assets: paginated, basic metadata, status and dubbings, no versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.outcome import Outcome, holds
from dubcheck.rules.panjaya.vocabulary import API, is_answered_well
from dubcheck.rules.registry import exchange_rule

_ID = "panjaya.list-assets."


@exchange_rule(API, "listAssets", [f"{_ID}page-holds-an-array"])
def page(exchange: Exchange) -> Iterator[Outcome]:
    """A page is an array, or an object that holds one."""
    response = exchange.response
    if response is None or not is_answered_well(exchange) or response.body.content is None:
        return
    if exchange.answer is MISSING or isinstance(exchange.answer, dict | list):
        yield holds(
            f"{_ID}page-holds-an-array",
            _array_in(exchange.answer) is not None,
            "the page of a list holds no array",
            expected="an array, or an object that holds one",
            actual=exchange.answer,
        )


@exchange_rule(
    API,
    "listAssets",
    [f"{_ID}entries-have-{what}" for what in ("status", "dubbings", "no-versions")],
)
def entries(exchange: Exchange) -> Iterator[Outcome]:
    """An entry has status and dubbings, and no versions."""
    found = _array_in(exchange.answer) if is_answered_well(exchange) else None
    assets = [item for item in found or () if isinstance(item, dict)]
    if not assets:
        return
    facts = (
        ("status", all("status" in item for item in assets), "status"),
        ("dubbings", all(_speaks(item, "dub", "lang") for item in assets), "languages"),
        ("no-versions", not any(_speaks(item, "version") for item in assets), "no versions"),
    )
    for fact, is_kept, expected in facts:
        message = "an entry of the list is not as described"
        yield holds(
            f"{_ID}entries-have-{fact}", is_kept, message, expected=expected, actual=assets[0]
        )


def _array_in(value: Any, depth: int = 2) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and depth:
        found = [_array_in(item, depth - 1) for item in value.values()]
        return next((item for item in found if item is not None), None)
    return None


def _speaks(value: Any, *words: str) -> bool:
    """Whether a key in the entry, or in a list within it, speaks of one of the words."""
    if isinstance(value, list):
        return any(_speaks(item, *words) for item in value)
    if not isinstance(value, dict):
        return False
    return any(
        any(word in key.lower() for word in words) or _speaks(item, *words)
        for key, item in value.items()
    )
