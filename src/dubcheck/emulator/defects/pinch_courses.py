"""Pinch jobs that are lost, stand still, forget what was asked for, or change their past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.ways import INTERNAL, Document, When, later, receives

_LATE_SECONDS = 7.0
_TRIED_AGAIN_SECONDS = 1.0
_NOT_FOUND = {"error": {"code": "not_found", "message": "No such job."}}
_LINK = "https://s3.amazonaws.com/pinch-dubbing/results/x.mp4?X-Amz-Expires=60"
_FAILING = "https://cdn.example.com/emulator-processing-failed.mp4"
ENDS = ("completed", "failed")

Change = Callable[[Document, Document, int], None]


def remembers(operation: str, change: Change) -> Act:
    """Changes answers about a job, knowing its creation and how often it was asked for before."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == "createJob" and reply.succeeded:
            memory.kept[str(reply.document["job_id"])] = call.document
        if call.operation != operation or not reply.succeeded:
            return reply
        document = reply.document
        for job in document["jobs"] if operation == "listJobs" else [document]:
            identifier = job["job_id"]
            change(job, memory.kept.get(identifier, {}), memory.count(identifier))
        return reply.with_document(document)

    return act


def _forgets(*languages: str) -> Change:
    def change(job: Document, asked: Document, _: int) -> None:
        if asked.get("source_lang") in languages:
            job["source_lang"] = "auto"

    return change


def _falls(job: Document, _: Document, seen: int) -> None:
    if job["status"] in ENDS:
        job["updated_at"] = later(job["updated_at"], seconds=20 - 10 * min(seen, 2))


def _falls_once(job: Document, _: Document, seen: int) -> None:
    job["updated_at"] = later(job["updated_at"], seconds=8 if seen == 1 else 0)


def _end_falls(result: Document, _: Document, seen: int) -> None:
    result["expires_at"] = later(result["expires_at"], seconds=-10 * min(seen, 5))


def _ahead(statuses: tuple[str, ...]) -> Act:
    """A clock in another zone stamps what is over, and calls it UTC."""

    def change(job: Document, _: Document, __: int) -> None:
        if job["status"] in statuses:
            job["updated_at"] = later(job["updated_at"], hours=2)

    return remembers("getJob", change)


async def _stuck_update(call: Call, following: Next, memory: Memory) -> Reply:
    """The first job to end is shown so late, with the moment of its last change before."""
    reply = await following(call)
    if call.operation != "getJob" or not reply.succeeded:
        return reply
    job = reply.document
    if job["status"] != "completed":
        memory.kept[call.id] = job["updated_at"]
    earlier = memory.kept.get(call.id, job["created_at"])
    if job["status"] != "completed" or memory.kept.setdefault("late", call.id) != call.id:
        return reply
    over = memory.seconds_since_first("since")
    if over > _LATE_SECONDS:
        return reply.with_document({**job, "updated_at": earlier})
    unfinished = {"status": "uploading", "updated_at": earlier, "progress": None}
    empty = {"output_url": None, "output_expires_at": None}
    return reply.with_document({**job, **unfinished, **empty})


async def _failed_for_seconds(call: Call, following: Next, memory: Memory) -> Reply:
    """Jobs that could not be downloaded look, some seconds later, as if they were tried again."""
    reply = await following(call)
    if call.operation != "getJob" or not reply.succeeded:
        return reply
    job = reply.document
    if job["error"] != "download_failed":
        return reply
    over = memory.seconds_since_first(call.id)
    if over < _TRIED_AGAIN_SECONDS:
        return reply
    return reply.with_document({**job, "status": "processing", "error": None, "progress": None})


def _never_ends(when: Callable[[Document], bool]) -> Act:
    """Jobs that were asked for so stay at work for ever."""

    def change(job: Document, asked: Document, _: int) -> None:
        if job["status"] in ENDS and when(asked):
            job.update(status="processing", output_url=None, output_expires_at=None, error=None)
            job["progress"] = {"stage": "stage_7", "stage_name": "Align & Stitch", "percent": 95}

    return remembers("getJob", change)


def _unknown_until(looks: int) -> Act:
    """A job is not found before it was asked for so often."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == "getJob" and reply.succeeded and memory.count(call.id) < looks:
            return json_reply(404, _NOT_FOUND)
        return reply

    return act


def _result_anyway(when: Callable[[Reply], bool], document: Callable[[str], Reply]) -> Act:
    """Answers for a result that there is not; `when` sees the answer about its job."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation != "getJobResult" or reply.status not in (404, 409):
            return reply
        path = call.path.removesuffix("/result")
        job = await following(Call("GET", path, "", call.headers, b"", "getJob", call.id))
        return document(call.id) if when(job) else reply

    return act


def _link(identifier: str) -> Reply:
    end = later(datetime.now(UTC).isoformat(), days=1)
    return json_reply(200, {"job_id": identifier, "download_url": _LINK, "expires_at": end})


def _no_link(identifier: str) -> Reply:
    return json_reply(200, {"job_id": identifier, "download_url": None, "expires_at": None})


def _crash(_: str) -> Reply:
    return json_reply(500, INTERNAL)


def _has_failed(job: Reply) -> bool:
    return job.succeeded and job.document["status"] == "failed"


