"""Pinch jobs whose course, numbers or links are wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dubcheck.emulator.defects.interception import (
    PINCH_KEY,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.ways import Document, answers, later, replaces, restates

Job = dict[str, Any]


def _job(change: Callable[[Job], Any], status: str | None = None) -> Act:
    def changed(job: Document, _: Call) -> Document:
        change(job)
        return job

    return answers("getJob", changed, when=lambda job, _: status in (None, job.get("status")))


def _moved(field: str, **by: float) -> Callable[[Job], None]:
    def change(document: Job) -> None:
        if isinstance(document.get(field), str):
            document[field] = later(document[field], **by)

    return change


def _later_only(change: Callable[[Job, int], None], status: str | None = None) -> Act:
    """A change that knows how often this job was asked for before."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation != "getJob" or not reply.succeeded:
            return reply
        job = reply.document
        if status in (None, job["status"]):
            change(job, memory.count(call.id))
        return reply.with_document(job)

    return act


def _back(job: Job, seen: int) -> None:
    if seen == 1:
        job.update(status="processing", output_url=None, output_expires_at=None)


def _failed_back(job: Job, seen: int) -> None:
    if seen == 1:
        job.update(status="processing", error=None)


def _back_to_pending(job: Job, seen: int) -> None:
    if seen >= 2 and job["status"] in ("processing", "uploading"):
        job["status"] = "pending"


