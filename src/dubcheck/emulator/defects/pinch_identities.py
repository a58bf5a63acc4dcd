"""Ids that Pinch takes for those of jobs, or for none, and jobs that it no longer knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.ways import Document, crashes

_USUAL = re.compile(r"dub_[0-9a-f]{8}")


def _finds(operation: str, nearest: Callable[[str], str]) -> Act:
    """Looks for another id than the one in the path, and answers as if it were that one."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation != operation:
            return await following(call)
        known = nearest(call.id)
        path = call.path.replace(call.id, known, 1)
        reply = await following(replace(call, path=path, id=known))
        if reply.succeeded:
            return reply.with_document({**reply.document, "job_id": call.id})
        return reply

    return act


def _begun_alike(identifier: str) -> str:
    return identifier[: len("dub_") + 8]


def _knows_own_form_only(operation: str) -> Act:
    """Ids of another form than its own are none that the store can look for."""
    return crashes(operation, lambda call: not _USUAL.match(call.id))


async def _without_failed(call: Call, following: Next, _: Memory) -> Reply:
    """Jobs leave the list, and its total, as soon as they have failed."""
    if call.operation != "listJobs":
        return await following(call)
    reply = await following(call)
    if not reply.succeeded or not isinstance(reply.document, dict):
        return reply
    asked: Document = reply.document
    kept: list[Document] = []
    offset, total = 0, 1
    while offset < total:
        query = f"limit=100&offset={offset}"
        page = (await following(replace(call, query=query))).document
        kept += [job for job in page["jobs"] if job["status"] != "failed"]
        offset, total = offset + 100, page["total"]
    start = asked["offset"]
    jobs = kept[start : start + asked["limit"]]
    return reply.with_document({**asked, "jobs": jobs, "total": len(kept)})


def _makes_up(operation: str, fields: Document) -> Act:
    """Answers about an id that no job has with what a careless template holds."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.status == 404:
            return json_reply(200, {"job_id": call.id, **fields})
        return reply

    return act


def _defects() -> Iterator[Defect]:
    for operation, name in (("getJob", "get-job"), ("getJobResult", "get-result")):
        promise = f"pinch.{name}.unknown-job-is-refused"
        yield Defect(promise, "begun-alike", _finds(operation, _begun_alike))
        for slug, fields in (("made-up", {}), ("made-up-state", {"status": "unknown"})):
            yield Defect(promise, slug, _makes_up(operation, fields))
        yield Defect(promise, "crashes-on-other-forms", _knows_own_form_only(operation))
    yield Defect("pinch.list-jobs.created-job-is-listed", "failed-ones-leave", _without_failed)


DEFECTS = tuple(_defects())
