"""Variations in what Panjaya accepts, refuses, and when it says so; as acts. No languages here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS
from dubcheck.emulator.variations.changes import (
    CREATORS,
    ORDERS,
    Document,
    asks,
    declines,
    lacks_key,
    mends,
)
from dubcheck.emulator.variations.panjaya_languages import (
    asking_for,
    dubs_into_itself,
    in_assets,
    locales_of,
)

_NAME_LIMIT = 255
_FAULT = "x-emulator-fault"
_VIDEO_STARTS = (b"\x1aE\xdf\xa3", b"RIFF", b"FLV", b"G", b"ID3", b"OggS", b"fLaC")
_FIRST_ENTRY = "1\n00:00:00,200 --> 00:00:01,500\nHola.\n"


def _lenient(body: Document) -> None:
    if body.get("callback_url") == "":
        del body["callback_url"]
    if type(body.get("name")) in (int, float):
        body["name"] = str(body["name"])
    for field in ("start_time", "end_time"):
        value = body.get(field)
        if isinstance(value, str) and value.replace(".", "", 1).isdigit():
            body[field] = float(value)


def _lenient_srt(body: Document) -> None:
    languages = body.get("languages")
    if isinstance(languages, list):
        body["languages"] = [_with_plain_srt(item) for item in languages]


def _with_plain_srt(item: Any) -> Any:
    srt = item.get("srt") if isinstance(item, dict) else None
    if not isinstance(srt, str) or not (_is_near(srt) or srt == ""):
        return item
    return {**item, "srt": _FIRST_ENTRY}


def _is_near(srt: str) -> bool:
    """WebVTT, or entries in form whose numbers or times make no sense."""
    times = r"\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:\d\d:\d\d[,.]\d{3}\n[^\n]+\n"
    webvtt = srt.startswith("WEBVTT\n") and re.search(times, srt)
    return bool(webvtt or re.fullmatch(rf"(\d+\n{times}\n?)+", srt))


def _below_one(value: Any) -> bool:
    return type(value) is int and value < 1


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not value.strip()


def _has_mark(call: Call) -> bool:
    return b"\\ufeff" in call.body.lower() or "\ufeff".encode() in call.body


async def _exact_scheme(call: Call, following: Next, _: Memory) -> Reply:
    given = call.authorization
    if call.operation and given and not given.startswith("Bearer "):
        call = call.with_header("authorization", "none")
    return await following(call)


async def _refuses_the_source(call: Call, following: Next, _: Memory) -> Reply:
    """Adding the language that is spoken in the video."""
    if call.operation == "addLanguages":
        asset = await following(asking_for(call))
        if asset.succeeded and asset.document["locale"] in locales_of(call.document):
            return json_reply(400, REFUSALS["panjaya"])
    return await following(call)


async def _refuses_while_dubbing(call: Call, following: Next, _: Memory) -> Reply:
    if call.operation == "addLanguages":
        asset = await following(asking_for(call))
        if asset.succeeded and asset.document["status"] == "Dubbing":
            return json_reply(400, REFUSALS["panjaya"])
    return await following(call)


def _is_upload_of_no_media(call: Call) -> bool:
    """Whether the part `video` begins like no container."""
    name = re.search(rb'name="?video"?[^\r]*\r\n', call.body)
    if call.operation != "uploadAsset" or name is None:
        return False
    start = call.body.index(b"\r\n\r\n", name.start()) + 4
    head = call.body[start : start + 16]
    return not (head.startswith(_VIDEO_STARTS) or b"ftyp" in head)


async def no_media_fails_otherwise(call: Call, following: Next, _: Memory) -> Reply:
    """What is no media is invalid input, told by the asset."""
    if _is_upload_of_no_media(call):
        call = call.with_header(_FAULT, "asset-invalid-input")
    return await following(call)


def bad_urls_are_seen_later(field: str) -> Act:
    """A URL that cannot be used is taken, and the asset fails."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        reason = str(reply.document.get("detail")) if isinstance(reply.document, dict) else ""
        if call.operation not in CREATORS or not reason.startswith(f"{field} cannot be used"):
            return reply
        document = {key: item for key, item in call.document.items() if key != field}
        if field == "media_url":
            document[field] = "https://media.example.com/emulator-invalid-input.mp4"
        later = call.with_document(document).with_header(_FAULT, "asset-invalid-input")
        return await following(later)

    return act


