"""Panjaya promises that an earlier request breaks: how an asset was made, what was done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    Tell,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_bodies import languages_of
from dubcheck.emulator.defects.panjaya_memory import NO_VERSION, fails, ids_of_versions, versions_in
from dubcheck.emulator.defects.panjaya_silences import silent_for
from dubcheck.emulator.defects.ways import REFUSALS

_NO_ASSET = {"detail": "There is no such asset."}
_CLEARED_AFTER_SECONDS = 1.0
_SHOWING = ("getAsset", "addLanguages")  # operations whose answers hold the languages of an asset


def _shows_fetched_ones(change: Callable[[Any], None]) -> Act:
    """Shows assets that were created from a URL, once Ready, in another way than uploads."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == "createAsset" and reply.succeeded:
            memory.kept[reply.document["asset_id"]] = True
        is_meant = call.operation == "getAsset" and reply.succeeded and memory.kept.get(call.id)
        if not is_meant or reply.document["status"] != "Ready":
            return reply
        asset: Any = reply.document
        change(asset)
        return reply.with_document(asset)

    return act


async def _clears_failed_ones(call: Call, following: Next, memory: Memory) -> Reply:
    """Assets that failed are found for a second, and not any more after that."""
    reply = await following(call)
    if call.operation != "getAsset" or not reply.succeeded or reply.document["status"] != "Failed":
        return reply
    over = memory.seconds_since_first(call.id)
    return reply if over < _CLEARED_AFTER_SECONDS else json_reply(404, _NO_ASSET)


def _without_versions(asset: Any) -> None:
    for entry in asset["languages"]:
        entry["versions"] = []


async def _finds_by_part(call: Call, following: Next, memory: Memory) -> Reply:
    """Finds an asset by the beginning of its id, and by what begins with it."""
    ids: list[str] = memory.kept.setdefault("ids", [])
    like = [item for item in ids if item.startswith(call.id) or call.id.startswith(item)]
    if call.operation == "getAsset" and like and len(call.id) > 8:
        call = replace(call, id=like[0], path=call.path.replace(call.id, like[0]))
    reply = await following(call)
    if call.operation in ("createAsset", "uploadAsset") and reply.succeeded:
        ids.append(reply.document["asset_id"])
    return reply


def _refuses_fetched_ones(operation: str) -> Act:
    """Refuses an operation on assets that were created from a URL, or on their versions."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        is_due = call.operation == operation and memory.kept.get(call.id)
        if is_due and call.is_owners:
            return json_reply(400, REFUSALS["panjaya"])
        reply = await following(call)
        if call.operation == "createAsset" and reply.succeeded:
            memory.kept[reply.document["asset_id"]] = True
        elif call.operation == "getAsset" and reply.succeeded and memory.kept.get(call.id):
            memory.kept.update(dict.fromkeys(ids_of_versions(reply.document), True))
        return reply

    return act


async def _stuck_with_subtitles(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if not reply.succeeded:
        return reply
    if call.operation in ("createAsset", "uploadAsset"):
        spoken = [item["locale"] for item in languages_of(call) if item.get("srt")]
        memory.kept[reply.document["asset_id"]] = spoken
    elif call.operation == "getAsset":
        for language, version in versions_in(reply.document):
            locales = memory.kept.get(call.id, ())
            memory.kept[version["version_id"]] = language["locale"] in locales
    elif call.operation == "getVersion" and memory.kept.get(call.id):
        idle: Any = {"status": "NotReady", "studio_url": None, "result_url": None}
        return reply.with_document({**reply.document, **idle})
    return reply


async def _keeps_refused_languages(call: Call, following: Next, memory: Memory) -> Reply:
    """Of a request that was refused for its subtitles, the other languages stay."""
    reply = await following(call)
    if call.operation == "addLanguages" and reply.status == 400:
        entries = [item for item in languages_of(call) if isinstance(item, dict)]
        if any("srt" in item for item in entries):
            plain = [item["locale"] for item in entries if set(item) == {"locale"}]
            memory.kept.setdefault(call.id, []).extend(plain)
    elif call.operation in _SHOWING and reply.succeeded and memory.kept.get(call.id):
        asset: Any = reply.document
        there = [item["locale"] for item in asset["languages"]]
        smuggled = [item for item in memory.kept[call.id] if item not in there]
        # Before the last one: that may have been added just now.
        asset["languages"][-1:-1] = [{"locale": item, "dubbing_id": None} for item in smuggled]
        return reply.with_document(asset)
    return reply


async def _shows_a_link_once_revised(call: Call, following: Next, memory: Memory) -> Reply:
    """A revision of what never was made into a video shows where that would be."""
    reply = await following(call)
    if call.operation == "reviseVersion" and reply.succeeded:
        memory.kept[f"revised {call.id}"] = True
    elif call.operation == "getVersion" and reply.succeeded:
        version: Any = reply.document
        made = memory.kept.get(f"made {call.id}") or version["status"] in (
            "Generating",
            "Completed",
        )
        memory.kept[f"made {call.id}"] = made
        if memory.kept.get(f"revised {call.id}") and not made:
            url = "https://cdn.example.com/result.mp4"
            return reply.with_document({**version, "result_url": url})
    return reply


async def _loses_siblings(call: Call, following: Next, memory: Memory) -> Reply:
    """A revision costs the asset its other versions."""
    if call.operation == "getVersion" and memory.kept.get(f"lost {call.id}"):
        return json_reply(404, NO_VERSION)
    reply = await following(call)
    if call.operation == "getAsset" and reply.succeeded:
        family = ids_of_versions(reply.document)
        memory.kept.update({f"family {version}": family for version in family})
    elif call.operation == "reviseVersion" and reply.succeeded:
        for version in memory.kept.get(f"family {call.id}", ()):
            memory.kept[f"lost {version}"] = version != call.id
    return reply


async def _renames_dubbings(call: Call, following: Next, memory: Memory) -> Reply:
    """A revision gives the language's dubbing another id."""
    reply = await following(call)
    if call.operation == "reviseVersion" and reply.succeeded:
        memory.kept[call.id] = True
    elif call.operation == "getAsset" and reply.succeeded:
        asset: Any = reply.document
        for language, version in versions_in(asset):
            if memory.kept.get(version["version_id"]):
                language["dubbing_id"] = language["dubbing_id"][::-1]
        return reply.with_document(asset)
    return reply


