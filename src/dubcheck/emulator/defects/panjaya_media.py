"""Panjaya media fetched or judged otherwise than documented; what results hold is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from dubcheck.emulator.defects.interception import (
    FAULT_HEADER,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_bodies import drops, puts, text, value_of
from dubcheck.emulator.defects.panjaya_forms import SOUND
from dubcheck.emulator.defects.panjaya_memory import is_gone
from dubcheck.emulator.defects.ways import Document, When, accepts, answers, receives, refuses


def _plain_url(url: str) -> bool:
    return "://" in url and "?" not in url


def _changes_url(change: Callable[[str], str]) -> Callable[[Document], None]:
    return lambda document: document.update(media_url=change(document["media_url"]))


def _sorted_query(url: str) -> str:
    path, _, query = url.partition("?")
    return f"{path}?{'&'.join(reversed(query.split('&')))}"


async def _dubs_what_is_gone(call: Call, following: Next, _: Memory) -> Reply:
    url = value_of(call, "media_url")
    is_asked_for = call.operation == "createAsset" and isinstance(url, str) and "://" in url
    if is_asked_for and await is_gone(url):
        call = call.with_document({**call.document, "media_url": SOUND})
    return await following(call)


def _forgets_with_its_url(reply_of: Callable[[Document], Reply]) -> Act:
    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        url = value_of(call, "media_url")
        if call.operation == "createAsset" and reply.succeeded and "://" in str(url):
            memory.kept[reply.document["asset_id"]] = url
        if call.operation != "getAsset" or call.id not in memory.kept or not reply.succeeded:
            return reply
        is_ready = reply.document["status"] == "Ready"
        return (
            reply_of(reply.document) if is_ready and await is_gone(memory.kept[call.id]) else reply
        )

    return act


def _failed(asset: Document) -> Reply:
    error = {"code": "invalid_input", "message": "The video is no longer there."}
    return json_reply(200, {**asset, "status": "Failed", "error": error})


def _url_defects() -> Iterator[tuple[str, str, Act]]:
    create, plain = "createAsset", text("media_url", _plain_url)
    gone = _changes_url(lambda url: f"{url}.gone")
    yield "media-behind-url-is-dubbed", "asks-elsewhere", receives(create, gone, plain)
    signed = text("media_url", lambda url: "?" in url)
    query = "media-url-with-query-is-accepted"
    yield query, "refuses", refuses(create, signed)
    cut = _changes_url(lambda url: url.partition("?")[0])
    yield query, "without-query", receives(create, cut, signed)
    yield query, "unescaped", receives(create, _changes_url(unquote), signed)
    yield query, "reversed", receives(create, _changes_url(_sorted_query), signed)
    yield "media-url-may-expire", "failed", _forgets_with_its_url(_failed)
    no_url = text("media_url", lambda url: bool(url) and "://" not in url)
    yield "text-media-url-is-never-ready", "dubs", accepts(create, no_url, puts("media_url", SOUND))
    yield "dead-media-url-is-never-ready", "dubs", _dubs_what_is_gone
    track = text("background_url", bool)
    yield "background-url-is-used", "ignored", receives(create, drops("background_url"), track)


def _filename(call: Call) -> str:
    found = re.search(rb'name="?video"?;[^\r]*filename="?([^"\r;]*)', call.body)
    return found[1].decode("utf-8", "replace") if found else ""


def _video_start(call: Call) -> bytes:
    found = re.search(rb'name="?video"?;', call.body)
    if found is None:
        return b""
    start = call.body.index(b"\r\n\r\n", found.start()) + 4
    return call.body[start : start + 12]


def _renames_video(name: str, when: Callable[[Call], bool]) -> Act:
    """Uploads the video under a name that orders what becomes of it."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        old = _filename(call) if call.operation == "uploadAsset" else ""
        if old and when(call):
            before, after = f'filename="{old}"'.encode(), f'filename="{name}"'.encode()
            call = replace(call, body=call.body.replace(before, after, 1))
        return await following(call)

    return act


def _has_no_sound(call: Call) -> bool:
    return _is_media(call) and b"soun" not in call.body


def _has_no_picture(call: Call) -> bool:
    return _is_media(call) and b"vide" not in call.body.partition(b"moov")[2]


def _is_media(call: Call) -> bool:
    return _video_start(call)[4:8] == b"ftyp"


def _is_text(call: Call) -> bool:
    return _video_start(call).isascii() and not _is_media(call)


def _is_called(word: str) -> When:
    """Only what the client says tells one kind of silence from another without listening."""
    return lambda call: word in _filename(call)


# What must fail: by what it is known, its code, and another one that is told in its place.
FAULTS: dict[str, tuple[When, str, str]] = {
    "media-without-video": (_has_no_picture, "unsupported_media", "missing_audio_track"),
    "silent-video": (_is_called("silent"), "empty_transcript", "missing_audio_track"),
    "tone-only-video": (_is_called("tone"), "empty_transcript", "unsupported_media"),
    "video-without-audio": (_has_no_sound, "missing_audio_track", "empty_transcript"),
}


def _fault_defects() -> Iterator[tuple[str, str, Act]]:
    for fault, (when, _, other) in FAULTS.items():
        yield f"{fault}-fails", "dubbed", _renames_video("emulator-succeeds.mp4", when)
        name = f"emulator-{other.replace('_', '-')}.mp4"
        yield f"{fault}-code", other.replace("_", "-"), _renames_video(name, when)
        name = "emulator-invalid-input.mp4"
        yield f"{fault}-code", "invalid-input", _renames_video(name, when)
    for slug, when in (("text", _is_text), ("chance", lambda call: not _is_known(call))):
        act = _renames_video("emulator-succeeds.mp4", when)
        yield "no-media-is-never-ready", slug, act
    for limit in ("duration", "size"):
        fault = f"asset-video-{limit}-limit-reached"
        yield f"{limit}-limit-is-kept", "ignored", _heeds(fault, "")
        yield f"{limit}-limit-code", "invalid-input", _heeds(fault, "asset-invalid-input")
        other = "size" if limit == "duration" else "duration"
        yield f"{limit}-limit-code", other, _heeds(fault, f"asset-video-{other}-limit-reached")
    for slug, wrong in (("number", 7), ("list", ["invalid_input"]), ("true", True)):
        yield "error-form", slug, _puts_error(wrong)


def _is_known(call: Call) -> bool:
    return _is_media(call) or _video_start(call).isascii()


def _heeds(fault: str, other: str) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.header(FAULT_HEADER) == fault:
            kept = tuple(item for item in call.headers if item[0] != FAULT_HEADER)
            call = replace(call, headers=kept)
            call = call.with_header(FAULT_HEADER, other) if other else call
        return await following(call)

    return act


def _puts_error(wrong: object) -> Act:
    return answers(
        "getAsset",
        lambda asset, _: {**asset, "error": wrong},
        when=lambda asset, _: asset.get("status") == "Failed",
    )


DEFECTS = (
    *(Defect(f"panjaya.create-asset.{fact}", slug, act) for fact, slug, act in _url_defects()),
    *(Defect(f"panjaya.asset-errors.{fact}", slug, act) for fact, slug, act in _fault_defects()),
    Defect(
        "panjaya.upload-asset.uploaded-video-is-dubbed",
        "unsupported",
        _renames_video("emulator-unsupported-media.mp4", _is_media),
    ),
)
