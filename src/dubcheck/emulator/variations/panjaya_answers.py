"""Variations in what Panjaya tells of assets and versions; as acts."""

from __future__ import annotations

import asyncio
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply
from dubcheck.emulator.defects.ways import answers
from dubcheck.emulator.variations.changes import Document, deeply, everywhere
from dubcheck.emulator.variations.panjaya_languages import in_assets

_MANY_LANGUAGES = 3


def renamed(old: str, new: str) -> Act:
    """A key that no document prints, under another name."""

    def change(value: object) -> object:
        if isinstance(value, dict) and old in value:
            return {new if key == old else key: item for key, item in value.items()}
        return value

    return everywhere(deeply(change))


async def error_as_text(call: Call, following: Next, _: Memory) -> Reply:
    """Code and message in one text."""

    def told(asset: Document) -> None:
        error = asset.get("error")
        if isinstance(error, dict):
            asset["error"] = f"{error['code']}: {error['message']}"

    return in_assets(await following(call), told)


async def some_absent(call: Call, following: Next, _: Memory) -> Reply:
    """No key for a duration that is not known; null for a dubbing that is not there."""

    def shortened(asset: Document) -> None:
        if asset.get("duration") is None:
            asset.pop("duration", None)

    return in_assets(await following(call), shortened)


async def finished_at_first_sight(call: Call, following: Next, _: Memory) -> Reply:
    """The first answer about an asset after its creation shows how it ended."""
    reply = await following(call)
    until = asyncio.get_running_loop().time() + 4
    while call.operation == "getAsset" and reply.succeeded:
        is_over = asyncio.get_running_loop().time() > until
        if reply.document["status"] != "Dubbing" or is_over:
            break
        await asyncio.sleep(0.02)
        reply = await following(call)
    return reply


async def many_languages_stay_dubbing(call: Call, following: Next, _: Memory) -> Reply:
    """Assets of three languages and more never become Ready, though their versions are."""

    def held(asset: Document) -> None:
        if len(asset["languages"]) >= _MANY_LANGUAGES and asset["status"] == "Ready":
            asset["status"] = "Dubbing"

    return in_assets(await following(call), held)


def studio_before_editing(*, absent: bool) -> Act:
    """Nothing to open before the version is prepared."""

    def change(version: Document, _: Call) -> None:
        if version["status"] == "NotReady":
            version["studio_url"] = None
            if absent:
                del version["studio_url"]

    return answers("getVersion", change)


def _asked(call: Call) -> Any:
    document = call.document
    return document.get("studio_url_request") if isinstance(document, dict) else None


def studio_unasked(address: str | None) -> Act:
    """What a revision answers that asked for no address: this one, or no key."""

    def change(answer: Document, call: Call) -> None:
        if _asked(call) is None:
            answer["studio_url"] = address
            if address is None:
                del answer["studio_url"]

    return answers("reviseVersion", change)


def studio_for_null(address: str) -> Act:
    """Null asks for an address as anything else does."""

    def change(answer: Document, call: Call) -> None:
        if isinstance(call.document, dict) and "studio_url_request" in call.document:
            answer["studio_url"] = answer["studio_url"] or address

    return answers("reviseVersion", change)
