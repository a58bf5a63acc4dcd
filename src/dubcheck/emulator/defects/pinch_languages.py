"""Pinch takes languages that it does not list, and shows them as it was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply

LISTED = ("en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh", "auto", "")


def _takes(field: str, stand_in: str, is_taken: Callable[[str], bool]) -> Act:
    """Takes more languages in a field; every later answer about such a job shows what was sent."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        taken = _sent(call, field)
        if call.operation == "createJob" and is_taken(taken):
            reply = await following(call.with_document({**call.document, field: stand_in}))
            if reply.succeeded:
                memory.kept[str(reply.document["job_id"])] = taken
        else:
            reply = await following(call)
        if call.operation not in ("createJob", "getJob", "listJobs") or not reply.succeeded:
            return reply
        shown = reply.document
        for job in shown["jobs"] if call.operation == "listJobs" else [shown]:
            job[field] = memory.kept.get(job["job_id"], job[field])
        return reply.with_document(shown)

    return act


def _sent(call: Call, field: str) -> str:
    document: Any = call.document
    value = document.get(field) if isinstance(document, dict) else None
    return value if isinstance(value, str) else ""


def _is_unlisted(code: str) -> bool:
    return code not in LISTED and code.strip().lower()[:2] not in LISTED


def _has_region(code: str) -> bool:
    return code not in LISTED and code[:2] in LISTED and code[2:3] == "-"


def _defects() -> Iterator[Defect]:
    for field, stand_in in (("target_lang", "fr"), ("source_lang", "auto")):
        promise = f"pinch.create-job.unsupported-{field.removesuffix('_lang')}-is-refused"
        for slug, is_taken in (
            ("shows-dutch", lambda code: code == "nl"),
            ("shows-any-text", _is_unlisted),
            ("shows-regions", _has_region),
        ):
            yield Defect(promise, slug, _takes(field, stand_in, is_taken))


DEFECTS = tuple(_defects())
