"""Ids that no job has: refused when the job is read, and when its result is asked for."""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.unknown_ids import unknown_id_like


@pytest.mark.judges(
    "pinch.get-job.unknown-job-is-refused", "pinch.get-job.unknown-job-status-is-404"
)
@pytest.mark.usefixtures("job_body")
def test_unknown_job_is_refused(
    dubbing: DubbingApi, plain_job: PlainJob, reception: Reception, evidence: Evidence
) -> None:
    """Reading an id of the usual form that no job has is refused, with 404."""
    answer = dubbing.get_job(_unknown_id(plain_job), intent="unknown job")

    refused = reception.refused("pinch.get-job.unknown-job-is-refused", answer)

    _judge_status("pinch.get-job.unknown-job-status-is-404", refused, answer, evidence)


@pytest.mark.judges(
    "pinch.get-result.unknown-job-is-refused", "pinch.get-result.unknown-job-status-is-404"
)
@pytest.mark.usefixtures("job_body")
def test_result_of_unknown_job_is_refused(
    dubbing: DubbingApi, plain_job: PlainJob, reception: Reception, evidence: Evidence
) -> None:
    """Asking for the result of an id that no job has is refused, with 404."""
    answer = dubbing.get_result(_unknown_id(plain_job), intent="unknown job")

    refused = reception.refused("pinch.get-result.unknown-job-is-refused", answer)

    _judge_status("pinch.get-result.unknown-job-status-is-404", refused, answer, evidence)


def _unknown_id(plain_job: PlainJob) -> str:
    assert plain_job.answer is not None  # job_body skips otherwise
    return unknown_id_like(job_id_of(plain_job.answer) or "")


def _judge_status(requirement: str, refused: bool, answer: Answer, evidence: Evidence) -> None:
    if not refused:
        evidence.unjudged(requirement, "an unknown job is not refused", answer)
        return
    evidence.equals(
        requirement, answer.status, 404, answer, message="an unknown job has another status"
    )
