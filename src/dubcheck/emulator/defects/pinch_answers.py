"""Pinch answers with a field that is missing or of the wrong form."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.ways import Document, answers, drops, errs, replaces

DONE = "completed"
# Requirement, operation, place of the field, a value of the wrong form.
FIELDS: tuple[tuple[str, str, tuple[str, ...], object], ...] = (
    ("upload-url.upload-url-is-a-url", "createUploadUrl", ("upload_url",), None),
    ("upload-url.source-url-is-a-url", "createUploadUrl", ("source_url",), 7),
    ("upload-url.upload-id-is-a-string", "createUploadUrl", ("upload_id",), 17),
    ("upload-url.max-file-size-is-a-number", "createUploadUrl", ("max_file_size_bytes",), "500"),
    ("upload-url.expires-in-is-a-number", "createUploadUrl", ("expires_in_sec",), "3600"),
    ("create-job.job-id-is-a-string", "createJob", ("job_id",), 17),
    ("create-job.status-is-documented", "createJob", ("status",), "queued"),
    ("create-job.source-lang-is-documented", "createJob", ("source_lang",), "english"),
    ("create-job.target-lang-is-documented", "createJob", ("target_lang",), None),
    ("create-job.created-at-is-iso-8601", "createJob", ("created_at",), 1_772_721_000),
    ("create-job.limits-is-an-object", "createJob", ("limits",), [600, 500_000_000]),
    ("create-job.max-duration-is-a-number", "createJob", ("limits", "max_duration_sec"), "600"),
    (
        "create-job.max-file-size-is-a-number",
        "createJob",
        ("limits", "max_file_size_bytes"),
        "500 MB",
    ),
    ("get-job.job-id-is-a-string", "getJob", ("job_id",), None),
    ("get-job.status-is-documented", "getJob", ("status",), "done"),
    ("get-job.source-lang-is-documented", "getJob", ("source_lang",), "English"),
    ("get-job.target-lang-is-documented", "getJob", ("target_lang",), "Spanish"),
    ("get-job.created-at-is-iso-8601", "getJob", ("created_at",), "Thu, 05 Mar 2026 14:30:00 GMT"),
    ("get-job.updated-at-is-iso-8601", "getJob", ("updated_at",), "yesterday"),
    ("list-jobs.jobs-is-an-array", "listJobs", ("jobs",), {}),
    ("list-jobs.total-is-a-number", "listJobs", ("total",), "5"),
    ("list-jobs.limit-is-a-number", "listJobs", ("limit",), "20"),
    ("list-jobs.offset-is-a-number", "listJobs", ("offset",), None),
    ("list-jobs.job-id-is-a-string", "listJobs", ("jobs", "*", "job_id"), 3),
    ("list-jobs.status-is-documented", "listJobs", ("jobs", "*", "status"), "running"),
    ("list-jobs.source-lang-is-documented", "listJobs", ("jobs", "*", "source_lang"), "any"),
    ("list-jobs.target-lang-is-documented", "listJobs", ("jobs", "*", "target_lang"), "xx"),
    ("list-jobs.created-at-is-iso-8601", "listJobs", ("jobs", "*", "created_at"), 1.5),
    ("list-jobs.updated-at-is-iso-8601", "listJobs", ("jobs", "*", "updated_at"), ""),
    ("get-result.job-id-is-a-string", "getJobResult", ("job_id",), 5),
    ("get-result.download-url-is-a-url", "getJobResult", ("download_url",), "results/1.mp4"),
    ("get-result.expires-at-is-iso-8601", "getJobResult", ("expires_at",), 1_772_721_000),
)
# These may be null or absent, so only a wrong form is a broken promise; the last tells when.
NULLABLE: tuple[tuple[str, str, object, str | None], ...] = (
    ("get-job.error-has-a-known-form", "error", 7, "failed"),
    ("get-job.progress-has-a-known-form", "progress", "half", None),
    ("get-job.input-duration-is-a-number", "input_duration_sec", "61.5", DONE),
    ("get-job.cost-is-a-number", "cost_usd", "$0.51", DONE),
    ("get-job.output-url-is-a-url", "output_url", "results/dub.mp4", DONE),
    ("get-job.output-expires-at-is-iso-8601", "output_expires_at", "in two days", DONE),
)
PROGRESS: tuple[tuple[str, str, object], ...] = (
    ("get-job.stage-has-a-known-form", "stage", ["stage_3"]),
    ("get-job.stage-name-is-a-string", "stage_name", 3),
    ("get-job.percent-is-0-to-100", "percent", 101),
)
OBJECTS = {
    "upload-url": "createUploadUrl",
    "create-job": "createJob",
    "get-job": "getJob",
    "list-jobs": "listJobs",
    "get-result": "getJobResult",
}


def _in_list(answer: Document, _: Call) -> Document:
    return [answer]  # type: ignore[return-value] # wrong on purpose


def _as_html(operation: str) -> Defect:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.succeeded:
            return Reply(reply.status, (("content-type", "text/html"),), b"<p>fine</p>")
        return reply

    topic = next(name for name, value in OBJECTS.items() if value == operation)
    return Defect(f"pinch.{topic}.answers-a-json-object", "html", act)


def _in_status(status: str | None, field: str, wrong: object) -> Act:
    return answers(
        "getJob",
        lambda job, _: {**job, field: wrong},
        when=lambda job, _: status in (None, job.get("status")),
    )


def _day_of(timestamp: str) -> str:
    return timestamp[: len("2026-03-05")]


def _defects() -> Iterator[Defect]:
    for fact, operation, path, wrong in FIELDS:
        name = f"pinch.{fact}"
        yield Defect(name, "missing", drops(operation, *path))
        yield Defect(name, "wrong-form", replaces(operation, wrong, *path))
        later = replaces(operation, wrong, *path, last_item_only=True, spares_first=2)
        yield Defect(name, "wrong-form-later", later)
        if fact.endswith("-at-is-iso-8601"):
            yield Defect(name, "day-alone", replaces(operation, _day_of, *path))
    for fact, field, wrong, status in NULLABLE:
        yield Defect(f"pinch.{fact}", "wrong-form", _in_status(status, field, wrong))
    for fact, field, wrong in PROGRESS:
        yield Defect(f"pinch.{fact}", "wrong-form", replaces("getJob", wrong, "progress", field))
    for topic, operation in OBJECTS.items():
        yield Defect(f"pinch.{topic}.answers-a-json-object", "list", answers(operation, _in_list))
        yield _as_html(operation)
    yield Defect("pinch.list-jobs.jobs-are-objects", "ids", replaces("listJobs", ["a"], "jobs"))


ERROR_BODIES = (
    ("errors.body-is-a-json-object", "list", lambda body: [body]),
    ("errors.error-is-an-object", "text", lambda body: {"error": body["error"]["message"]}),
    ("errors.code-is-a-string", "number", lambda body: _error(body, code=400)),
    ("errors.code-is-a-string", "missing", lambda body: {"error": {"message": "no"}}),
    ("errors.message-is-a-string", "null", lambda body: _error(body, message=None)),
    ("errors.message-is-a-string", "missing", lambda body: {"error": _code_alone(body)}),
)


def _error(body: Document, **changes: object) -> Document:
    return {"error": {**body["error"], **changes}}


def _code_alone(body: Document) -> Document:
    return {name: value for name, value in body["error"].items() if name != "message"}


def _error_defects() -> Iterator[Defect]:
    for fact, slug, change in ERROR_BODIES:
        yield Defect(f"pinch.{fact}", slug, errs(change))
        yield Defect(f"pinch.{fact}", f"{slug}-only-404", errs(change, status=404))


DEFECTS = (*_defects(), *_error_defects())
