"""Panjaya answers with a field that is missing, of the wrong form, or of another resource."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.panjaya_bodies import languages_of
from dubcheck.emulator.defects.ways import Document, answers, drops, errs, replaces, restates

ASSETS = {
    "create-asset": "createAsset",
    "upload-asset": "uploadAsset",
    "get-asset": "getAsset",
    "add-languages": "addLanguages",
}
# Fact, field, a value of the wrong form.
FIELDS: tuple[tuple[str, str, object], ...] = (
    ("answer-has-asset-id", "asset_id", 17),
    ("answer-has-name", "name", None),
    ("answer-has-source-locale", "locale", ["en-US"]),
    ("answer-has-creation-time", "created_at", 1_628_596_800),
    ("answer-has-status", "status", 3),
    ("answer-has-languages", "languages", "es-ES"),
)


def _field_defects() -> Iterator[Defect]:
    for topic, operation in ASSETS.items():
        for fact, field, wrong in FIELDS:
            name = f"panjaya.{topic}.{fact}"
            yield Defect(name, "missing", drops(operation, field))
            yield Defect(name, "wrong-form", replaces(operation, wrong, field))
        name = f"panjaya.{topic}.answer-has-creation-time"
        yield Defect(
            name, "day-alone", replaces(operation, lambda moment: moment[:10], "created_at")
        )
        name = f"panjaya.{topic}.each-language-has-locale"
        yield Defect(name, "missing", drops(operation, "languages", "*", "locale"))
        null = replaces(operation, None, "languages", "*", "locale", last_item_only=True)
        yield Defect(name, "null-in-the-last", null)
        name = f"panjaya.{topic}.duration-is-number-or-null"
        yield Defect(name, "text", replaces(operation, "2:03", "duration"))
    for topic, operation in {**ASSETS, "get-version": "getVersion"}.items():
        name = f"panjaya.{topic}.answer-is-json-object"
        yield Defect(name, "list", answers(operation, lambda asset, _: [asset]))  # type: ignore[arg-type,return-value] # wrong on purpose
        yield Defect(f"panjaya.{topic}.error-has-detail", "message", _other_error(operation))
        yield Defect(f"panjaya.{topic}.error-has-detail", "html", _html_error(operation))


def _other_error(operation: str) -> Act:
    return errs(lambda body: {"message": body.get("detail")}, operation=operation)


def _html_error(operation: str) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and 400 <= reply.status <= 499:
            return Reply(reply.status, (("content-type", "text/html"),), b"<h1>Bad Request</h1>")
        return reply

    return act


def _without_added(asset: Document, call: Call) -> Document:
    added = [item["locale"] for item in languages_of(call)]
    kept = [item for item in asset["languages"] if item["locale"] not in added]
    return {**asset, "languages": kept}


def _earlier_only(asset: Document, _: Call) -> Document:
    return {**asset, "languages": asset["languages"][-1:]}


def _same_dubbing_ids(asset: Document, _: Call) -> Document:
    ids = [item["dubbing_id"] for item in asset["languages"]]
    same = [{**item, "dubbing_id": ids[0]} for item in asset["languages"]]
    return {**asset, "languages": same}


def _fresh_dubbing_ids() -> Act:
    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation != "getAsset" or not reply.succeeded:
            return reply
        asset = reply.document
        for item in asset["languages"]:
            if item.get("dubbing_id"):
                item["dubbing_id"] = f"{item['dubbing_id'][:-4]}{memory.count('asked'):04d}"
        return reply.with_document(asset)

    return act


def _drifting() -> Act:
    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation != "getAsset" or not reply.succeeded:
            return reply
        stamp = f"2021-08-10T12:00:{memory.count('asked') % 60:02d}Z"
        return reply.with_document({**reply.document, "created_at": stamp})

    return act


def _when_status(status: str, **changes: object) -> Act:
    return answers(
        "getAsset",
        lambda asset, _: {**asset, **changes},
        when=lambda asset, _: asset.get("status") == status,
    )


def _version_when(status: str, **changes: object) -> Act:
    return answers(
        "getVersion",
        lambda version, _: {**version, **changes},
        when=lambda version, _: version.get("status") == status,
    )


VALUE_DEFECTS = (
    Defect("panjaya.get-asset.found-status-is-200", "202", restates("getAsset", 200, 202)),
    Defect(
        "panjaya.get-asset.asset-id-is-echoed", "other", replaces("getAsset", "0" * 24, "asset_id")
    ),
    Defect(
        "panjaya.add-languages.asset-id-is-echoed",
        "other",
        replaces("addLanguages", "0" * 24, "asset_id"),
    ),
    Defect(
        "panjaya.get-asset.name-is-that-of-creation",
        "other",
        replaces("getAsset", "Untitled", "name"),
    ),
    Defect(
        "panjaya.add-languages.name-is-unchanged",
        "other",
        replaces("addLanguages", "Untitled", "name"),
    ),
    Defect(
        "panjaya.get-asset.locale-is-that-of-creation",
        "other",
        replaces("getAsset", "nb-NO", "locale"),
    ),
    Defect(
        "panjaya.add-languages.source-locale-is-unchanged",
        "other",
        replaces("addLanguages", "nb-NO", "locale"),
    ),
    Defect("panjaya.get-asset.creation-time-never-changes", "drifts", _drifting()),
    Defect(
        "panjaya.get-asset.languages-are-the-requested-ones",
        "last-only",
        answers("getAsset", _earlier_only, when=lambda asset, _: len(asset["languages"]) > 1),
    ),
    Defect(
        "panjaya.add-languages.earlier-languages-are-kept",
        "last-only",
        answers("addLanguages", _earlier_only),
    ),
    Defect(
        "panjaya.add-languages.added-languages-are-shown",
        "not-yet",
        answers("addLanguages", _without_added),
    ),
    Defect(
        "panjaya.get-asset.ready-asset-has-duration", "null", _when_status("Ready", duration=None)
    ),
    Defect(
        "panjaya.get-asset.duration-is-that-of-video",
        "minutes",
        _when_status("Ready", duration=0.04),
    ),
    Defect("panjaya.get-asset.unknown-asset-is-404", "400", restates("getAsset", 404, 400)),
    Defect("panjaya.add-languages.unknown-asset-is-404", "400", restates("addLanguages", 404, 400)),
    Defect("panjaya.get-version.unknown-version-is-404", "400", restates("getVersion", 404, 400)),
    Defect("panjaya.get-version.found-status-is-200", "202", restates("getVersion", 200, 202)),
    Defect("panjaya.get-version.answer-has-status", "missing", drops("getVersion", "status")),
    Defect(
        "panjaya.get-version.answer-has-status",
        "unlisted",
        replaces("getVersion", "Done", "status"),
    ),
    Defect(
        "panjaya.get-version.studio-url-is-url-or-null",
        "path",
        replaces("getVersion", "/studio/1", "studio_url"),
    ),
    Defect(
        "panjaya.get-version.editable-version-has-studio-url",
        "null",
        _version_when("ReadyToEdit", studio_url=None),
    ),
    Defect(
        "panjaya.get-version.no-result-url-before-video",
        "early",
        _version_when("ReadyToEdit", result_url="https://cdn.example.com/result.mp4"),
    ),
    Defect(
        "panjaya.revise-version.success-status-is-200", "201", restates("reviseVersion", 200, 201)
    ),
    Defect(
        "panjaya.lifecycle.dubbing-ids-differ-within-asset",
        "same",
        answers(
            "getAsset",
            _same_dubbing_ids,
            when=lambda asset, _: (
                len(asset["languages"]) > 1 and asset["languages"][0]["dubbing_id"]
            ),
        ),
    ),
    Defect("panjaya.lifecycle.dubbing-id-never-changes", "fresh", _fresh_dubbing_ids()),
    Defect(
        "panjaya.lifecycle.ready-language-has-dubbing-id",
        "null",
        answers(
            "getAsset",
            lambda asset, _: {
                **asset,
                "languages": [{**item, "dubbing_id": None} for item in asset["languages"]],
            },
            when=lambda asset, _: asset["status"] == "Ready",
        ),
    ),
    Defect(
        "panjaya.asset-errors.failed-asset-has-error", "null", _when_status("Failed", error=None)
    ),
    Defect(
        "panjaya.asset-errors.failed-asset-has-code",
        "no-code",
        _when_status("Failed", error={"message": "It did not work out as planned."}),
    ),
    Defect(
        "panjaya.asset-errors.failed-asset-has-message",
        "no-message",
        answers(
            "getAsset",
            lambda asset, _: {**asset, "error": {"code": asset["error"]["code"]}},
            when=lambda asset, _: bool(asset.get("error")),
        ),
    ),
    Defect(
        "panjaya.asset-errors.error-only-when-failed",
        "always",
        _when_status("Ready", error={"code": "invalid_input", "message": "none"}),
    ),
    Defect("panjaya.errors.detail-is-not-empty", "empty", errs(lambda _: {"detail": ""})),
    Defect(
        "panjaya.list-assets.page-holds-an-array",
        "object",
        answers("listAssets", lambda page, _: {"assets": {}, "total": 0}),
    ),
)

DEFECTS = (*_field_defects(), *VALUE_DEFECTS)
