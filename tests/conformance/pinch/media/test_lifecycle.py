"""The course of jobs: what ended stays so, and a fast poller sees each status.

The order of statuses is judged by rules over every trace; that jobs end, by test_waiting.py.
"""

from __future__ import annotations

import pytest

from dubcheck.exchange import MISSING
from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.targets import Answer, is_loopback
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.pinch_courses import watched, why_not_seen
from dubcheck.targets.pinch_jobs import JobBatch, MadeJob

LIFECYCLE = "pinch.lifecycle."
FAST_POLL_SECONDS = 0.01
SLOW_POLL_SECONDS = 5.0
ENDED = (SampleName.MP4, SampleName.MP3, SampleName.TEXT_NAMED_MP4, SampleName.MP4_HALF_SECOND)


@pytest.fixture(scope="module")
def course(dubbing: DubbingApi, plain_job: PlainJob) -> list[Answer]:
    """Every answer about one job, from its creation on; none, where no job can be made."""
    if plain_job.obstacle:
        return []
    created = dubbing.create_job(plain_job.body)
    pause = FAST_POLL_SECONDS if is_loopback(dubbing.client.target.base_url) else SLOW_POLL_SECONDS
    job_id = job_id_of(created)
    return [created, *(watched(dubbing, job_id, pause) if job_id else ())]


@pytest.mark.judges(f"{LIFECYCLE}completed-is-final", f"{LIFECYCLE}failed-is-final")
@pytest.mark.parametrize("sample", ENDED, ids=lambda item: str(item.value))
def test_ended_job_is_read_again(
    sample: SampleName, batch: JobBatch, dubbing: DubbingApi, evidence: Evidence
) -> None:
    """A completed job stays completed and a failed one failed, long after its end."""
    job = batch.job(sample.value)
    _need_end(job, evidence)

    answers = [dubbing.get_job(job.job_id or "") for _ in range(2)]

    _judge_rest(job, answers, evidence)


@pytest.mark.parametrize(
    "status",
    [
        pytest.param(each, marks=pytest.mark.judges(f"{LIFECYCLE}{each}-is-shown"))
        for each in ("pending", "downloading", "processing", "uploading")
    ],
)
def test_status_is_shown(status: str, course: list[Answer], evidence: Evidence) -> None:
    """A client that polls fast enough sees a job pending, downloading, processing, uploading."""
    shown = [answer for answer in course if answer.field("status") == status]

    _note_showing(status, shown, course, evidence)


def _need_end(job: MadeJob, evidence: Evidence) -> None:
    if job.end is None:
        evidence.unjudged(f"{LIFECYCLE}completed-is-final", f"the job {job.story}", *seen(job))
        pytest.skip(f"the job {job.story}")


def _judge_rest(job: MadeJob, answers: list[Answer], evidence: Evidence) -> None:
    status = job.fate.value
    changed = next(
        (item for item in answers if item.field("status") not in (status, MISSING)), None
    )
    evidence.holds(
        f"{LIFECYCLE}{status}-is-final",
        changed is None,
        *seen(job),
        *((changed,) if changed else answers[-1:]),
        message=f"a job that was {status} did not stay so",
        expected=status,
        actual=str(changed.field("status")) if changed else status,
    )


def _note_showing(
    status: str, shown: list[Answer], course: list[Answer], evidence: Evidence
) -> None:
    requirement = f"{LIFECYCLE}{status}-is-shown"
    if shown:
        evidence.holds(requirement, True, shown[0], message="", expected="", actual="")
        return
    evidence.unjudged(requirement, why_not_seen(status, course), *course[:1])
