"""Makers of Panjaya defects that know an asset again, or ask the emulator; no promise is named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS, Document, When, always

CREATORS = ("createAsset", "uploadAsset")
READY = "Ready"
Change = Callable[[Document, Document], None]


def shows(change: Change, when: When = always, *, until_added: bool = False) -> Act:
    """Changes every picture of the assets whose request fits; `change` sees the request too.

    `until_added` spares the pictures before languages are added, and sees that request instead.
    """
    remembering = ("addLanguages",) if until_added else CREATORS

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        document = reply.document
        if not reply.succeeded or not isinstance(document, dict):
            return reply
        if call.operation in remembering and when(call):
            memory.kept[document["asset_id"]] = call.document
        pictures = document.get("assets", [document])
        known = [item for item in pictures if item.get("asset_id") in memory.kept]
        for item in known if "version_id" not in document else ():
            change(item, memory.kept[item["asset_id"]])
        return reply.with_document(document) if known else reply

    return act


def fails(
    code: str, when: Callable[[Document, Document], bool], *, until_added: bool = False
) -> Act:
    """Shows assets as Failed that became Ready, if the asset and its request fit."""

    def change(asset: Document, request: Document) -> None:
        if asset["status"] == READY and when(asset, request):
            message = "The asset could not be dubbed as was asked."
            asset.update(status="Failed", error={"code": code, "message": message})

    return shows(change, until_added=until_added)


def is_as_created(asset: Document, request: Document) -> bool:
    """Whether no language was added to an asset since it was created."""
    return len(asset.get("languages") or ()) == len(request.get("languages") or ())


NO_VERSION = {"detail": "There is no such version."}


def versions_in(asset: Document) -> list[tuple[Document, Document]]:
    """Each language of an asset with each of its versions."""
    return [
        (language, version)
        for language in asset.get("languages", ())
        for version in language.get("versions") or ()
    ]


def ids_of_versions(asset: Document) -> list[str]:
    """The ids of all versions of an asset, in order."""
    return [version["version_id"] for _, version in versions_in(asset)]


def hide_versions(language: Document) -> None:
    """Shows a language without its versions, where it shows any."""
    if "versions" in language:
        language["versions"] = []


async def asset_of(call: Call, following: Next, identifier: str) -> Document:
    """What the caller would be shown of an asset; empty where it is not found."""
    return await _asked(call, following, "getAsset", f"/v1/assets/{identifier}")


async def version_of(call: Call, following: Next, identifier: str) -> Document:
    """What the caller would be shown of a version; empty where it is not found."""
    return await _asked(call, following, "getVersion", f"/v1/versions/{identifier}")


async def _asked(call: Call, following: Next, operation: str, path: str) -> Document:
    asked = replace(call, method="GET", path=path, query="", body=b"", operation=operation)
    reply = await following(asked)
    return reply.document if reply.succeeded else {}


def revising(answer: Callable[[Call, Document], Reply | None]) -> Act:
    """Answers a revision by itself, seeing the version as it is; None leaves it to the service."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == "reviseVersion" and call.is_owners:
            reply = answer(call, await version_of(call, following, call.id))
            if reply is not None:
                return reply
        return await following(call)

    return act


def refuses_revision(*statuses: str) -> Act:
    """Refuses to revise versions in these statuses."""
    return revising(
        lambda _, version: (
            json_reply(400, REFUSALS["panjaya"]) if version.get("status") in statuses else None
        )
    )


def claims_revision(*statuses: str) -> Act:
    """Says that versions in these statuses were revised."""
    return revising(
        lambda _, version: (
            json_reply(200, {"studio_url": None}) if version.get("status") in statuses else None
        )
    )


def refuses_additions(when: When) -> Act:
    """Refuses languages that should be added, to assets that are there."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        is_addition = call.operation == "addLanguages" and when(call)
        if is_addition and await asset_of(call, following, call.id):
            return json_reply(400, REFUSALS["panjaya"])
        return await following(call)

    return act


def generates(when: When, operations: tuple[str, ...], *, added_only: bool = False) -> Act:
    """Makes the final video of every version by itself, once its asset is Ready."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        document: Any = reply.document
        if reply.succeeded and call.operation in operations and when(call):
            earlier = document["languages"][:-1] if added_only else []
            memory.kept[document["asset_id"]] = [item["locale"] for item in earlier]
        is_due = call.operation == "getAsset" and reply.succeeded and document["status"] == READY
        if is_due and call.id in memory.kept:
            spared = memory.kept.pop(call.id)
            for language, version in versions_in(document):
                if language["locale"] not in spared:
                    path = f"/_emulator/versions/{version['version_id']}/generate"
                    await following(replace(call, method="POST", path=path, operation=None))
        return reply

    return act


async def is_gone(url: str) -> bool:
    """Whether nothing is found at a URL of the client's."""

    def look() -> bool:
        try:
            with urlopen(Request(url, method="HEAD"), timeout=5):  # noqa: S310 - as the client gave it
                return False
        except (URLError, ValueError):
            return True

    return await asyncio.to_thread(look)
