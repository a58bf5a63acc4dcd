"""Panjaya promises that hold for the plainest request and break for the one beside it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import replace

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
from dubcheck.emulator.defects.panjaya_bodies import (
    CREATORS,
    OPERATIONS,
    WRITERS,
    languages_of,
    some_srt,
    some_target,
    text,
    value_of,
    with_good_targets,
)
from dubcheck.emulator.defects.panjaya_memory import (
    NO_VERSION,
    asset_of,
    fails,
    ids_of_versions,
    is_as_created,
    revising,
    shows,
)
from dubcheck.emulator.defects.panjaya_silences import remembers_additions
from dubcheck.emulator.defects.ways import (
    REFUSALS,
    Document,
    When,
    accepts,
    answers,
    receives,
    refuses,
)

_LATER = slice(1, None)


def _is_subtitles(srt: object) -> bool:
    return isinstance(srt, str) and "-->" in srt and "\r" not in srt


def _refused_with(operation: str, status: int, when: When) -> Act:
    """What is refused with 400 is refused with another status."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        is_due = call.operation == operation and reply.status == 400 and when(call)
        return replace(reply, status=status) if is_due else reply

    return act


def _written_defects() -> Iterator[Defect]:
    for topic in WRITERS:
        operation, prefix = OPERATIONS[topic], f"panjaya.{topic}"
        foreign = some_srt(lambda srt: _is_subtitles(srt) and not srt.isascii())
        several = some_srt(lambda srt: _is_subtitles(srt) and srt.count("-->") > 1)
        for slug, when in (("ascii-only", foreign), ("one-entry", several)):
            name = f"{prefix}.valid-target-srt-is-accepted"
            yield Defect(name, slug, refuses(operation, when))
        unknown = some_target(lambda code: code == "xx-XX", _LATER)
        name = f"{prefix}.later-target-locale-is-checked"
        yield Defect(name, "403", _refused_with(operation, 403, unknown))
        free = some_srt(lambda srt: isinstance(srt, str) and "-->" not in srt, _LATER)
        name = f"{prefix}.later-target-srt-is-checked"
        yield Defect(name, "422", _refused_with(operation, 422, free))
        hebrew = some_target(lambda code: code == "he-IL", _LATER)
        act = accepts(operation, hebrew, with_good_targets)
        yield Defect(f"{prefix}.hebrew-target-is-refused", "first-only", act)
    for topic in CREATORS:
        special = text("name", lambda name: name.isascii() and html.escape(name) != name)
        act = receives(OPERATIONS[topic], _escape, special)
        yield Defect(f"panjaya.{topic}.name-is-echoed", "escaped", act)


def _wider_defects() -> Iterator[Defect]:
    """What is taken in its plainest form only."""
    for topic in WRITERS:
        operation, prefix = OPERATIONS[topic], f"panjaya.{topic}"
        act = refuses(operation, lambda call: len(languages_of(call)) > 5)
        yield Defect(f"{prefix}.several-languages-are-accepted", "five-at-most", act)
        for slug, test in (
            ("not-ten-entries", lambda srt: str(srt).count("-->") > 9),
            ("not-beyond-an-hour", lambda srt: "\n01:" in str(srt)),
        ):
            act = refuses(operation, some_srt(test))
            yield Defect(f"{prefix}.valid-target-srt-is-accepted", slug, act)
    for topic in CREATORS:
        operation, prefix = OPERATIONS[topic], f"panjaya.{topic}"
        act = refuses(operation, text("callback_url", lambda url: "?run" in url))
        yield Defect(f"{prefix}.https-callback-url-is-accepted", "not-with-a-query", act)
        hostless = text("callback_url", lambda url: url in ("https://", "https:///panjaya"))
        act = accepts(operation, hostless, lambda document: document.pop("callback_url"))
        yield Defect(f"{prefix}.callback-text-no-url-is-refused", "without-a-host", act)
        act = receives(operation, _within_16_bits, text("name", bool))
        yield Defect(f"{prefix}.name-is-echoed", "without-emoji", act)


def _within_16_bits(document: Document) -> None:
    document["name"] = "".join(item for item in document["name"] if item <= "\uffff")


def _escape(document: Document) -> None:
    document["name"] = html.escape(document["name"])


def _speaks_one_language_twice(call: Call) -> bool:
    locales = [item.get("locale") for item in languages_of(call) if isinstance(item, dict)]
    spoken = [str(locale).split("-")[0] for locale in locales]
    return len(set(locales)) == len(locales) and len(set(spoken)) < len(spoken)


