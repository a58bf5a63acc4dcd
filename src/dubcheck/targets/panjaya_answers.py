"""What a next step needs of Panjaya's answers: ids and locales, in whatever form they are shown.

What an answer should be is no matter of this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.targets.api_client import Answer


def asset_id_of(answer: Answer) -> str | None:
    """The id of the asset that was created, or None where none was."""
    asset_id = answer.field("asset_id")
    return asset_id if answer.succeeded and isinstance(asset_id, str) and asset_id else None


def locales_of(answer: Answer) -> list[str]:
    """The target locales that the answer shows, in its order."""
    languages = answer.field("languages")
    entries = languages if isinstance(languages, list) else []
    return [
        entry["locale"]
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("locale"), str)
    ]


def version_ids_of(answer: Answer, locale: str | None = None) -> list[str]:
    """Ids of versions in an answer of getAsset, of one language or of all, in its order.

    Neither the place nor the key is printed in the documents: every text under a key that speaks
    of versions counts. It is of the language whose `locale` stands in an object around it.
    """
    # That of the asset itself is the language which is spoken.
    asset = answer.json
    document = {**asset, "locale": None} if isinstance(asset, dict) else asset
    found = _version_ids(document, None, is_inside=False)
    return list(dict.fromkeys(item for item, place in found if locale in (None, place)))


_Place = str | None


def _version_ids(value: Any, place: _Place, *, is_inside: bool) -> Iterator[tuple[str, _Place]]:
    """Each id with its language; `is_inside` says that a key above already spoke of versions."""
    if is_inside and isinstance(value, str):
        yield value, place
    for item in value if isinstance(value, list) else ():
        yield from _version_ids(item, place, is_inside=is_inside)
    if not isinstance(value, dict):
        return
    own = value.get("locale")
    place = own if place is None and isinstance(own, str) else place
    for key, item in value.items():
        speaks = "version" in key.lower()
        if key.lower().endswith("versions") and _is_keyed_by_ids(item):
            yield from ((version_id, place) for version_id in item)
        if isinstance(item, str) and not _names_id(key, speaks=speaks):
            continue
        yield from _version_ids(item, place, is_inside=is_inside or speaks)


def _names_id(key: str, *, speaks: bool) -> bool:
    return key.lower() in ("id", "_id") or (speaks and key.lower().endswith("id"))


def _is_keyed_by_ids(versions: Any) -> bool:
    """Whether they are objects by their ids, as none of them holds an id of its own."""
    return isinstance(versions, dict) and all(
        isinstance(item, dict) and not any(_names_id(key, speaks=True) for key in item)
        for item in versions.values()
    )
