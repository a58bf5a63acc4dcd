"""Ids that no job has: refused when the job is read, and when its result is asked for."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.rules.made_up_answers import UNKNOWN_JOB
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.unknown_ids import unknown_id_like

SHORTEST_TELLING = 8  # characters


@pytest.mark.judges(
    "pinch.get-job.unknown-job-is-refused", "pinch.get-job.unknown-job-status-is-404"
)
@pytest.mark.usefixtures("job_body")
def test_unknown_job_is_refused(
    dubbing: DubbingApi, plain_job: PlainJob, reception: Reception, evidence: Evidence
) -> None:
    """Reading an id of the usual form that no job has is refused, with 404."""
    answer = dubbing.get_job(_unknown_id(plain_job), intent=UNKNOWN_JOB)

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
    answer = dubbing.get_result(_unknown_id(plain_job), intent=UNKNOWN_JOB)

    refused = reception.refused("pinch.get-result.unknown-job-is-refused", answer)

    _judge_status("pinch.get-result.unknown-job-status-is-404", refused, answer, evidence)


@pytest.mark.judges(
    "pinch.get-job.unknown-job-is-refused", "pinch.get-result.unknown-job-is-refused"
)
@pytest.mark.usefixtures("job_body", "finished_job")
def test_ids_that_are_almost_right_or_of_another_form_are_refused(
    dubbing: DubbingApi, plain_job: PlainJob, reception: Reception, explore: Explorer
) -> None:
    """An id cut short or prolonged names no job, nor does one of another form, whatever it is."""

    def ask_result(job_id: str) -> None:
        answer = dubbing.get_result(job_id, intent=UNKNOWN_JOB)
        reception.refused("pinch.get-result.unknown-job-is-refused", answer)

    def ask_job(job_id: str) -> None:
        answer = dubbing.get_job(job_id, intent=UNKNOWN_JOB)
        reception.refused("pinch.get-job.unknown-job-is-refused", answer)

    ids = st.sampled_from(_ids_of_nobody(plain_job))
    # In this order: what getJob shows of a job that is not there promises no result.
    explore(ids, ask_result)
    explore(ids, ask_job)


def _ids_of_nobody(plain_job: PlainJob) -> list[str]:
    """Short ones are left out where ids may be counted: another job may have them."""
    others = ["dubcheck-no-such-job", "00000000-0000-4000-8000-000000000000"]
    own = _job_id(plain_job)
    may_be_counted = own.rpartition("_")[2].isdigit() or len(own) < SHORTEST_TELLING
    return others if may_be_counted else [f"{own}0", own[:-1], *others]


def _unknown_id(plain_job: PlainJob) -> str:
    return unknown_id_like(_job_id(plain_job))


def _job_id(plain_job: PlainJob) -> str:
    assert plain_job.answer is not None  # job_body skips otherwise
    return job_id_of(plain_job.answer) or ""


def _judge_status(requirement: str, refused: bool, answer: Answer, evidence: Evidence) -> None:
    if not refused:
        evidence.unjudged(requirement, "an unknown job is not refused", answer)
        return
    evidence.equals(
        requirement, answer.status, 404, answer, message="an unknown job has another status"
    )