def _revised_once() -> Act:
    seen: set[str] = set()

    def answer(call: Call, version: Document) -> Reply | None:
        is_again = call.id in seen and version.get("status") == "ReadyToEdit"
        seen.add(call.id)
        return json_reply(400, REFUSALS["panjaya"]) if is_again else None

    return revising(answer)


def _shares_a_version(asset: Document, request: Document) -> None:
    languages = asset["languages"]
    shared = languages[0].get("versions")
    if shared and is_as_created(asset, request):
        for language in languages:
            language["versions"] = shared


def _has_srt(language: Document) -> bool:
    return bool(language.get("srt"))


def _mistakes_no_audio(asset: Document, _: Document) -> None:
    if asset.get("error") and asset["error"]["code"] == "missing_audio_track":
        asset["error"]["code"] = "empty_transcript"


async def _whole_name_when_read(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if not reply.succeeded:
        return reply
    if call.operation in ("createAsset", "uploadAsset"):
        memory.kept[reply.document["asset_id"]] = value_of(call, "name")
    elif call.operation == "getAsset" and isinstance(memory.kept.get(call.id), str):
        return reply.with_document({**reply.document, "name": memory.kept[call.id]})
    return reply


def _another_name(asset: Document, _: Call) -> None:
    for language in asset["languages"]:
        language["locale"] = {"fil-PH": "tl-PH"}.get(language["locale"], language["locale"])


async def _renews_versions(call: Call, following: Next, memory: Memory) -> Reply:
    """Languages that are added cost the asset its earlier versions."""
    is_addition = call.operation == "addLanguages"
    before = await asset_of(call, following, call.id) if is_addition else {}
    reply = await following(call)
    if is_addition and reply.succeeded:
        memory.kept.update(dict.fromkeys(ids_of_versions(before), True))
    if call.operation == "getVersion" and memory.kept.get(call.id):
        return json_reply(404, NO_VERSION)
    return reply


def _other_address(operation: str, change: Callable[[str, str], str]) -> tuple[Act, Tell]:
    """Sends notices elsewhere; `change` sees the first address that was given, and the own."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.succeeded:
            memory.kept[reply.document["asset_id"]] = True
        return reply

    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        if not memory.kept.get(str(letter.document["asset_id"])):
            return [letter]
        first = memory.kept.setdefault("first", letter.url)
        return [replace(letter, url=change(first, letter.url))]

    return act, tell


def _without_query(_: str, url: str) -> str:
    return url.partition("?")[0]


def _first(first: str, _: str) -> str:
    return first


def _place_only(_: str, url: str) -> str:
    return "/".join(url.split("/")[:4])


def _added_at_the_first(letter: Letter, memory: Memory) -> list[Letter]:
    """Notices about added languages come to the first address of all."""
    document = letter.document
    first = memory.kept.setdefault("first", letter.url)
    is_added = document.get("locale") in memory.kept.get(str(document["asset_id"]), ())
    return [replace(letter, url=first if is_added else letter.url)]


def _address_defects() -> Iterator[Defect]:
    yield Defect(
        "panjaya.callbacks.added-language-is-notified",
        "first-address",
        remembers_additions,
        _added_at_the_first,
    )
    for fact, operation in (("created", "createAsset"), ("uploaded", "uploadAsset")):
        for slug, change in (
            ("without-query", _without_query),
            ("first-address", _first),
            ("parent", _place_only),
        ):
            name = f"panjaya.callbacks.{fact}-asset-is-notified"
            yield Defect(name, slug, *_other_address(operation, change))


DEFECTS = (
    *_written_defects(),
    *_address_defects(),
    *_wider_defects(),
    Defect(
        "panjaya.add-languages.several-languages-are-accepted",
        "not-one-twice",
        refuses("addLanguages", _speaks_one_language_twice),
    ),
    Defect("panjaya.revise-version.ready-version-is-revised", "once", _revised_once()),
    Defect(
        "panjaya.lifecycle.each-language-gets-initial-version",
        "shared",
        shows(_shares_a_version),
    ),
    Defect(
        "panjaya.asset-errors.video-without-audio-code",
        "of-created-ones",
        shows(_mistakes_no_audio, lambda call: call.operation == "createAsset"),
    ),
    Defect(
        "panjaya.lifecycle.sound-video-becomes-ready",
        "not-with-subtitles",
        fails("invalid_input", lambda _, request: any(map(_has_srt, request["languages"]))),
    ),
    Defect("panjaya.get-asset.name-is-that-of-creation", "whole", _whole_name_when_read),
    Defect(
        "panjaya.add-languages.added-language-stays-in-asset",
        "renamed",
        answers("getAsset", _another_name, when=lambda asset, _: len(asset["languages"]) > 5),
    ),
    Defect("panjaya.get-version.found-status-is-200", "after-an-addition", _renews_versions),
)