async def ignores_bad_background(call: Call, following: Next, _: Memory) -> Reply:
    """A background that is no URL counts as none."""
    document = call.document
    url = document.get("background_url") if isinstance(document, dict) else None
    if call.operation in CREATORS and isinstance(url, str) and "://" not in url:
        call = call.with_document({**document, "background_url": None})
    return await following(call)


def names_cut(cut: Callable[[str], str]) -> Act:
    """Names are cut by another unit than code points."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        document = call.document
        name = document.get("name") if isinstance(document, dict) else None
        is_long = call.operation in CREATORS and isinstance(name, str) and len(name) > 1
        if is_long:
            call = call.with_document({**document, "name": str(name)[:_NAME_LIMIT]})
        reply = await following(call)
        if is_long and reply.succeeded:
            memory.kept[f"name {reply.document['asset_id']}"] = cut(str(name))

        def named(asset: Document) -> None:
            asset["name"] = memory.kept.get(f"name {asset['asset_id']}", asset.get("name"))

        return in_assets(reply, named)

    return act


def in_utf16_units(name: str) -> str:
    """255 units of UTF-16; half a character at the end is dropped."""
    return name.encode("utf-16-le")[: 2 * _NAME_LIMIT].decode("utf-16-le", "ignore")


def in_graphemes(name: str) -> str:
    """255 characters with whatever marks they carry."""
    count, end = 0, 0
    for end, character in enumerate(name):
        count += not unicodedata.combining(character)
        if count > _NAME_LIMIT:
            return name[:end]
    return name


async def takes_failed_assets(call: Call, following: Next, _: Memory) -> Reply:
    """Languages can be added to a failed asset, which they do not mend."""
    reply = await following(call)
    if call.operation != "addLanguages" or reply.status != 400:
        return reply
    asset = await following(asking_for(call))
    if "failed asset" not in str(reply.document.get("detail")) or not asset.succeeded:
        return reply
    added = [{"locale": item["locale"], "dubbing_id": None} for item in call.document["languages"]]
    answer = asset.document | {"status": "Dubbing"}
    return asset.with_document({**answer, "languages": [*answer["languages"], *added]})


def malformed_ids_answer(status: int) -> Act:
    """An id that cannot be one is invalid input rather than unknown."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        is_malformed = re.fullmatch("[0-9a-f]{24}", call.id) is None
        if call.operation == "getAsset" and reply.status == 404 and is_malformed:
            return replace(reply, status=status)
        return reply

    return act


def without_slash(status: int | None) -> Act:
    """The collection's path without its slash: the same answer, or a refusal."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.path != "/v1/assets" or lacks_key(call):
            return await following(call)
        if status is None:
            return await following(replace(call, path="/v1/assets/"))
        return json_reply(status, {"detail": "Not Found"})

    return act


async def no_list(call: Call, following: Next, _: Memory) -> Reply:
    """Assets cannot be listed: the document has no such operation."""
    reply = await following(call)
    if call.operation == "listAssets" and reply.status != 401:
        return Reply(404, reply.headers, b'{"detail": "Not Found"}')
    return reply


def answers_422(detail: object) -> Act:
    """Missing fields and wrong types get the framework's 422; values get 400."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if reply.status != 400 or call.operation is None or not _is_malformed(call):
            return reply
        return reply.with_document({"detail": detail}, status=422)

    return act


def _is_malformed(call: Call) -> bool:
    document = call.document
    if call.operation not in ORDERS:
        return bool(call.body) and not isinstance(document, dict)
    wanted = {"name": str, "locale": str, "languages": list}
    if call.operation == "addLanguages":
        wanted = {"languages": list}
    return not isinstance(document, dict) or any(
        not isinstance(document.get(name), kind) for name, kind in wanted.items()
    )


LENIENT: tuple[Act, ...] = (mends(ORDERS, _lenient), mends(ORDERS, _lenient_srt))
STRICT: tuple[Act, ...] = (
    _exact_scheme,
    declines(CREATORS, dubs_into_itself),
    declines(CREATORS, asks("speakers_count", _below_one)),
    declines(ORDERS, asks("auto_generate", lambda value: value is None)),
    declines(CREATORS, asks("name", _is_blank)),
    declines(ORDERS, _has_mark),
    declines(("uploadAsset",), asks("media_url", lambda _: True)),
    declines(("uploadAsset",), _is_upload_of_no_media),
    declines(("reviseVersion",), lambda call: not call.body),
    declines(("reviseVersion",), asks("studio_url_request", lambda value: value is None)),
    _refuses_the_source,
    _refuses_while_dubbing,
)
