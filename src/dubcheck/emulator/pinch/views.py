"""Jobs as Pinch prints them; every value is read from the job, nothing is decided here.

Source: Dubbing API Reference, the response tables and examples.
"""

from __future__ import annotations

import msgspec

from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.pinch.jobs import STAGE_NAMES, Job, Step
from dubcheck.emulator.profiles import Profile

RESULT_LIFETIME_SECONDS = 172_800
UPLOAD_LIFETIME_SECONDS = 3600

_PERCENTS = (0, 5, 14, 28, 42, 56, 70, 84, 95, 98, 100)

View = dict[str, object]


def created_view(job: Job, profile: Profile) -> View:
    """Answer to the creation of a job."""
    return {
        "job_id": job.identifier,
        "status": job.status,
        "source_lang": job.source_lang,
        "target_lang": job.target_lang,
        "created_at": format_timestamp(job.created_at),
        "limits": {
            "max_duration_sec": profile.max_duration_seconds,
            "max_file_size_bytes": profile.max_size_bytes,
        },
    }


class Summary(msgspec.Struct, frozen=True, gc=False):
    """One entry of the list. A struct, since a page holds up to a hundred."""

    job_id: str
    status: str
    source_lang: str
    target_lang: str
    created_at: str
    updated_at: str


def summary_view(job: Job) -> Summary:
    """One entry of the list."""
    return Summary(
        job.identifier,
        job.status,
        job.source_lang,
        job.target_lang,
        format_timestamp(job.created_at),
        format_timestamp(job.updated_at),
    )


def status_view(job: Job, profile: Profile, output_url: str | None) -> View:
    """The whole job. `cost_usd` and `input_duration_sec` are null until they are known."""
    expires_at = None
    if job.completed_at is not None:
        expires_at = format_timestamp(int(job.completed_at) + RESULT_LIFETIME_SECONDS)
    return {
        "job_id": job.identifier,
        "status": job.status,
        "source_lang": job.source_lang,
        "target_lang": job.target_lang,
        "error": _error(job, profile),
        "progress": _numeric_progress(job) if profile.numeric_stages else _progress(job),
        "input_duration_sec": job.duration_seconds,
        "cost_usd": None if job.cost_cents is None else job.cost_cents / 100,
        "output_url": output_url,
        "output_expires_at": expires_at,
        "created_at": format_timestamp(job.created_at),
        "updated_at": format_timestamp(job.updated_at),
    }


def _error(job: Job, profile: Profile) -> object:
    if job.error is not None and profile.error_as_object:
        return {"code": job.error, "message": job.error_message}
    return job.error


def _progress(job: Job) -> View:
    percent = _PERCENTS[job.step]
    if job.status != "processing":
        return {"stage": job.status, "percent": percent}
    number = job.step - Step.STAGE_1
    return {"stage": f"stage_{number + 1}", "stage_name": STAGE_NAMES[number], "percent": percent}


def _numeric_progress(job: Job) -> View:
    """The shape of a live run in August 2026: {"stage": 7, "stage_name": "Align & Stitch"}."""
    number = min(max(job.step - Step.STAGE_1 + 1, 0), len(STAGE_NAMES))
    if number == 0:
        return {"stage": 0, "stage_name": "Queued"}
    return {"stage": number, "stage_name": STAGE_NAMES[number - 1]}
