"""The languages of an asset as an answer shows them. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import Exchange

_BARE_NAMES = ("id", "_id", "uuid", "dubbing")


def entries_of(exchange: Exchange) -> list[dict[str, Any]] | None:
    """The entries of `languages`, or None where the schema has something to say about them."""
    languages = exchange.field("languages")
    if not isinstance(languages, list):
        return None
    entries = [item for item in languages if isinstance(item, dict)]
    is_sound = all(isinstance(item.get("locale"), str) for item in entries)
    return entries if is_sound and len(entries) == len(languages) else None


def locales_of(exchange: Exchange) -> list[str] | None:
    """The target locales in the order of the answer, or None as above."""
    entries = entries_of(exchange)
    return None if entries is None else [entry["locale"] for entry in entries]


def dubbing_id_of(entry: dict[str, Any]) -> tuple[str, str] | None:
    """The id of a language's dubbing with the name of its key, which no document prints.

    The likeliest name wins: dubbing_id, then one that speaks of a dubbing, then a mere id.
    """
    found = sorted(_ids(entry), key=lambda item: _likelihood(item[0]))
    return next(iter(found), None)


def may_hold_dubbing_id(entry: dict[str, Any]) -> bool:
    """Whether anything in the entry could be the id, if under a name that nobody would guess."""
    return any(
        isinstance(value, str | int) and value and key.lower().endswith("id")
        for key, value in entry.items()
    ) or bool(dubbing_id_of(entry))


def dubbing_ids(exchange: Exchange) -> dict[str, str]:
    """The dubbing id of each language that has one; a language that is there twice is left out."""
    entries = entries_of(exchange) or []
    locales = [entry["locale"] for entry in entries]
    return {
        entry["locale"]: found[1]
        for entry in entries
        if (found := dubbing_id_of(entry)) and locales.count(entry["locale"]) == 1
    }


def texts_of(value: Any) -> Iterator[str]:
    """Every text of an answer: under which key the ids of versions stand is not documented."""
    if isinstance(value, str):
        yield value
    members = value.values() if isinstance(value, dict) else value
    for item in members if isinstance(value, dict | list) else ():
        yield from texts_of(item)


def _likelihood(key: str) -> int:
    above, _, last = key.lower().rpartition(".")
    is_about_dubbing = "dub" in last or ("dub" in above and last in _BARE_NAMES)
    return 0 if key == "dubbing_id" else 1 if is_about_dubbing else 2 if "dub" in above else 3


def _ids(entry: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in entry.items():
        name = f"{above}{key}".lower()
        members = value if isinstance(value, list) else [value]
        for member in members if "dub" in name else ():
            if isinstance(member, dict):
                yield from _ids(member, f"{key}.")
        is_id = "dub" in name and name.endswith("id")
        if isinstance(value, str) and value and (is_id or name in _BARE_NAMES):
            yield f"{above}{key}", value
