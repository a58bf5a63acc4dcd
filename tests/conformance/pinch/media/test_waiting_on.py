"""What ended is over, also when it is asked for at last, long after: the rules see who comes back.

That every job ends is test_waiting.py, after which this stands.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob
from dubcheck.targets.staging import Staged

FINAL = {
    Fate.COMPLETED: "pinch.lifecycle.completed-is-final",
    Fate.FAILED: "pinch.lifecycle.failed-is-final",
}
MOST_AT_A_RATE = 10  # a minute, where the documented rate is kept


@pytest.mark.judges(*FINAL.values())
def test_ended_jobs_are_asked_for_once_more(
    batch: JobBatch, dubbing: DubbingApi, staged: Staged, evidence: Evidence
) -> None:
    """Each completed job of the batch is completed at last, and each failed one failed."""
    jobs = _chosen(batch, staged.rate)

    answers = [dubbing.get_job(job.job_id or "", credential=job.order.credential) for job in jobs]

    _judge_rest(jobs, answers, evidence)


def _chosen(batch: JobBatch, rate: float | None) -> list[MadeJob]:
    """Every job that ended; at a rate a few, failed ones first, which services try again."""
    ended = sorted(batch.ended, key=lambda job: job.fate is Fate.COMPLETED)
    return ended if rate is None else ended[:MOST_AT_A_RATE]


def _judge_rest(jobs: list[MadeJob], answers: list[Answer], evidence: Evidence) -> None:
    """Says only what stayed; what did not, the rules tell of the whole trace."""
    for job, answer in zip(jobs, answers, strict=True):
        status = answer.field("status")
        if status == job.fate.value:
            evidence.holds(
                FINAL[job.fate],
                True,
                *seen(job),
                answer,
                message="",
                expected=job.fate.value,
                actual=status,
            )
