"""An account whose balance is too low: it gets no dub, and is told why.

The price of jobs is judged by rules over all traffic; the batch has jobs of several lengths.
"""

from __future__ import annotations

import pytest

from dubcheck.exchange import Credential
from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import seen
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, PlainJob
from dubcheck.targets.pinch_jobs import Fate, JobBatch, JobOrder, MadeJob
from dubcheck.targets.staging import Staged

PRICING = "pinch.pricing.poor-account-"
POOR_CODE = "insufficient_balance"


@pytest.fixture(scope="module")
def poor_job(dubbing: DubbingApi, plain_job: PlainJob, staged: Staged) -> MadeJob:
    """A plain job of the poor account, where one of the other account is accepted."""
    if dubbing.client.target.poor_key is None:
        pytest.skip("there is no key of a poor account")
    order = JobOrder("poor", SampleName.MP3, credential=Credential.POOR)
    if plain_job.obstacle:
        return MadeJob(order)
    folder = staged.work_folder / "samples"
    batch = JobBatch(dubbing, folder, target_language=plain_job.body["target_lang"])
    batch.make([order])
    return batch.job("poor")


@pytest.mark.judges(f"{PRICING}gets-no-dub")
def test_poor_account_gets_no_dub(poor_job: MadeJob, evidence: Evidence) -> None:
    """An account whose balance does not suffice is refused, or its job fails."""
    requirement = f"{PRICING}gets-no-dub"
    _need_reaction(requirement, poor_job, evidence)

    evidence.holds(
        requirement,
        poor_job.fate is not Fate.COMPLETED,
        *seen(poor_job),
        message="an account without money gets a dub",
        expected="a refusal or a failed job",
        actual=poor_job.story,
    )


@pytest.mark.judges(f"{PRICING}refusal")
def test_poor_account_is_turned_away_somewhere(poor_job: MadeJob, evidence: Evidence) -> None:
    """The account is told when the job is created, or by a job that fails."""
    requirement = f"{PRICING}refusal"
    _need_reaction(requirement, poor_job, evidence)

    reading = "failed-job" if poor_job.fate is Fate.FAILED else "refused-at-create"

    _note_reading(requirement, reading, poor_job, evidence)


@pytest.mark.judges(f"{PRICING}is-told-so")
def test_refusal_of_poor_account_has_its_code(poor_job: MadeJob, evidence: Evidence) -> None:
    """The refusal carries the code insufficient_balance."""
    requirement = f"{PRICING}is-told-so"
    refusal = _need_refusal(requirement, poor_job, evidence)
    _need_code(requirement, refusal, evidence)

    code = refusal.field("error", "code")

    evidence.equals(requirement, code, POOR_CODE, refusal, message="another code tells of it")


@pytest.mark.judges(f"{PRICING}status-is-402")
def test_refusal_of_poor_account_has_status_402(poor_job: MadeJob, evidence: Evidence) -> None:
    """The refusal has the status 402."""
    requirement = f"{PRICING}status-is-402"
    refusal = _need_refusal(requirement, poor_job, evidence)

    evidence.equals(requirement, refusal.status, 402, refusal, message="another status tells of it")


def _refusal(job: MadeJob) -> Answer | None:
    answer = job.decisive if job.job_id is None else None
    status = answer.status if answer is not None else None
    is_about_money = status is not None and 400 <= status <= 499 and status not in (401, 429)
    return answer if is_about_money else None


def _need_reaction(requirement: str, job: MadeJob, evidence: Evidence) -> None:
    if job.end is None and _refusal(job) is None:
        _give_up(requirement, f"the job of the poor account {job.story}", job, evidence)


def _need_refusal(requirement: str, job: MadeJob, evidence: Evidence) -> Answer:
    refusal = _refusal(job)
    if refusal is None:
        _give_up(requirement, f"it was not refused: the job {job.story}", job, evidence)
    assert refusal is not None
    return refusal


def _need_code(requirement: str, refusal: Answer, evidence: Evidence) -> None:
    if not isinstance(refusal.field("error", "code"), str):
        evidence.unjudged(requirement, "the refusal has no code", refusal)
        pytest.skip("the refusal has no code")


def _note_reading(requirement: str, reading: str, job: MadeJob, evidence: Evidence) -> None:
    if job.fate is Fate.COMPLETED:
        _give_up(requirement, "it was not turned away", job, evidence)
    evidence.reads(requirement, reading, *seen(job))


def _give_up(requirement: str, reason: str, job: MadeJob, evidence: Evidence) -> None:
    evidence.unjudged(requirement, reason, *seen(job))
    pytest.skip(reason)
