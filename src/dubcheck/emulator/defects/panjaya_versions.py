"""Panjaya versions shown and revised otherwise than documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from dubcheck.emulator.defects.panjaya_bodies import has
from dubcheck.emulator.defects.panjaya_memory import (
    claims_revision,
    refuses_revision,
    revising,
    version_of,
)
from dubcheck.emulator.defects.ways import REFUSALS, Document, answers, errs, replaces

READY, GENERATING, COMPLETED = "ReadyToEdit", "Generating", "Completed"
NOT_READY, FAILED = "NotReady", "Failed"
STUDIO = "https://studio.panjaya.example/assets/1"


def _when(status: str, change: Callable[[Document], Document]) -> Act:
    return answers(
        "getVersion",
        lambda version, _: change(version),
        when=lambda version, _: version.get("status") == status,
    )


def _result_defects() -> Iterator[tuple[str, str, Act]]:
    yield "result-url-is-url-or-null", "false", replaces("getVersion", False, "result_url")
    path = _when(COMPLETED, lambda version: {**version, "result_url": "/results/1.mp4"})
    yield "result-url-is-url-or-null", "path", path
    listed = _when(COMPLETED, lambda version: {**version, "result_url": [version["result_url"]]})
    yield "result-url-is-url-or-null", "list", listed
    null = _when(COMPLETED, lambda version: {**version, "result_url": None})
    yield "completed-version-has-result-url", "null", null
    lacks = {"result_url"}
    missing = _when(
        COMPLETED, lambda version: {key: version[key] for key in version if key not in lacks}
    )
    yield "completed-version-has-result-url", "missing", missing
    yield "malformed-version-id-is-refused", "empty", _found_anyway("getVersion", _is_odd)
    yield "malformed-version-id-is-refused", "long", _found_anyway("getVersion", _is_long)


def _is_odd(identifier: str) -> bool:
    return " " in identifier or "!" in identifier


def _is_long(identifier: str) -> bool:
    return len(identifier) > 100


def _found_anyway(operation: str, when: Callable[[str], bool]) -> Act:
    """Answers for what cannot be an id as for something that is there."""
    there: dict[str, Document] = {
        "getVersion": {"status": NOT_READY, "studio_url": None, "result_url": None},
        "getAsset": {
            "name": "Untitled",
            "locale": "en-US",
            "created_at": "2021-08-10T12:00:00Z",
            "status": "Dubbing",
            "languages": [{"locale": "es-ES", "dubbing_id": None}],
            "duration": None,
        },
    }

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.status == 404 and when(call.id):
            named = {"asset_id": call.id} if operation == "getAsset" else {"version_id": call.id}
            return json_reply(200, {**named, **there[operation]})
        return reply

    return act


def _after_revision(change: Callable[[Document, Document], Document], was: str, times: int) -> Act:
    """Shows a revised version otherwise in its next readings; `change` sees it as it was too."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        before = await version_of(call, following, call.id) if _revises(call) else {}
        reply = await following(call)
        if _revises(call) and reply.succeeded and before.get("status") == was:
            memory.kept[call.id] = (before, times)
        earlier, left = memory.kept.get(call.id, ({}, 0))
        if call.operation == "getVersion" and reply.succeeded and left:
            memory.kept[call.id] = (earlier, left - 1)
            return reply.with_document(change(reply.document, earlier))
        return reply

    return act


def _revises(call: Call) -> bool:
    return call.operation == "reviseVersion"


def _stopped_by_a_refusal(times: int) -> Act:
    """A refused revision stops the making of the final video all the same."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        before = await version_of(call, following, call.id) if _revises(call) else {}
        reply = await following(call)
        if _revises(call) and reply.status == 400 and before.get("status") == GENERATING:
            memory.kept[call.id] = times
        if call.operation == "getVersion" and memory.kept.get(call.id):
            shown: Any = {**reply.document, "status": READY, "result_url": None}
            return reply.with_document(shown)
        return reply

    return act


def _without_studio(when: Callable[[Call], bool]) -> Act:
    return answers(
        "reviseVersion",
        lambda answer, _: {**answer, "studio_url": None},
        when=lambda _, call: when(call),
    )


def _is_empty(call: Call) -> bool:
    return isinstance(call.document, dict) and not call.document


def _refuses_empty(call: Call, version: Document) -> Reply | None:
    is_refused = _is_empty(call) and bool(version)
    return json_reply(400, REFUSALS["panjaya"]) if is_refused else None


def _asks_with_an_empty_object(call: Call) -> bool:
    return isinstance(call.document, dict) and call.document.get("studio_url_request") == {}


def _claims_unknown(call: Call, version: Document) -> Reply | None:
    is_well_formed = len(call.id) == 24 and call.id.isalnum()
    return json_reply(200, {"studio_url": None}) if is_well_formed and not version else None


def _empty_answer(operation: str) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.succeeded:
            return Reply(reply.status, reply.headers, b"null")
        return reply

    return act


def _revise_defects() -> Iterator[tuple[str, str, Act]]:
    listed = answers("reviseVersion", lambda answer, _: [answer])  # type: ignore[arg-type,return-value] # wrong on purpose
    yield "answer-is-json-object", "list", listed
    yield "answer-is-json-object", "null", _empty_answer("reviseVersion")
    for fact, status in (("ready", READY), ("completed", COMPLETED), ("failed", FAILED)):
        yield f"{fact}-version-is-revised", "refuses", refuses_revision(status)
    yield "generating-version-is-refused", "accepts", claims_revision(GENERATING)
    yield "unprepared-version-is-refused", "accepts", claims_revision(NOT_READY)
    yield "refusal-changes-nothing", "stops", _stopped_by_a_refusal(1)
    for slug, status, was in (
        ("generating", GENERATING, READY),
        ("not-ready", NOT_READY, READY),
    ):
        yield "status-becomes-ready-to-edit", slug, _after_revision(_as(status), was, 1)
    stale = _after_revision(lambda version, before: before, COMPLETED, 3)
    yield "status-becomes-ready-to-edit", "still-completed", stale
    kept = _after_revision(
        lambda version, before: {**version, "result_url": before["result_url"]}, COMPLETED, 99
    )
    yield "result-url-is-deleted", "kept", kept
    yield "requested-studio-url-is-given", "null", _without_studio(has("studio_url_request"))
    null = _without_studio(_asks_with_an_empty_object)
    yield "requested-studio-url-is-given", "null-for-empty-object", null
    yield "empty-object-is-accepted", "refuses", revising(_refuses_empty)
    yield "unknown-version-is-refused", "accepts", revising(_claims_unknown)
    yield (
        "error-has-detail",
        "message",
        errs(lambda body: {"message": body.get("detail")}, operation="reviseVersion"),
    )
    yield (
        "error-has-detail",
        "list",
        errs(lambda body: {"detail": {"text": body.get("detail")}}, operation="reviseVersion"),
    )


def _as(status: str) -> Callable[[Document, Document], Document]:
    return lambda version, _: {**version, "status": status}


DEFECTS = (
    *(Defect(f"panjaya.get-version.{fact}", slug, act) for fact, slug, act in _result_defects()),
    *(Defect(f"panjaya.revise-version.{fact}", slug, act) for fact, slug, act in _revise_defects()),
    Defect(
        "panjaya.get-asset.malformed-asset-id-is-refused", "odd", _found_anyway("getAsset", _is_odd)
    ),
    Defect(
        "panjaya.get-asset.malformed-asset-id-is-refused",
        "long",
        _found_anyway("getAsset", _is_long),
    ),
)
