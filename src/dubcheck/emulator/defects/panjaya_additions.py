"""Panjaya assets over time: languages that are added, and videos that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_bodies import (
    CREATORS,
    LOCALES,
    OPERATIONS,
    lacks,
    languages_of,
)
from dubcheck.emulator.defects.panjaya_memory import (
    NO_VERSION,
    fails,
    generates,
    hide_versions,
    ids_of_versions,
    shows,
)
from dubcheck.emulator.defects.ways import REFUSALS, Document, answers, sent


def _locales(request: Document) -> list[str]:
    return [item["locale"] for item in request["languages"]]


def _is_ready(asset: Document) -> bool:
    return bool(asset["status"] == "Ready")


def _on_earlier(change: Callable[[Document], None]) -> Act:
    def alter(asset: Document, request: Document) -> None:
        for item in asset["languages"]:
            if item["locale"] not in _locales(request) and item.get("dubbing_id"):
                change(item)

    return shows(alter, until_added=True)


def _on_added(change: Callable[[Document], None]) -> Act:
    def alter(asset: Document, request: Document) -> None:
        for item in asset["languages"] if _is_ready(asset) else ():
            if item["locale"] in _locales(request):
                change(item)

    return shows(alter, until_added=True)


def _swap_versions(asset: Document, request: Document) -> None:
    """The first language shows the version of the added one, and the other way round."""
    first, last = asset["languages"][0], asset["languages"][-1]
    are_shown = "versions" in first and "versions" in last
    if _is_ready(asset) and are_shown and first["locale"] not in _locales(request):
        first["versions"], last["versions"] = last["versions"], first["versions"]


def _forgets_added(asset: Document, request: Document) -> None:
    if _is_ready(asset):
        kept = [item for item in asset["languages"] if item["locale"] not in _locales(request)]
        asset["languages"] = kept


def _forgets_earlier(asset: Document, request: Document) -> None:
    if _is_ready(asset):
        kept = [item for item in asset["languages"] if item["locale"] in _locales(request)]
        asset["languages"] = kept


async def _adds_the_valid_ones(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation == "addLanguages" and reply.status == 400:
        given = [item for item in languages_of(call) if isinstance(item, dict)]
        good = [item for item in given if item.get("locale") in LOCALES and "srt" not in item]
        if len(given) > 1 and len(good) < len(given):
            await following(call.with_document({"languages": good}))
    return reply


def _added_defects() -> Iterator[tuple[str, str, Act]]:
    renamed = _on_earlier(lambda item: item.update(dubbing_id=item["dubbing_id"][::-1]))
    yield "earlier-dubbing-ids-are-kept", "renewed", renamed
    yield "added-language-stays-in-asset", "forgotten", shows(_forgets_added, until_added=True)
    yield "added-language-stays-in-asset", "earlier-gone", shows(_forgets_earlier, until_added=True)
    yield (
        "asset-becomes-ready-again",
        "fails",
        fails("invalid_input", lambda *_: True, until_added=True),
    )
    undubbed = _on_added(lambda item: item.update(dubbing_id=None))
    yield "added-language-is-dubbed", "null", undubbed
    yield "added-language-gets-version", "none", _on_added(hide_versions)
    yield "added-language-gets-version", "swapped", shows(_swap_versions, until_added=True)
    yield "refusal-changes-nothing", "adds-the-valid", _adds_the_valid_ones
    yield "added-language-gets-version", "not-found", _loses_added_ones("getVersion")
    yield "added-languages-are-shown", "twice", answers("addLanguages", _twice)
    yield "documented-request-is-accepted", "once-only", _adds_once


async def _adds_once(call: Call, following: Next, memory: Memory) -> Reply:
    """Languages can be added to an asset by one request, and by no second one."""
    if call.operation != "addLanguages" or not call.is_owners:
        return await following(call)
    if memory.kept.get(call.id):
        return json_reply(400, REFUSALS["panjaya"])
    reply = await following(call)
    memory.kept[call.id] = reply.succeeded
    return reply


def _loses_added_ones(operation: str) -> Act:
    """The versions of added languages are shown, and not found by one operation."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        lost: set[str] = memory.kept.setdefault("lost", set())
        if call.operation == operation and call.is_owners and call.id in lost:
            return json_reply(404, NO_VERSION)
        reply = await following(call)
        if call.operation == "addLanguages" and reply.succeeded:
            added = [item["locale"] for item in languages_of(call)]
            memory.kept.setdefault(call.id, set()).update(added)
        elif call.operation == "getAsset" and reply.succeeded:
            added = memory.kept.get(call.id, ())
            languages = [item for item in reply.document["languages"] if item["locale"] in added]
            lost.update(ids_of_versions({"languages": languages}))
        return reply

    return act


def _twice(asset: Document, _: Call) -> None:
    asset["languages"].append(asset["languages"][-1])


def _video_defects() -> Iterator[Defect]:
    off, add = sent("auto_generate", "off"), "addLanguages"
    for topic in CREATORS:
        made = (OPERATIONS[topic],)
        plain = lacks("callback_url")
        for fact, when in (
            ("auto-generate-off-generates-nothing", off),
            ("no-auto-generate-generates-nothing", _all_of(lacks("auto_generate"), plain)),
        ):
            yield Defect(f"panjaya.{topic}.{fact}", "generates", generates(when, made))
    lips = _all_of(lacks("auto_generate"), sent("lips_model", "real_face_turbo"))
    yield Defect(
        "panjaya.create-asset.no-auto-generate-generates-nothing",
        "generates-with-faster-lips",
        generates(lips, (OPERATIONS["create-asset"],)),
    )
    told = _all_of(lacks("auto_generate"), _is_told, lambda call: len(languages_of(call)) > 1)
    yield Defect(
        "panjaya.upload-asset.no-auto-generate-generates-nothing",
        "generates-what-is-notified",
        generates(told, (OPERATIONS["upload-asset"],)),
    )
    for fact, when in (
        ("auto-generate-off-generates-nothing", off),
        ("no-auto-generate-generates-nothing", lacks("auto_generate")),
    ):
        act = generates(when, (add,), added_only=True)
        yield Defect(f"panjaya.add-languages.{fact}", "generates", act)


def _is_told(call: Call) -> bool:
    return not lacks("callback_url")(call)


def _all_of(*tests: Callable[[Call], bool]) -> Callable[[Call], bool]:
    return lambda call: all(test(call) for test in tests)


DEFECTS = (
    *(Defect(f"panjaya.add-languages.{fact}", slug, act) for fact, slug, act in _added_defects()),
    Defect(
        "panjaya.revise-version.ready-version-is-revised",
        "not-of-added-languages",
        _loses_added_ones("reviseVersion"),
    ),
    *_video_defects(),
)
