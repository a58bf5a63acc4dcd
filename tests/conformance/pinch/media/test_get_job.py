"""Reading a job: that it is found, that others are not, and that its input was measured.

What the fields of any answer must be is judged by rules over all traffic.
"""

from __future__ import annotations

import pytest

from dubcheck.exchange import MISSING
from dubcheck.measure.samples import RECIPES, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob
from dubcheck.targets.pinch_orders import PRICED

GET_JOB = "pinch.get-job."
# MP3, AAC and OGG encoders add up to 0.1 s at the ends; services may round to a tenth of a second.
DURATION_TOLERANCE_SECONDS = {True: 0.11, False: 0.25}
EXACT = (SampleName.WAV, *PRICED, SampleName.WAV_ONE_SECOND, SampleName.FLAC)
MEASURED = (*EXACT, SampleName.MP4, SampleName.MP4_TALK, SampleName.OGG, SampleName.WMA)


@pytest.mark.judges(f"{GET_JOB}created-job-is-found")
@pytest.mark.usefixtures("job_body")
def test_created_job_is_found(
    dubbing: DubbingApi, plain_job: PlainJob, reception: Reception, evidence: Evidence
) -> None:
    """A job just created can be read under its `job_id`."""
    job_id = job_id_of(plain_job.answer) if plain_job.answer is not None else None
    if job_id is None:
        evidence.unjudged(f"{GET_JOB}created-job-is-found", "the creation told no `job_id`")
        return

    answer = dubbing.get_job(job_id)

    reception.accepted(f"{GET_JOB}created-job-is-found", answer)


@pytest.mark.judges(f"{GET_JOB}input-duration-is-measured")
@pytest.mark.parametrize("sample", MEASURED, ids=lambda item: str(item.value))
def test_input_duration_is_measured(
    sample: SampleName, batch: JobBatch, evidence: Evidence
) -> None:
    """`input_duration_sec` is how long the input lasts: 1, 2, 4, 5, 6 or 61.5 s."""
    job = batch.job(sample.value)

    _judge_duration(job, RECIPES[sample].duration_seconds, sample in EXACT, evidence)


def _judge_duration(job: MadeJob, seconds: float, is_exact: bool, evidence: Evidence) -> None:
    requirement = f"{GET_JOB}input-duration-is-measured"
    told_seconds = job.end.field("input_duration_sec") if job.end is not None else MISSING
    is_number = isinstance(told_seconds, int | float) and not isinstance(told_seconds, bool)
    if job.fate is not Fate.COMPLETED or not is_number or told_seconds <= 0:
        reason = f"the job {job.story}" if job.fate is not Fate.COMPLETED else "there is no number"
        evidence.unjudged(requirement, reason, *seen(job))
        return
    evidence.holds(
        requirement,
        abs(told_seconds - seconds) <= DURATION_TOLERANCE_SECONDS[is_exact],
        *seen(job),
        message=f"`input_duration_sec` is not how long {job.order.name} lasts",
        expected=f"{seconds:g} s",
        actual=f"{told_seconds} s",
    )
