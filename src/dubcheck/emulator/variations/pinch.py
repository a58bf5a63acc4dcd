"""Permissible differences of Pinch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS, answers, replaces, restates
from dubcheck.emulator.variations.both import everywhere


def _jobs_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = answer.get("jobs", [answer])
    return jobs


def in_jobs(change: Callable[[dict[str, Any]], None]) -> Act:
    """Changes every job in every successful answer."""

    def changed(answer: Any) -> Any:
        if isinstance(answer, dict) and "error" not in answer or "job_id" in answer:
            for job in _jobs_of(answer):
                change(job)
        return answer

    return everywhere(changed)


def _error_object(job: dict[str, Any]) -> None:
    if isinstance(job.get("error"), str):
        job["error"] = {"code": job["error"], "message": "The job failed."}


def _error_text(job: dict[str, Any]) -> None:
    if isinstance(job.get("error"), str):
        job["error"] = f"{job['error']}: the job failed"


def _numeric_stage(job: dict[str, Any]) -> None:
    progress = job.get("progress")
    if isinstance(progress, dict):
        stage = str(progress.get("stage", "")).removeprefix("stage_")
        job["progress"] = {"stage": int(stage) if stage.isdigit() else stage}


def _number_for_progress(job: dict[str, Any]) -> None:
    if isinstance(job.get("progress"), dict):
        job["progress"] = job["progress"].get("percent", 0)


def _detected(job: dict[str, Any]) -> None:
    if job.get("source_lang") == "auto" and job.get("status") == "completed":
        job["source_lang"] = "en"


def _exact_cost(job: dict[str, Any]) -> None:
    if job.get("cost_usd") is not None and job.get("input_duration_sec"):
        job["cost_usd"] = job["input_duration_sec"] * 0.5 / 60


async def _other_ids(call: Call, following: Next, _: Memory) -> Reply:
    outer, inner = b"JOB~2026:", b"dub_"
    call = Call(
        call.method,
        call.path.replace("JOB~2026:", "dub_").replace("JOB~2026%3A", "dub_"),
        call.query,
        call.headers,
        call.body,
        call.operation,
        call.id,
    )
    reply = await following(call)
    if call.operation is None:
        return reply
    body = reply.body.replace(b'"job_id":"' + inner, b'"job_id":"' + outer)
    return Reply(reply.status, reply.headers, body)


async def _newest_first(call: Call, following: Next, _: Memory) -> Reply:
    if call.operation != "listJobs":
        return await following(call)
    page = await following(call)
    if not page.succeeded:
        return page
    answer = page.document
    total, limit, offset = answer["total"], answer["limit"], answer["offset"]
    stop = max(0, total - offset)
    start = max(0, stop - limit)
    if stop == start:
        return page.with_document({**answer, "jobs": []})
    turned = call.with_parameter("offset", str(start)).with_parameter("limit", str(stop - start))
    jobs = (await following(turned)).document["jobs"]
    return page.with_document({**answer, "jobs": jobs[::-1]})


async def _strict_limits(call: Call, following: Next, _: Memory) -> Reply:
    limit = call.parameter("limit")
    valid = limit is None or (limit.isdigit() and 1 <= int(limit) <= 100)
    if call.operation == "listJobs" and not valid:
        return json_reply(400, REFUSALS["pinch"])
    return await following(call)


async def _lenient_limits(call: Call, following: Next, _: Memory) -> Reply:
    if call.operation == "listJobs":
        limit, offset = call.parameter("limit"), call.parameter("offset")
        if limit is not None and (not limit.isdigit() or int(limit) < 1):
            call = call.with_parameter("limit", "20")
        if offset is not None and not offset.isdigit():
            call = call.with_parameter("offset", "0")
    return await following(call)


async def _unprocessable(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    wrong = call.operation is not None and reply.status == 400
    return Reply(422, reply.headers, reply.body) if wrong else reply


PINCH: dict[str, Act] = {
    "pinch-upload-url-201": restates("createUploadUrl", 200, 201),
    "pinch-job-error-object": in_jobs(_error_object),
    "pinch-job-error-text": in_jobs(_error_text),
    "pinch-numeric-stage": in_jobs(_numeric_stage),
    "pinch-progress-number": in_jobs(_number_for_progress),
    "pinch-progress-null": replaces("getJob", None, "progress"),
    "pinch-detected-source": in_jobs(_detected),
    "pinch-exact-cost": in_jobs(_exact_cost),
    "pinch-other-ids": _other_ids,
    "pinch-newest-first": _newest_first,
    "pinch-strict-limits": _strict_limits,
    "pinch-lenient-limits": _lenient_limits,
    "pinch-422-for-400": _unprocessable,
    "pinch-unknown-job-400": restates("getJob", 404, 400),
    "pinch-unfinished-result-404": restates("getJobResult", 409, 404),
    "pinch-zero-cost-before-known": answers(
        "getJob",
        lambda job, _: {
            **job,
            "cost_usd": job["cost_usd"] or 0,
            "input_duration_sec": job["input_duration_sec"] or 0,
        },
    ),
}