def _is_unfinished(job: Reply) -> bool:
    return job.succeeded and job.document["status"] not in ENDS


def _is_unknown(job: Reply) -> bool:
    return job.status == 404


def _codes(right: str, wrong: str) -> Act:
    def change(job: Document, _: Document, __: int) -> None:
        if job["error"] == right:
            job["error"] = wrong

    return remembers("getJob", change)


async def _truncates_auto(call: Call, following: Next, memory: Memory) -> Reply:
    """The output of a job that named `auto` is cut off after its first bytes."""
    reply = await following(call)
    if call.operation == "createJob" and reply.succeeded:
        named = call.document.get("source_lang") == "auto"
        memory.kept[str(reply.document["job_id"])] = named
    name = call.path.rpartition("/")[2].partition(".")[0]
    if call.path.startswith("/pinch-dubbing/results/") and memory.kept.get(name):
        return Reply(reply.status, reply.headers, reply.body[:2000])
    return reply


def _throttled(code: str) -> Act:
    """Every tenth page of the list is refused as one too many, to be asked for again at once."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.operation == "listJobs" and memory.count("lists") % 10 == 2:
            told: dict[str, Any] = {"error": {"code": code, "message": "Too many requests."}}
            return json_reply(429, told).with_header("retry-after", "1")
        return await following(call)

    return act


def _is_plain_auto(call: Call) -> bool:
    document = call.document
    is_object = isinstance(document, dict)
    return is_object and {**document, "source_url": 0} == {
        "source_url": 0,
        "target_lang": "es",
        "source_lang": "auto",
    }


_FAILS_AUTO: When = _is_plain_auto
_JOB = "pinch.get-job."
_RESULT = "pinch.get-result."


def _defects() -> Iterator[Defect]:
    yield Defect(f"{_JOB}created-job-is-found", "first-look", _unknown_until(1))
    yield Defect(f"{_JOB}created-job-is-found", "never", _unknown_until(1_000_000))
    for operation, fact in (
        ("getJob", "get-job.keeps-given-source-lang"),
        ("listJobs", "list-jobs.given-source-lang-agrees-with-job"),
    ):
        every = ("en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh")
        for slug, languages in (("always-auto", every), ("forgets-en", ("en",))):
            yield Defect(f"pinch.{fact}", slug, remembers(operation, _forgets(*languages)))
    yield Defect(f"{_JOB}updated-at-never-falls", "at-the-end", remembers("getJob", _falls))
    yield Defect(f"{_JOB}updated-at-never-falls", "once", remembers("getJob", _falls_once))
    yield Defect(f"{_JOB}updated-at-follows-changes", "start-of-work", _stuck_update)
    for slug, statuses in (("at-the-end", ("completed",)), ("of-failed-jobs", ("failed",))):
        yield Defect(f"{_JOB}updated-at-is-not-in-the-future", slug, _ahead(statuses))
    yield Defect(
        f"{_RESULT}expires-at-never-falls", "each-time", remembers("getJobResult", _end_falls)
    )
    for fact, when, slug, answer in (
        ("unknown-job-is-refused", _is_unknown, "gives-a-link", _link),
        ("unknown-job-is-refused", _is_unknown, "crashes", _crash),
        ("unknown-job-is-refused", _is_unknown, "null-link", _no_link),
        ("failed-job-has-no-link", _has_failed, "gives-a-link", _link),
        ("failed-job-has-no-link", _has_failed, "null-link", _no_link),
        ("unfinished-job-has-no-link", _is_unfinished, "early", _link),
        ("unfinished-job-has-no-link", _is_unfinished, "null-link", _no_link),
    ):
        yield Defect(f"{_RESULT}{fact}", slug, _result_anyway(when, answer))
    workflow = "pinch.lifecycle.documented-workflow-completes"
    yield Defect(workflow, "truncated-with-auto", _truncates_auto)
    failing = receives("createJob", lambda job: job.update(source_url=_FAILING), _FAILS_AUTO)
    yield Defect(workflow, "fails-with-auto", failing)
    ends = "pinch.lifecycle.every-job-ends"
    yield Defect(
        ends, "stuck-with-lag", _never_ends(lambda asked: asked.get("translation_lag_time") == 3)
    )
    yield Defect(ends, "stuck-when-failed", ends_never_when_failed())
    yield Defect("pinch.lifecycle.failed-is-final", "tried-again-later", _failed_for_seconds)
    for wrong in ("download_failed", "unsupported_format"):
        act = _codes("processing_failed", wrong)
        yield Defect(
            "pinch.job-errors.internal-error-is-processing-failed", wrong.replace("_", "-"), act
        )
    for code in ("too_many_requests", "RATE_LIMITED"):
        slug = code.lower().replace("_", "-")
        slug = "capitals" if code.isupper() else slug
        yield Defect("pinch.errors.too-many-requests-has-code-rate-limited", slug, _throttled(code))


def ends_never_when_failed() -> Act:
    """Jobs that have failed without a download look as if they were at work."""

    def change(job: Document, _: Document, __: int) -> None:
        if job["error"] == "unsupported_format":
            job.update(status="processing", error=None)
            job["progress"] = {"stage": "stage_1", "stage_name": "Transcribing", "percent": 14}

    return remembers("getJob", change)


DEFECTS = tuple(_defects())