async def _same_ids(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if call.operation == "createJob" and reply.succeeded:
        memory.kept.setdefault("first", reply.document["job_id"])
        if memory.count("created") == 2:
            return reply.with_document({**reply.document, "job_id": memory.kept["first"]})
    return reply


async def _same_uploads(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if call.operation == "createUploadUrl" and reply.succeeded:
        return reply.with_document({**reply.document, "upload_id": "abc123"})
    return reply


def _poor(code: str | None) -> Act:
    """What an account without money is told; None lets it have the dub."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        is_creation = call.operation == "createJob"
        if call.authorization != "Bearer pk_emulator_poor":
            return await following(call)
        if code is not None:
            refusal = json_reply(402, {"error": {"code": code, "message": "Too little money."}})
            return refusal if is_creation else await following(call)
        lent: set[str] = memory.kept.setdefault("lent", set())
        if not is_creation and call.operation != "createUploadUrl" and call.id not in lent:
            return await following(call)
        reply = await following(call.with_header("authorization", f"Bearer {PINCH_KEY}"))
        if is_creation and reply.succeeded:
            lent.add(reply.document["job_id"])
        return reply

    return act


def _code(right: str, wrong: str) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        document = reply.document
        told = document.get("error") if isinstance(document, dict) else None
        if reply.status >= 400 and isinstance(told, dict) and told.get("code") == right:
            return reply.with_document({"error": {**told, "code": wrong}})
        return reply

    return act


def _job_code(right: str, wrong: str) -> Act:
    return _job(lambda job: job.update(error=wrong) if job["error"] == right else None, "failed")


JOB_CODES = {
    "too-long-input-is-video-too-long": ("video_too_long", "processing_failed"),
    "too-short-input-is-video-too-short": ("video_too_short", "processing_failed"),
    "missing-source-is-download-failed": ("download_failed", "processing_failed"),
}
DEFECTS = (
    Defect("pinch.create-job.answers-201", "200", restates("createJob", 201, 200)),
    Defect("pinch.create-job.answers-201", "202", restates("createJob", 201, 202)),
    Defect("pinch.get-job.answers-200", "203", restates("getJob", 200, 203)),
    Defect("pinch.get-result.answers-200", "201", restates("getJobResult", 200, 201)),
    Defect("pinch.upload-url.answers-200-or-201", "202", restates("createUploadUrl", 200, 202)),
    Defect("pinch.upload-url.upload-ids-are-unique", "constant", _same_uploads),
    Defect(
        "pinch.upload-url.max-file-size-is-documented",
        "bytes-of-5-gb",
        replaces("createUploadUrl", 5_000_000_000, "max_file_size_bytes"),
    ),
    Defect(
        "pinch.upload-url.link-expiry-agrees",
        "900",
        replaces("createUploadUrl", 900, "expires_in_sec"),
    ),
    Defect("pinch.create-job.job-ids-are-unique", "third-is-first", _same_ids),
    Defect(
        "pinch.create-job.status-starts-as-pending",
        "processing",
        replaces("createJob", "processing", "status"),
    ),
    Defect(
        "pinch.create-job.max-duration-is-documented",
        "seconds-of-5-min",
        replaces("createJob", 300, "limits", "max_duration_sec"),
    ),
    Defect(
        "pinch.create-job.max-file-size-is-documented",
        "5-gb",
        replaces("createJob", 5_000_000_000, "limits", "max_file_size_bytes"),
    ),
    Defect(
        "pinch.create-job.created-at-is-the-present",
        "a-day-off",
        answers("createJob", lambda job, _: _moved("created_at", days=-1)(job)),
    ),
    Defect(
        "pinch.get-job.job-id-is-the-one-asked-for",
        "other",
        replaces("getJob", "dub_other", "job_id"),
    ),
    Defect(
        "pinch.get-result.job-id-is-the-one-asked-for",
        "other",
        replaces("getJobResult", "dub_other", "job_id"),
    ),
    Defect("pinch.get-job.keeps-target-lang", "always-en", replaces("getJob", "en", "target_lang")),
    Defect(
        "pinch.get-job.keeps-created-at",
        "drifts",
        _later_only(lambda job, seen: _moved("created_at", seconds=3 * seen)(job)),
    ),
    Defect(
        "pinch.get-job.updated-at-not-before-created-at",
        "an-hour-before",
        _job(_moved("updated_at", hours=-1)),
    ),
    Defect(
        "pinch.get-job.error-is-empty-unless-failed",
        "none-text",
        _job(lambda job: job.update(error="none"), "completed"),
    ),
    Defect(
        "pinch.get-job.failed-job-has-a-documented-code",
        "unknown-code",
        _job(lambda job: job.update(error="something_broke"), "failed"),
    ),
    Defect(
        "pinch.get-job.failed-job-has-a-documented-code",
        "null",
        _job(lambda job: job.update(error=None), "failed"),
    ),
    Defect(
        "pinch.get-job.stage-number-is-1-to-7",
        "from-zero",
        _job(lambda job: job["progress"].update(stage="stage_8"), "processing"),
    ),
    Defect(
        "pinch.get-job.completed-has-input-duration",
        "null",
        _job(lambda job: job.update(input_duration_sec=None), "completed"),
    ),
    Defect(
        "pinch.get-job.input-duration-is-measured",
        "whole-minutes",
        _job(lambda job: job.update(input_duration_sec=60, cost_usd=0.5), "completed"),
    ),
    Defect(
        "pinch.get-job.completed-has-cost",
        "null",
        _job(lambda job: job.update(cost_usd=None), "completed"),
    ),
    Defect(
        "pinch.get-job.completed-has-output-url",
        "null",
        _job(lambda job: job.update(output_url=None), "completed"),
    ),
    Defect(
        "pinch.get-job.completed-has-output-expires-at",
        "null",
        _job(lambda job: job.update(output_expires_at=None), "completed"),
    ),
    Defect(
        "pinch.get-job.output-url-only-when-completed",
        "early",
        _job(lambda job: job.update(output_url="https://s3.amazonaws.com/x.mp4"), "processing"),
    ),
    Defect(
        "pinch.get-job.output-expires-in-the-future",
        "past",
        _job(_moved("output_expires_at", days=-3), "completed"),
    ),
    Defect(
        "pinch.get-job.link-expiry-agrees",
        "20-hours-less",
        _job(_moved("output_expires_at", hours=-20), "completed"),
    ),
    Defect("pinch.lifecycle.completed-is-final", "back-once", _later_only(_back, "completed")),
    Defect("pinch.lifecycle.failed-is-final", "back-once", _later_only(_failed_back, "failed")),
    Defect("pinch.lifecycle.status-never-goes-back", "to-pending", _later_only(_back_to_pending)),
    Defect(
        "pinch.get-result.expires-in-the-future",
        "past",
        answers("getJobResult", lambda result, _: _moved("expires_at", days=-3)(result)),
    ),
    Defect(
        "pinch.get-result.link-expiry-agrees",
        "20-hours-more",
        answers("getJobResult", lambda result, _: _moved("expires_at", hours=20)(result)),
    ),
    Defect(
        "pinch.pricing.cost-is-pro-rata",
        "whole-minutes",
        _job(lambda job: job.update(cost_usd=0.5), "completed"),
    ),
    Defect(
        "pinch.pricing.cost-is-pro-rata",
        "rounds-up-a-cent",
        _job(lambda job: job.update(cost_usd=round(job["cost_usd"] + 0.01, 2)), "completed"),
    ),
    Defect(
        "pinch.pricing.cost-stays-the-same",
        "adds-up",
        _later_only(
            lambda job, seen: job.update(cost_usd=round(job["cost_usd"] + 0.05 * seen, 2)),
            "completed",
        ),
    ),
    Defect("pinch.pricing.poor-account-gets-no-dub", "on-credit", _poor(None)),
    Defect("pinch.pricing.poor-account-is-told-so", "other-code", _poor("payment_required")),
    Defect(
        "pinch.auth.wrong-key-has-code-unauthorized",
        "forbidden",
        _code("unauthorized", "forbidden"),
    ),
    Defect(
        "pinch.errors.no-url-has-code-invalid-url", "other", _code("invalid_url", "bad_request")
    ),
    Defect(
        "pinch.errors.unsupported-target-has-code-unsupported-language",
        "other",
        _code("unsupported_language", "invalid_language"),
    ),
    *(
        Defect(f"pinch.job-errors.{fact}", "other-code", _job_code(*codes))
        for fact, codes in JOB_CODES.items()
    ),
)
