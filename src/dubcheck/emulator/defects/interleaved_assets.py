"""Defects of Panjaya that show only where assets, versions and accounts are used in turn.

Each behaves well for whoever tries one thing at a time.
"""

from __future__ import annotations

from typing import Any

from dubcheck.emulator.defects.interception import Call, Defect, Memory, Next, Reply


def _locales(call: Call) -> list[str]:
    document = call.document if isinstance(call.document, dict) else {}
    languages = document.get("languages")
    entries = languages if isinstance(languages, list) else []
    return [str(item["locale"]) for item in entries if isinstance(item, dict) and "locale" in item]


def _asset(reply: Reply) -> dict[str, Any]:
    document: dict[str, Any] = reply.document
    return document


async def _smuggling(call: Call, following: Next, memory: Memory) -> Reply:
    """What a stranger asked for in vain is there after the next addition of the asset's account."""
    reply = await following(call)
    asked: dict[str, list[str]] = memory.kept.setdefault("asked", {})
    added: dict[str, list[str]] = memory.kept.setdefault("added", {})
    if call.operation == "addLanguages" and reply.status in (403, 404):
        asked.setdefault(call.id, []).extend(_locales(call))
    elif call.operation == "addLanguages" and reply.succeeded and call.id in asked:
        added[call.id] = asked.pop(call.id)
    elif call.operation == "getAsset" and reply.succeeded and call.id in added:
        asset = _asset(reply)
        there = [item["locale"] for item in asset["languages"]]
        smuggled = [item for item in added[call.id] if item not in there]
        asset["languages"] += [{"locale": item, "dubbing_id": None} for item in smuggled]
        return reply.with_document(asset)
    return reply


async def _forgetting(call: Call, following: Next, memory: Memory) -> Reply:
    """After a revision, an addition answers without the language that was added before it."""
    reply = await following(call)
    revised: set[str] = memory.kept.setdefault("revised", set())
    if call.operation == "reviseVersion" and reply.succeeded:
        revised.add(call.authorization)
    if call.operation != "addLanguages" or not reply.succeeded:
        return reply
    earlier: list[str] = memory.kept.setdefault(f"added {call.id}", [])
    asset = _asset(reply)
    if earlier and call.authorization in revised:
        asset["languages"] = [item for item in asset["languages"] if item["locale"] != earlier[-1]]
    earlier.extend(_locales(call))
    return reply.with_document(asset)


async def _mixing_up(call: Call, following: Next, memory: Memory) -> Reply:
    """An asset that is read right after one of another account shows another source locale."""
    reply = await following(call)
    if call.operation != "getAsset" or not reply.succeeded:
        return reply
    last: str | None = memory.kept.get("last")
    asset = _asset(reply)
    memory.kept["last"] = call.authorization
    if last is not None and last != call.authorization:
        asset["locale"] = "nb-NO"
        return reply.with_document(asset)
    return reply


async def _unsettling(call: Call, following: Next, memory: Memory) -> Reply:
    """A version that a stranger tried to revise in vain is not ready for its account any more."""
    reply = await following(call)
    tried: set[str] = memory.kept.setdefault("tried", set())
    if call.operation == "reviseVersion":
        if reply.status in (403, 404):
            tried.add(call.id)
        elif reply.succeeded:
            tried.discard(call.id)
    is_ready = call.operation == "getVersion" and reply.succeeded
    if is_ready and call.id in tried and _asset(reply)["status"] == "ReadyToEdit":
        changed = {"status": "NotReady", "studio_url": None}
        return reply.with_document({**_asset(reply), **changed})
    return reply


DEFECTS = (
    Defect("panjaya.add-languages.refusal-changes-nothing", "asked-by-a-stranger", _smuggling),
    Defect("panjaya.add-languages.earlier-languages-are-kept", "after-a-revision", _forgetting),
    Defect("panjaya.get-asset.locale-is-that-of-creation", "after-anothers-asset", _mixing_up),
    Defect("panjaya.revise-version.refusal-changes-nothing", "asked-by-a-stranger", _unsettling),
)
