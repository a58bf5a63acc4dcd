"""Every job ends: waited for last, when the slowest have had all the run's time.

That an end is final is test_lifecycle.py.
"""

from __future__ import annotations

import statistics

import pytest

from dubcheck.exchange import MISSING
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.targets import is_loopback
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob

EVERY_JOB_ENDS = "pinch.lifecycle.every-job-ends"
# A job without an end is held against the service only where its like took a fraction of the time.
MANY_TIMES = 8
FEWEST_ENDED = 3
FAR_LONGER = 30


@pytest.mark.judges(EVERY_JOB_ENDS)
def test_every_job_ends(batch: JobBatch, dubbing: DubbingApi, evidence: Evidence) -> None:
    """Every job of the batch is completed or failed in time."""
    batch.need(batch.names)

    jobs = [batch.job(name) for name in batch.names]

    _judge_ends(jobs, is_loopback(dubbing.client.target.base_url), evidence)


def _judge_ends(jobs: list[MadeJob], is_local: bool, evidence: Evidence) -> None:
    ended = [job for job in jobs if job.end is not None]
    endless = [job for job in jobs if job.fate is Fate.UNENDED and job.gave_up and job.polls]
    for job in endless:
        reason = f"the job {job.order.name} {job.story}"
        like = [item for item in ended if _is_video(item) == _is_video(job)]
        is_telling = is_local and len(like) >= FEWEST_ENDED and not _is_long(job, like)
        if not is_telling or not _is_overdue(job, like):
            evidence.unjudged(EVERY_JOB_ENDS, reason, *seen(job))
            continue
        evidence.holds(
            EVERY_JOB_ENDS,
            False,
            *seen(job),
            message=reason,
            expected="completed or failed, as others of its like in a fraction of the time",
            actual=str(job.polls[-1].field("status")),
        )
    for job in ended[:1]:
        evidence.holds(EVERY_JOB_ENDS, True, *seen(job), message="", expected="", actual="")


def _is_video(job: MadeJob) -> bool:
    """Pictures may take a service much longer than sound."""
    return job.sample is not None and job.sample.content_type.startswith("video/")


def _is_long(job: MadeJob, ended: list[MadeJob]) -> bool:
    """Whether its input is so much longer than that of the others that it may take as long."""
    seconds = [item.sample.duration_seconds for item in (job, *ended) if item.sample is not None]
    return job.sample is not None and job.sample.duration_seconds > FAR_LONGER * statistics.median(
        seconds
    )


def _is_overdue(job: MadeJob, ended: list[MadeJob]) -> bool:
    waited = job.polls[-1].exchange.ended_at - job.started_at
    is_readable = job.polls[-1].field("status") is not MISSING
    usual = statistics.median(item.seconds_to_end for item in ended)
    return is_readable and waited > MANY_TIMES * max(usual, 1.0)
