"""What ended is over, also when it is asked for at last, long after: the rules see who comes back.

That every job ends is test_waiting.py, after which this stands.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.pytest_plugin.lasting_ends import failed_first, say_what_stayed
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_jobs import Fate, JobBatch
from dubcheck.targets.staging import Staged

FINAL = {
    Fate.COMPLETED: "pinch.lifecycle.completed-is-final",
    Fate.FAILED: "pinch.lifecycle.failed-is-final",
}


@pytest.mark.judges(*FINAL.values())
def test_ended_jobs_are_asked_for_once_more(
    batch: JobBatch, dubbing: DubbingApi, staged: Staged, evidence: Evidence
) -> None:
    """Each completed job of the batch is completed at last, and each failed one failed."""
    jobs = failed_first(batch.ended, Fate.COMPLETED, staged.rate)

    answers = [dubbing.get_job(job.job_id or "", credential=job.order.credential) for job in jobs]

    shown = [(job, [*seen(job), answer]) for job, answer in zip(jobs, answers, strict=True)]
    say_what_stayed(evidence, FINAL, shown)
