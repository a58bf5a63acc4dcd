"""The refreshed link: for completed jobs it yields the same file, for others there is none.

How long links live is test_link_expiry.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.rules.pinch.missing_links import is_put_off
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.pinch_jobs import Fate, JobBatch
from dubcheck.targets.pinch_outputs import Output, Outputs
from dubcheck.targets.receptions import is_refusal, told

RESULT = "pinch.get-result."
COMPLETED = (SampleName.MP4, SampleName.MP3, SampleName.WAV)
FAILED = (SampleName.TEXT_NAMED_MP4, SampleName.MP4_WITHOUT_AUDIO)


@pytest.mark.judges(f"{RESULT}answers-200")
@pytest.mark.parametrize("sample", COMPLETED, ids=lambda item: str(item.value))
def test_result_of_completed_job_is_answered_twice(
    sample: SampleName, batch: JobBatch, dubbing: DubbingApi, evidence: Evidence
) -> None:
    """The result of a completed job is answered with 200, also when it is asked for again."""
    job_id = _job_id(f"{RESULT}answers-200", sample, Fate.COMPLETED, batch, evidence)

    answers = [dubbing.get_result(job_id) for _ in range(2)]

    _judge_answers(answers, evidence)


@pytest.mark.judges(f"{RESULT}serves-the-same-file")
@pytest.mark.parametrize("sample", COMPLETED, ids=lambda item: str(item.value))
def test_result_serves_the_same_file(
    sample: SampleName,
    batch: JobBatch,
    dubbing: DubbingApi,
    outputs: Outputs,
    tmp_path: Path,
    evidence: Evidence,
) -> None:
    """`download_url` yields the same bytes as `output_url`."""
    requirement = f"{RESULT}serves-the-same-file"
    job_id = _job_id(requirement, sample, Fate.COMPLETED, batch, evidence)
    output = outputs.of(sample.value)

    link = dubbing.get_result(job_id).field("download_url")
    answer = dubbing.client.download(link, tmp_path / "file") if isinstance(link, str) else None

    _judge_same_file(requirement, output, answer, evidence)


@pytest.mark.judges(f"{RESULT}unfinished-job-has-no-link")
def test_result_of_unfinished_job_is_refused(
    job_body: dict[str, object], dubbing: DubbingApi, evidence: Evidence
) -> None:
    """The result of a job that is still worked on afterwards is refused."""
    created = dubbing.create_job(job_body)
    job_id = job_id_of(created)
    if job_id is None:
        reason = "the creation told no `job_id`"
        evidence.unjudged(f"{RESULT}unfinished-job-has-no-link", reason, created)
        return

    answer = dubbing.get_result(job_id, intent="unfinished job")
    afterwards = dubbing.get_job(job_id)

    _judge_unfinished(answer, afterwards, evidence)


@pytest.mark.judges(f"{RESULT}failed-job-has-no-link")
@pytest.mark.parametrize("sample", FAILED, ids=lambda item: str(item.value))
def test_result_of_failed_job_is_refused(
    sample: SampleName,
    batch: JobBatch,
    dubbing: DubbingApi,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """The result of a failed job is refused."""
    requirement = f"{RESULT}failed-job-has-no-link"
    job_id = _job_id(requirement, sample, Fate.FAILED, batch, evidence)

    answer = dubbing.get_result(job_id, intent="failed job")

    reception.refused(requirement, answer)


def _job_id(
    requirement: str, sample: SampleName, fate: Fate, batch: JobBatch, evidence: Evidence
) -> str:
    job = batch.job(sample.value)
    if job.fate is not fate or job.job_id is None:
        reason = f"the job {job.story}"
        evidence.unjudged(requirement, reason, *seen(job))
        pytest.skip(reason)
    return job.job_id


def _judge_answers(answers: list[Answer], evidence: Evidence) -> None:
    refusal = next((item for item in answers if is_refusal(item)), None)
    decisive = refusal or answers[-1]
    if refusal is None and not decisive.succeeded:
        evidence.unjudged(f"{RESULT}answers-200", f"answered with {told(decisive)}", decisive)
        return
    evidence.equals(
        f"{RESULT}answers-200",
        decisive.status,
        200,
        decisive,
        message="the result of a completed job is answered with another status",
    )


def _judge_same_file(
    requirement: str, output: Output, answer: Answer | None, evidence: Evidence
) -> None:
    first = output.answer
    has_link = output.job.end is not None and isinstance(output.job.end.field("output_url"), str)
    if (
        not has_link
        or first is None
        or answer is None
        or not (_has_file(first) and _has_file(answer))
    ):
        evidence.unjudged(requirement, "two downloads to compare were not had", *output.seen)
        return
    digests = [_digest(item) for item in (first, answer)]
    evidence.holds(
        requirement,
        digests[0] == digests[1],
        first,
        answer,
        message="the refreshed link yields another file",
        expected=f"SHA-256 {digests[0]}",
        actual=f"SHA-256 {digests[1]}",
    )


def _has_file(answer: Answer) -> bool:
    """Whether the link yielded a file; that it should is another promise."""
    response = answer.exchange.response
    return answer.succeeded and response is not None and response.body.size_bytes > 0


def _digest(answer: Answer) -> str:
    response = answer.exchange.response
    return response.body.sha256 if response is not None else ""


def _judge_unfinished(answer: Answer, afterwards: Answer, evidence: Evidence) -> None:
    requirement = f"{RESULT}unfinished-job-has-no-link"
    status = afterwards.field("status")
    is_unfinished = status in ("pending", "downloading", "processing", "uploading")
    if not is_unfinished and not is_refusal(answer):
        evidence.unjudged(requirement, f"the job was {status} at once", answer, afterwards)
        return
    if not answer.succeeded and not is_refusal(answer):
        evidence.unjudged(requirement, f"answered with {told(answer)}", answer)
        return
    evidence.holds(
        requirement,
        is_refusal(answer) or is_put_off(answer.exchange),
        afterwards,
        answer,
        message="a job that is not finished is given a result",
        expected="a 4xx status, or a 2xx other than 200 without a link",
        actual=told(answer),
    )