def _untrue_failure() -> tuple[Act, Tell]:
    """An addition is followed by a notice that the asset has failed."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == "addLanguages" and reply.succeeded:
            memory.kept[call.id] = True
        return reply

    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        asset_id = letter.document["asset_id"]
        if letter.document["event"] != "version_ready" or not memory.kept.pop(asset_id, False):
            return [letter]
        untrue = {"event": "asset_failed", "asset_id": asset_id, "version_id": None}
        return [letter, letter.with_document(untrue)]

    return act, tell


def _is_beyond(call: Call) -> bool:
    times = call.document if isinstance(call.document, dict) else {}
    return call.operation == "createAsset" and bool({"start_time", "end_time"} & times.keys())


DEFECTS = (
    Defect(
        "panjaya.add-languages.documented-request-is-accepted",
        "not-by-fetched-ones",
        _refuses_fetched_ones("addLanguages"),
    ),
    Defect(
        "panjaya.revise-version.ready-version-is-revised",
        "not-of-fetched-ones",
        _refuses_fetched_ones("reviseVersion"),
    ),
    Defect(
        "panjaya.lifecycle.initial-version-becomes-ready-to-edit",
        "not-with-subtitles",
        _stuck_with_subtitles,
    ),
    Defect(
        "panjaya.lifecycle.sound-video-becomes-ready",
        "not-with-a-fraction",
        fails("invalid_input", lambda asset, _: 0.3 < (asset["duration"] or 0) % 1 < 0.7),
    ),
    Defect(
        "panjaya.add-languages.refusal-changes-nothing",
        "refused-for-subtitles",
        _keeps_refused_languages,
    ),
    Defect("panjaya.get-asset.found-status-is-200", "failed-ones-are-cleared", _clears_failed_ones),
    Defect("panjaya.get-asset.unknown-asset-is-404", "finds-by-part", _finds_by_part),
    Defect(
        "panjaya.lifecycle.each-language-gets-initial-version",
        "not-of-fetched-ones",
        _shows_fetched_ones(_without_versions),
    ),
    Defect(
        "panjaya.get-asset.duration-is-that-of-video",
        "milliseconds-of-fetched-ones",
        _shows_fetched_ones(lambda asset: asset.update(duration=asset["duration"] * 1000)),
    ),
    Defect(
        "panjaya.get-version.no-result-url-before-video",
        "after-a-revision",
        _shows_a_link_once_revised,
    ),
    Defect("panjaya.get-version.found-status-is-200", "after-anothers-revision", _loses_siblings),
    Defect("panjaya.lifecycle.dubbing-id-never-changes", "by-a-revision", _renames_dubbings),
    Defect(
        "panjaya.callbacks.asset-failed-only-when-true", "after-an-addition", *_untrue_failure()
    ),
    Defect(
        "panjaya.callbacks.asset-failed-is-sent",
        "not-for-times",
        *silent_for("asset_failed", _is_beyond),
    ),
)
