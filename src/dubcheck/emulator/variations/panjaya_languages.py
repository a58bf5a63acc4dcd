"""Variations in languages: spelled otherwise, none, twice, there already; as acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply
from dubcheck.emulator.panjaya.locales import SOURCE_LOCALES
from dubcheck.emulator.variations.changes import CREATORS, ORDERS, Document, deeply, mends

_LISTED = {locale.lower(): locale for locale in SOURCE_LOCALES}
# Stands in for no language at all, since the plain service knows no asset without one.
_STAND_IN = "es-ES"


def locales_of(document: Any) -> list[str]:
    """The target locales of a request or an asset, as far as they are texts."""
    given = document.get("languages") if isinstance(document, dict) else None
    each = (item.get("locale") for item in given or () if isinstance(item, dict))
    return [locale for locale in each if isinstance(locale, str)]


def _listed(body: Document) -> None:
    def spelled(value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("locale"), str):
            return {**value, "locale": _LISTED.get(value["locale"].lower(), value["locale"])}
        return value

    body.update(deeply(spelled)(body))


def dubs_into_itself(call: Call) -> bool:
    """Whether the source is among the targets."""
    document = call.document
    return isinstance(document, dict) and document.get("locale") in locales_of(document)


async def takes_no_languages(call: Call, following: Next, memory: Memory) -> Reply:
    """An empty list is taken: the asset then has no language, or no further one."""
    document = call.document
    is_empty = isinstance(document, dict) and document.get("languages") == []
    if call.operation == "addLanguages" and is_empty:
        return _as_ordered(await following(asking_for(call)))
    if call.operation in CREATORS and is_empty:
        filled = {**document, "languages": [{"locale": _STAND_IN}]}
        reply = await following(call.with_document(filled))
        if reply.succeeded:
            memory.kept[f"empty {reply.document['asset_id']}"] = True
    else:
        reply = await following(call)

    def emptied(asset: Document) -> None:
        if memory.kept.get(f"empty {asset['asset_id']}"):
            asset["languages"] = [
                item for item in asset["languages"] if item["locale"] != _STAND_IN
            ]

    return in_assets(reply, emptied)


def repeats(*, keeps: bool) -> Act:
    """What is asked for twice, or is there already, is taken: once, or each time."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        real = memory.kept.get(f"real {call.id}")
        if real is not None:
            path = call.path.replace(call.id, real)
            reply = await following(replace(call, path=path, id=real))
            return replace(reply, body=_renamed(reply.body, real))
        twins: list[str] = []
        if call.operation in ORDERS and isinstance(call.document, dict):
            call, twins = await _without_repeats(call, following)
        if call.operation == "addLanguages" and twins and not locales_of(call.document):
            reply = _as_ordered(await following(asking_for(call)))
        else:
            reply = await following(call)
        if keeps and twins and reply.succeeded:
            memory.kept.setdefault(f"twins {reply.document['asset_id']}", []).extend(twins)
        return in_assets(reply, lambda asset: _show_twins(asset, memory))

    return act


async def _without_repeats(call: Call, following: Next) -> tuple[Call, list[str]]:
    document = call.document
    seen: list[str] = []
    if call.operation == "addLanguages":
        seen = locales_of((await following(asking_for(call))).document)
    kept, twins = [], []
    for item in document.get("languages") or ():
        locale = item.get("locale") if isinstance(item, dict) else None
        if isinstance(locale, str) and locale in seen:
            twins.append(locale)
        else:
            kept.append(item)
            seen.append(str(locale))
    return (call.with_document({**document, "languages": kept}) if twins else call), twins


def _show_twins(asset: Document, memory: Memory) -> None:
    shown = {item["locale"]: item for item in asset["languages"]}
    for locale in memory.kept.get(f"twins {asset['asset_id']}", ()):
        if locale not in shown:
            continue
        twin = {**shown[locale]}
        if twin.get("dubbing_id"):
            twin["dubbing_id"] = _alias(twin["dubbing_id"], memory)
        if "versions" in twin:
            twin["versions"] = [
                {**each, "version_id": _alias(each["version_id"], memory)}
                for each in twin["versions"]
            ]
        asset["languages"].append(twin)


def _alias(real: str, memory: Memory) -> str:
    memory.kept[f"real {real[::-1]}"] = real
    return real[::-1]


def _renamed(body: bytes, real: str) -> bytes:
    return body.replace(real.encode(), real[::-1].encode())


def _as_ordered(reply: Reply) -> Reply:
    """The asset as the answer to an order shows it: dubbing again, without versions."""
    if not reply.succeeded:
        return reply
    asset = reply.document
    languages = [
        {key: value for key, value in item.items() if key != "versions"}
        for item in asset["languages"]
    ]
    return reply.with_document({**asset, "status": "Dubbing", "languages": languages})


def asking_for(call: Call) -> Call:
    """The question for the asset that languages are added to."""
    return replace(call, method="GET", path=f"/v1/assets/{call.id}", operation="getAsset", body=b"")


def in_assets(reply: Reply, change: Callable[[Document], None]) -> Reply:
    """Changes the asset of an answer, or each of a list."""
    answer = reply.document
    if not reply.succeeded or not isinstance(answer, dict):
        return reply
    found = [each for each in answer.get("assets", [answer]) if _is_asset(each)]
    for asset in found:
        change(asset)
    return reply.with_document(answer) if found else reply


def _is_asset(value: Any) -> bool:
    return isinstance(value, dict) and "asset_id" in value and "languages" in value


SPELLS_FREELY = mends(ORDERS, _listed)
