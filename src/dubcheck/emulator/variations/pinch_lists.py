"""Variations of Pinch's list: its order, and what becomes of odd limits and offsets; as acts."""

from __future__ import annotations

import time

from dubcheck.emulator.defects.interception import Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS

_COUNTED_EVERY_SECONDS = 2.0


async def newest_first(call: Call, following: Next, _: Memory) -> Reply:
    """Falling by creation."""
    page = await following(call)
    if call.operation != "listJobs" or not page.succeeded:
        return page
    answer = page.document
    stop = max(0, answer["total"] - answer["offset"])
    start = max(0, stop - answer["limit"])
    if stop == start:
        return page.with_document({**answer, "jobs": []})
    turned = call.with_parameter("offset", str(start)).with_parameter("limit", str(stop - start))
    jobs = (await following(turned)).document["jobs"]
    return page.with_document({**answer, "jobs": jobs[::-1]})


async def by_id(call: Call, following: Next, _: Memory) -> Reply:
    """By `job_id`, which has nothing to do with time: a new job may stand anywhere."""
    page = await following(call)
    if call.operation != "listJobs" or not page.succeeded:
        return page
    answer, jobs = page.document, []
    for offset in range(0, answer["total"], 100):
        whole = call.with_parameter("offset", str(offset)).with_parameter("limit", "100")
        jobs += (await following(whole)).document["jobs"]
    jobs.sort(key=lambda job: str(job["job_id"]))
    start = answer["offset"]
    return page.with_document({**answer, "jobs": jobs[start : start + answer["limit"]]})


async def counted_now_and_then(call: Call, following: Next, memory: Memory) -> Reply:
    """The total is counted every two seconds; the jobs are always those of the moment."""
    page = await following(call)
    if call.operation != "listJobs" or not page.succeeded:
        return page
    counted_at, _ = memory.kept.get(call.authorization, (-_COUNTED_EVERY_SECONDS, 0))
    now = time.monotonic()
    if now - counted_at >= _COUNTED_EVERY_SECONDS:
        memory.kept[call.authorization] = (now, page.document["total"])
    return page.with_document({**page.document, "total": memory.kept[call.authorization][1]})


async def strict_limits(call: Call, following: Next, _: Memory) -> Reply:
    """A limit outside 1 to 100 is refused."""
    limit = call.parameter("limit")
    valid = limit is None or (limit.isdigit() and 1 <= int(limit) <= 100)
    if call.operation == "listJobs" and not valid:
        reply = await following(call.with_parameter("limit", "1"))
        return reply if reply.status == 401 else json_reply(400, REFUSALS["pinch"])
    return await following(call)


async def lenient_limits(call: Call, following: Next, _: Memory) -> Reply:
    """What is no limit counts as 20, what is no offset as 0."""
    if call.operation == "listJobs":
        limit, offset = call.parameter("limit"), call.parameter("offset")
        if limit is not None and (not limit.isdigit() or int(limit) < 1):
            call = call.with_parameter("limit", "20")
        if offset is not None and not offset.isdigit():
            call = call.with_parameter("offset", "0")
    return await following(call)


async def bent_limits(call: Call, following: Next, _: Memory) -> Reply:
    """Limits below 1 count as 1, fractions are rounded, more than 100 counts as the default."""
    number = _number(call.parameter("limit"))
    if call.operation == "listJobs" and number is not None:
        used = 20 if number > 100 else max(1, round(number))
        call = call.with_parameter("limit", str(used))
    return await following(call)


async def empty_pages(call: Call, following: Next, _: Memory) -> Reply:
    """For a limit of 0 or less there is a page without jobs."""
    number = _number(call.parameter("limit"))
    if call.operation != "listJobs" or number is None or number >= 1:
        return await following(call)
    page = await following(call.with_parameter("limit", "1"))
    if not page.succeeded:
        return page
    return page.with_document({**page.document, "jobs": [], "limit": 0})


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None
