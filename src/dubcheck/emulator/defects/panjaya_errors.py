"""Panjaya assets that do not come to what they should, and errors of no single field."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_bodies import text
from dubcheck.emulator.defects.panjaya_memory import (
    fails,
    hide_versions,
    is_as_created,
    shows,
    versions_in,
)
from dubcheck.emulator.defects.ways import Document, answers, errs, refuses

HIDDEN_SECONDS = 0.1


def _hidden_at_first() -> Act:
    """A new asset is not found for a moment, as where a copy is read that lags behind."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation in ("createAsset", "uploadAsset") and reply.succeeded:
            memory.kept[reply.document["asset_id"]] = time.monotonic() + HIDDEN_SECONDS
        is_new = memory.kept.get(call.id, 0.0) > time.monotonic()
        if call.operation == "getAsset" and is_new and reply.succeeded:
            return json_reply(404, {"detail": "No such asset"})
        return reply

    return act


def _versions_hidden(which: slice) -> Act:
    def alter(asset: Document, request: Document) -> None:
        for item in asset["languages"][which] if is_as_created(asset, request) else ():
            hide_versions(item)

    return shows(alter)


def _hides_every_version(asset: Document, _: Call) -> None:
    for item in asset["languages"]:
        hide_versions(item)


def _unknown_ids(asset: Document, _: Call) -> None:
    for _language, version in versions_in(asset):
        version["version_id"] = version["version_id"][::-1]


def _some(asset: Document, _: Document) -> bool:
    return bool(asset["languages"])


def _sends(field: str, test: Callable[[Any], Any]) -> Callable[[Document, Document], bool]:
    return lambda _, request: bool(test(request.get(field)))


def _in_several_languages(_: Document, request: Document) -> bool:
    return len(request["languages"]) > 1


def _html_for_refusals(operation: str) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.status >= 400:
            return Reply(reply.status, (("content-type", "text/html"),), b"<h1>Refused</h1>")
        return reply

    return act


def _answers_for(status: int, wanted: int) -> Act:
    """Answers paths and methods that are not there with another status."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        is_route = call.operation is not None or not call.path.startswith("/v1/")
        return reply if is_route or reply.status != status else json_reply(wanted, {"detail": "?"})

    return act


def _refuses_both(when: Callable[[Call], bool]) -> Act:
    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        operation = call.operation if call.operation in ("createAsset", "uploadAsset") else "none"
        return await refuses(operation, when)(call, following, memory)

    return act


def _recodes(right: int, wrong: int) -> Act:
    """Another status where the key was good."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        return reply if reply.status != right else Reply(wrong, reply.headers, reply.body)

    return act


def _crashes(when: Callable[[Call], bool]) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        is_wrong = 400 <= reply.status <= 499 and when(call)
        return json_reply(500, {"detail": "It broke."}) if is_wrong else reply

    return act


def _is_not_text(call: Call) -> bool:
    try:
        call.body.decode()
    except UnicodeDecodeError:
        return call.operation == "createAsset"
    return False


def _has_no_boundary(call: Call) -> bool:
    kind = call.header("content-type") or ""
    return kind.startswith("multipart/form-data") and "boundary" not in kind


def _is_nested(call: Call) -> bool:
    return call.body.startswith(b"[" * 1000)


def _is_odd_id(call: Call) -> bool:
    return call.operation == "getAsset" and not call.id.isascii()


def _is_empty(call: Call) -> bool:
    return call.operation == "createAsset" and not call.body


DEFECTS = (
    *(
        Defect("panjaya.errors.invalid-input-is-no-server-error", slug, _crashes(when))
        for slug, when in (
            ("no-utf-8", _is_not_text),
            ("no-boundary", _has_no_boundary),
            ("nested", _is_nested),
            ("odd-id", _is_odd_id),
            ("no-body", _is_empty),
        )
    ),
    Defect("panjaya.errors.unknown-path-is-404", "400", _answers_for(404, 400)),
    Defect("panjaya.errors.unknown-path-is-404", "empty-200", _answers_for(404, 200)),
    Defect("panjaya.errors.wrong-method-is-refused", "500", _answers_for(405, 500)),
    Defect("panjaya.errors.wrong-method-is-refused", "empty-200", _answers_for(405, 200)),
    Defect(
        "panjaya.errors.account-limit-is-403",
        "400",
        _recodes(403, 400),
    ),
    Defect("panjaya.get-asset.asset-is-found-at-once", "hidden-at-first", _hidden_at_first()),
    Defect(
        "panjaya.get-asset.ready-asset-shows-versions",
        "none",
        answers("getAsset", _hides_every_version),
    ),
    Defect(
        "panjaya.get-asset.ready-asset-shows-versions",
        "unknown-ids",
        answers("getAsset", _unknown_ids),
    ),
    Defect(
        "panjaya.lifecycle.each-language-gets-initial-version",
        "first-only",
        _versions_hidden(slice(1, None)),
    ),
    Defect(
        "panjaya.lifecycle.each-language-gets-initial-version",
        "not-the-last-of-three",
        _versions_hidden(slice(2, None)),
    ),
    Defect(
        "panjaya.lifecycle.sound-video-becomes-ready",
        "fails",
        fails("empty_transcript", _some),
    ),
    Defect(
        "panjaya.lifecycle.sound-video-becomes-ready",
        "several-languages",
        fails("video_duration_limit_reached", _in_several_languages),
    ),
    Defect(
        "panjaya.lifecycle.sound-video-becomes-ready",
        "background-from-url",
        fails("invalid_input", lambda _, request: bool(request.get("background_url"))),
    ),
    *(
        Defect("panjaya.lifecycle.sound-video-becomes-ready", slug, fails("invalid_input", test))
        for slug, test in (
            ("not-with-faster-lips", _sends("lips_model", lambda it: it == "real_face_turbo")),
            ("not-with-text-of-the-source", _sends("srt", lambda it: it and "-->" not in it)),
            ("not-from-hebrew", _sends("locale", lambda it: it == "he-IL")),
        )
    ),
    Defect(
        "panjaya.list-assets.error-has-detail",
        "message",
        errs(lambda body: {"message": body.get("detail")}, operation="listAssets"),
    ),
    Defect("panjaya.list-assets.error-has-detail", "html", _html_for_refusals("listAssets")),
    Defect(
        "panjaya.locales.source-he-il-is-accepted",
        "refuses",
        _refuses_both(text("locale", lambda code: code == "he-IL")),
    ),
)
