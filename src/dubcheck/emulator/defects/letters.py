"""The ways in which services tell the wrong thing, as makers of defects; no promise is named."""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import Memory, Tell

Which = Callable[[Letter, Memory], bool]


def every(_: Letter, __: Memory) -> bool:
    """Every notice."""
    return True


def later(_: Letter, memory: Memory) -> bool:
    """Every notice but the first of the server."""
    return memory.count("told") > 0


def has_event(*events: str) -> Which:
    """Notices of these events."""
    return lambda letter, _: letter.document["event"] in events


def is_about_version(letter: Letter, _: Memory) -> bool:
    """Notices about a version."""
    return bool(letter.document.get("version_id"))


def each(change: Callable[[Letter], Letter], which: Which = every) -> Tell:
    """Changes every notice that fits."""
    return lambda letter, memory: [change(letter) if which(letter, memory) else letter]


def says(which: Which = every, *, drop: tuple[str, ...] = (), **values: object) -> Tell:
    """Puts values into what notices say, and leaves others out."""

    def change(letter: Letter) -> Letter:
        document = {**letter.document, **values}
        return letter.with_document({key: document[key] for key in document if key not in drop})

    return each(change, which)


def keeps_back(which: Which) -> Tell:
    """Does not send the notices that fit."""
    return lambda letter, memory: [] if which(letter, memory) else [letter]


def adds(after: str, untrue: str, *, once: bool = False) -> Tell:
    """Sends a notice about what did not happen, after each of an event or the first per asset."""

    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        document = letter.document
        if document["event"] != after or (once and memory.count(document["asset_id"])):
            return [letter]
        forged = {**document, "event": untrue}
        if untrue.startswith("asset_"):
            forged = {"event": untrue, "asset_id": document["asset_id"], "version_id": None}
        return [letter, letter.with_document(forged)]

    return tell
