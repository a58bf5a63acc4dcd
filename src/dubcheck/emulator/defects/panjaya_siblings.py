"""Panjaya revisions that reach further than the version they name, or not as far."""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_memory import ids_of_versions
from dubcheck.emulator.defects.ways import REFUSALS, Document

_COMPLETED, _GENERATING, _READY = "Completed", "Generating", "ReadyToEdit"
# The revised version's place among those of its asset, and another's.
_Which = Callable[[int, int], bool]


def _takes_back(status: str, which: _Which = lambda *_: True) -> Act:
    """After a revision, other versions of the asset in this status are shown as editable again."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if not reply.succeeded:
            return reply
        if call.operation == "getAsset":
            _remember(reply.document, memory)
        elif call.operation == "reviseVersion":
            family: list[str] = memory.kept.get(f"family {call.id}", [])
            memory.kept.pop(f"reached {call.id}", None)
            for place, other in enumerate(family):
                if other != call.id and which(family.index(call.id), place):
                    was_shown = memory.kept.get(f"shown {other}") == status
                    memory.kept[f"reached {other}"] = was_shown
        elif call.operation == "getVersion":
            memory.kept[f"shown {call.id}"] = reply.document["status"]
            if memory.kept.get(f"reached {call.id}"):
                editable = {"status": _READY, "result_url": None}
                return reply.with_document({**reply.document, **editable})
        return reply

    return act


def _remember(asset: Document, memory: Memory) -> None:
    family = ids_of_versions(asset)
    for version_id in family:
        memory.kept[f"family {version_id}"] = family


async def _refuses_later_ones(call: Call, following: Next, memory: Memory) -> Reply:
    """Of each asset, only the version of the first language is revised."""
    family: list[str] = memory.kept.get(f"family {call.id}", [])
    if call.operation == "reviseVersion" and call.is_owners and call.id in family[1:]:
        return json_reply(400, REFUSALS["panjaya"])
    reply = await following(call)
    if call.operation == "getAsset" and reply.succeeded:
        _remember(reply.document, memory)
    return reply


_REQUIREMENT = "panjaya.revise-version.other-versions-are-kept"
DEFECTS = (
    Defect(
        "panjaya.revise-version.ready-version-is-revised", "first-language", _refuses_later_ones
    ),
    Defect(_REQUIREMENT, "completed", _takes_back(_COMPLETED)),
    Defect(_REQUIREMENT, "generating", _takes_back(_GENERATING)),
    Defect(_REQUIREMENT, "later-ones", _takes_back(_COMPLETED, lambda own, place: place > own)),
)
