"""Permissible differences of Panjaya."""

from __future__ import annotations

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply
from dubcheck.emulator.defects.ways import restates
from dubcheck.emulator.variations.both import deeply, everywhere


def _renamed(old: str, new: str) -> Act:
    def change(value: object) -> object:
        if isinstance(value, dict) and old in value:
            return {new if key == old else key: item for key, item in value.items()}
        return value

    return everywhere(deeply(change))


async def _no_list(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation == "listAssets" and reply.status != 401:
        return Reply(404, reply.headers, b'{"detail": "Not Found"}')
    return reply


async def _framework_422(call: Call, following: Next, _: Memory) -> Reply:
    """Missing fields and wrong types get the framework's 422 with a list; values get 400."""
    reply = await following(call)
    document = call.document
    if reply.status != 400 or call.operation is None:
        return reply
    names = ("name", "locale", "languages")
    wanted = names if call.operation != "addLanguages" else ("languages",)
    malformed = not isinstance(document, dict) or any(
        not isinstance(document.get(name), list if name == "languages" else str) for name in wanted
    )
    if not malformed:
        return reply
    detail = [{"loc": ["body"], "msg": "Field required", "type": "missing"}]
    return reply.with_document({"detail": detail}, status=422)


PANJAYA: dict[str, Act] = {
    "panjaya-create-201": restates("createAsset", 200, 201),
    "panjaya-upload-201": restates("uploadAsset", 200, 201),
    "panjaya-add-languages-201": restates("addLanguages", 200, 201),
    "panjaya-no-list": _no_list,
    "panjaya-framework-422": _framework_422,
    "panjaya-dubbing-id-as-id": _renamed("dubbing_id", "id"),
    "panjaya-unknown-version-400": restates("reviseVersion", 404, 400),
}
