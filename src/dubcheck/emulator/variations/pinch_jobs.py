"""Variations in what Pinch tells about jobs, as acts; requests are in pinch_requests.py."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.variations.changes import everywhere

Job = dict[str, Any]
_TERMINAL = ("completed", "failed")
_LONGEST_HOLD_SECONDS = 4.0
_TOLD_FOR_SECONDS = 1.0


def in_jobs(change: Callable[[Job], None]) -> Act:
    """Changes every job in every successful answer."""

    def changed(answer: Any) -> Any:
        if isinstance(answer, dict) and ("error" not in answer or "job_id" in answer):
            for job in answer.get("jobs", [answer]):
                change(job)
        return answer

    return everywhere(changed)


async def results_put_off(call: Call, following: Next, _: Memory) -> Reply:
    """Whoever asks for a result too early is told to wait, with 202."""
    reply = await following(call)
    if call.operation != "getJobResult" or reply.status != 409:
        return reply
    job = await following(replace(call, path=call.path.removesuffix("/result"), operation="getJob"))
    status = job.document["status"]
    is_over = status in _TERMINAL
    return reply if is_over else json_reply(202, {"job_id": call.id, "status": status})


def error_object(job: Job) -> None:
    """Code and message, as the vendor's newest client types it (FACTS B5)."""
    if isinstance(job.get("error"), str):
        job["error"] = {"code": job["error"], "message": "The job failed."}


def error_text(job: Job) -> None:
    """The code among other words."""
    if isinstance(job.get("error"), str):
        job["error"] = f"{job['error']}: the job failed"


def numeric_stage(job: Job) -> None:
    """A number and no percentage, as a live answer had it (FACTS B4)."""
    progress = job.get("progress")
    if isinstance(progress, dict):
        stage = str(progress.get("stage", "")).removeprefix("stage_")
        job["progress"] = {"stage": int(stage) if stage.isdigit() else stage}


def number_for_progress(job: Job) -> None:
    """A plain percentage, as on older jobs (FACTS B4)."""
    if isinstance(job.get("progress"), dict):
        job["progress"] = float(job["progress"].get("percent", 0))


def other_progress(job: Job) -> None:
    """An object of another kind."""
    if isinstance(job.get("progress"), dict):
        job["progress"] = {"label": str(job["progress"].get("stage", ""))}


def detected(job: Job) -> None:
    """The language that was found."""
    if job.get("source_lang") == "auto" and job.get("status") == "completed":
        job["source_lang"] = "en"


def exact_cost(job: Job) -> None:
    """The price without rounding."""
    if job.get("cost_usd") is not None and job.get("input_duration_sec"):
        job["cost_usd"] = job["input_duration_sec"] * 0.5 / 60


def cut_cost(job: Job) -> None:
    """The price down to the cent."""
    if job.get("cost_usd") is not None and job.get("input_duration_sec"):
        job["cost_usd"] = int(job["input_duration_sec"] * 1000) * 50 // 60_000 / 100


def failed_job_charged(job: Job) -> None:
    """A failed job costs what a second costs; how long its input was is not told."""
    if job.get("status") == "failed" and job.get("cost_usd") == 0:
        job["cost_usd"] = 0.01


def failed_job_without_cost(job: Job) -> None:
    """A failed job has no cost at all, and of what is null only some is shown."""
    if "cost_usd" in job and (job["cost_usd"] is None or job["status"] == "failed"):
        del job["cost_usd"]


def zero_before_known(job: Job) -> None:
    """0 for what is not known yet."""
    if "cost_usd" in job:
        job["cost_usd"] = job["cost_usd"] or 0
        job["input_duration_sec"] = job["input_duration_sec"] or 0


def fails_with(old: str, new: str) -> Act:
    """Another of the listed codes for jobs that fail with this one."""

    def change(job: Job) -> None:
        if job.get("error") == old:
            job["error"] = new

    return in_jobs(change)


async def known_at_once(call: Call, following: Next, _: Memory) -> Reply:
    """The length of the input is told from the first answer on, which waits for it."""
    first = await following(call)
    if call.operation != "getJob" or not first.succeeded:
        return first
    known = await _held(call, following, lambda job: job.get("input_duration_sec") is not None)
    if not known.succeeded:
        return known
    seconds = known.document["input_duration_sec"]
    return first.with_document(first.document | {"input_duration_sec": seconds})


async def finished_at_first_sight(call: Call, following: Next, _: Memory) -> Reply:
    """The first answer about a job after its creation is the last one that there is."""
    return await _held(call, following, lambda job: job.get("status") in _TERMINAL)


async def _held(call: Call, following: Next, is_there: Callable[[Job], bool]) -> Reply:
    reply = await following(call)
    if call.operation != "getJob":
        return reply
    until = asyncio.get_running_loop().time() + _LONGEST_HOLD_SECONDS
    while reply.succeeded and not is_there(reply.document):
        if reply.document["status"] in _TERMINAL or asyncio.get_running_loop().time() > until:
            break
        await asyncio.sleep(0.01)
        reply = await following(call)
    return reply


async def told_for_a_second(call: Call, following: Next, memory: Memory) -> Reply:
    """What getJob told an account stays its answer for a second, while lists go on."""
    if call.operation != "getJob":
        return await following(call)
    place = f"{call.authorization} {call.path}"
    now = time.monotonic()
    if place not in memory.kept or now - memory.kept[place][0] >= _TOLD_FOR_SECONDS:
        memory.kept[place] = (now, await following(call))
    told: Reply = memory.kept[place][1]
    return told


async def videos_stay_pending(call: Call, following: Next, memory: Memory) -> Reply:
    """Jobs for uploaded videos wait: nothing of what was done meanwhile is told."""
    if call.method == "PUT" and (call.header("content-type") or "").startswith("video/"):
        memory.kept[call.path] = True
    reply = await following(call)
    if call.operation == "createJob" and reply.succeeded:
        path = urlsplit(str(call.document["source_url"])).path
        memory.kept[reply.document["job_id"]] = memory.kept.get(path, False)
    if call.operation == "getJobResult" and reply.succeeded and memory.kept.get(call.id):
        return Reply(409, (("content-type", "application/json"),), _NOT_READY)
    if call.operation not in ("getJob", "listJobs") or not reply.succeeded:
        return reply
    answer = reply.document
    for job in answer.get("jobs", [answer]):
        if memory.kept.get(job["job_id"]):
            _hold(job)
    return reply.with_document(answer)


def _hold(job: Job) -> None:
    job |= {"status": "pending", "updated_at": job["created_at"]}
    job |= {key: None for key in _LATER if key in job}
    if "progress" in job:
        job["progress"] = {"stage": "pending", "percent": 0}


_LATER = ("error", "input_duration_sec", "cost_usd", "output_url", "output_expires_at")
_NOT_READY = b'{"error": {"code": "not_ready", "message": "The job has no result yet."}}'
