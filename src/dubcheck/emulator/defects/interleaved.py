"""Defects that show only where several resources, or several accounts, are used in turn.

Each behaves well for whoever tries one thing at a time.
"""

from __future__ import annotations

from typing import Any

from dubcheck.emulator.defects.interception import Call, Defect, Memory, Next, Reply, json_reply

_ENDS = ("completed", "failed")
_LIST_PATH = "/api/dubbing/jobs"


def _made(memory: Memory, call: Call) -> list[dict[str, Any]]:
    """What this key has created, oldest first."""
    kept: list[dict[str, Any]] = memory.kept.setdefault(call.authorization, [])
    return kept


def _remember(memory: Memory, call: Call, reply: Reply, operation: str) -> None:
    if call.operation == operation and reply.succeeded:
        _made(memory, call).append(reply.document)


async def _running(call: Call, following: Next) -> int:
    """How many jobs of the key, of the 100 newest and the 100 oldest, are at work."""
    page = await _page(call, following, 0)
    jobs = page.get("jobs", [])
    if page.get("total", 0) > len(jobs):
        last = await _page(call, following, max(page["total"] - 100, 100))
        jobs = [*jobs, *last.get("jobs", [])]
    return sum(job["status"] not in _ENDS for job in jobs)


async def _listed(call: Call, following: Next) -> list[dict[str, Any]]:
    """The first 100 jobs of the key."""
    jobs: list[dict[str, Any]] = (await _page(call, following, 0)).get("jobs", [])
    return jobs


async def _page(call: Call, following: Next, offset: int) -> dict[str, Any]:
    query = f"limit=100&offset={offset}"
    listing = Call("GET", _LIST_PATH, query, call.headers, b"", "listJobs", "")
    document: dict[str, Any] = (await following(listing)).document
    return document


async def _leaking(call: Call, following: Next, memory: Memory) -> Reply:
    """Once a key has two jobs, its list ends with the newest one of another key."""
    reply = await following(call)
    _remember(memory, call, reply, "createJob")
    others = [jobs[-1] for key, jobs in memory.kept.items() if key != call.authorization and jobs]
    if call.operation != "listJobs" or not reply.succeeded or len(_made(memory, call)) < 2:
        return reply
    page = reply.document
    if others:
        foreign = {key: others[0][key] for key in ("job_id", "status", "source_lang")}
        foreign |= {"target_lang": others[0]["target_lang"]}
        foreign |= {"created_at": others[0]["created_at"], "updated_at": others[0]["created_at"]}
        if len(page["jobs"]) < page["limit"] and page["offset"] <= page["total"]:
            page["jobs"].append(foreign)
        page["total"] += 1
    return reply.with_document(page)


async def _slipping(call: Call, following: Next, memory: Memory) -> Reply:
    """From the third job of a key on, offsets are one short while one of its jobs is at work."""
    offset = call.parameter("offset") or "0"
    slips = call.operation == "listJobs" and offset.isdigit() and int(offset) > 0
    if slips and len(_made(memory, call)) >= 3 and await _running(call, following):
        right = await following(call)
        wrong = await following(call.with_parameter("offset", str(int(offset) - 1)))
        if not right.succeeded or not wrong.succeeded or not right.document["jobs"]:
            return right
        jobs = wrong.document["jobs"][: len(right.document["jobs"])]
        return right.with_document({**right.document, "jobs": jobs})
    reply = await following(call)
    _remember(memory, call, reply, "createJob")
    return reply


async def _forgetting(call: Call, following: Next, memory: Memory) -> Reply:
    """A job that is created while two others of its key are at work never comes into the list."""
    hidden: set[str] = memory.kept.setdefault(call.authorization, set())
    is_busy = call.operation == "createJob" and await _running(call, following) >= 2
    reply = await following(call)
    if is_busy and reply.succeeded:
        hidden.add(reply.document["job_id"])
    if call.operation == "listJobs" and reply.succeeded and hidden:
        page = reply.document
        offset, limit = page["offset"], page["limit"]
        shown = [job for job in await _listed(call, following) if job["job_id"] not in hidden]
        jobs = shown[offset : offset + limit]
        return reply.with_document({**page, "jobs": jobs, "total": page["total"] - len(hidden)})
    return reply


async def _reopening(call: Call, following: Next, memory: Memory) -> Reply:
    """A completed job that a stranger asked for in vain is once more at work for its account."""
    reply = await following(call)
    if call.operation != "getJob":
        return reply
    if reply.status == 404 and memory.kept.get(call.id) == "completed":
        memory.kept[call.id] = "reopened"
    elif reply.succeeded and memory.kept.get(call.id) == "reopened":
        memory.kept[call.id] = "over"
        job = {**reply.document, "status": "processing", "output_url": None}
        return reply.with_document({**job, "output_expires_at": None, "progress": None})
    elif reply.succeeded and reply.document["status"] == "completed":
        memory.kept.setdefault(call.id, "completed")
    return reply


async def _lending(call: Call, following: Next, memory: Memory) -> Reply:
    """Once a key has had a link, its unfinished jobs are given the same one."""
    reply = await following(call)
    if call.operation != "getJobResult":
        return reply
    if reply.succeeded:
        memory.kept[call.authorization] = reply.document
        return reply
    path = call.path.removesuffix("/result")
    job = await following(Call("GET", path, "", call.headers, b"", "getJob", call.id))
    link = memory.kept.get(call.authorization)
    if link is None or not job.succeeded or job.document["status"] in _ENDS:
        return reply
    return json_reply(200, {**link, "job_id": call.id})


DEFECTS = (
    Defect("pinch.list-jobs.only-own-jobs-are-listed", "after-two-creates", _leaking),
    Defect("pinch.list-jobs.offset-skips-jobs", "third-while-one-runs", _slipping),
    Defect("pinch.list-jobs.created-job-is-listed", "while-two-run", _forgetting),
    Defect("pinch.lifecycle.completed-is-final", "after-a-strangers-question", _reopening),
    Defect("pinch.get-result.unfinished-job-has-no-link", "lent-by-a-finished-one", _lending),
)
