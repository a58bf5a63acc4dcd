"""What the probes of Pinch share: one short upload, one plain job, and the gates before probes.

No probe lives here. A gate skips what the run cannot judge and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dubcheck.contract import Contract
from dubcheck.measure.samples import Sample, SampleName, make
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.pytest_plugin.source_fates import SourceFates
from dubcheck.targets import Answer, ApiClient
from dubcheck.targets.pinch import DubbingApi, PlainJob, Upload, job_id_of
from dubcheck.targets.staging import Staged

PLAIN_TARGETS = ("es", "fr")


@pytest.fixture(autouse=True)
def _means(request: pytest.FixtureRequest, pinch: ApiClient, pinch_contract: Contract) -> None:
    """Skips a probe all of whose requirements need what this target lacks."""
    needs = [pinch_contract.requirements[name].needs for name in judged(request.node)]
    if needs and all(item & pinch.target.lacks for item in needs):
        pytest.skip("this target lacks what the probe needs")


@pytest.fixture(scope="session")
def dubbing(pinch: ApiClient) -> DubbingApi:
    """The documented calls."""
    return DubbingApi(pinch)


@pytest.fixture(scope="session")
def reception(dubbing: DubbingApi, evidence: Evidence) -> Reception:
    """Says whether requests were accepted or refused."""
    return Reception(evidence, dubbing.is_reachable)


@pytest.fixture(scope="session")
def finished_job(dubbing: DubbingApi, plain_job: PlainJob) -> Answer | None:
    """The plain job at its end, or None where it did not come to one."""
    job_id = None if plain_job.answer is None else job_id_of(plain_job.answer)
    return None if job_id is None else dubbing.wait_for_end(job_id)


@pytest.fixture(scope="session")
def fates(evidence: Evidence) -> SourceFates:
    """Says whether source URLs were dubbed or rejected."""
    return SourceFates(evidence)


@pytest.fixture(scope="session")
def samples(staged: Staged) -> Callable[[SampleName], Sample]:
    """Makes a sample, or finds the one that another probe or process made."""
    return lambda name: make(name, staged.work_folder / "samples")


@pytest.fixture(scope="session")
def upload(dubbing: DubbingApi, samples: Callable[[SampleName], Sample]) -> Upload:
    """Two seconds of speech as MP3, uploaded once; many jobs may use it."""
    return dubbing.upload(samples(SampleName.MP3))


@pytest.fixture(scope="session")
def plain_job(dubbing: DubbingApi, upload: Upload) -> PlainJob:
    """A job with the two required fields, created once.

    Where Spanish alone is refused, another language shows the rest; that it is, its probe tells.
    Where storage cannot be reached, a job of the file that never came shows how requests are
    received, if it is accepted at all.
    """
    url = upload.announced_url
    jobs = [{"source_url": url, "target_lang": code} for code in PLAIN_TARGETS]
    if url is None:
        return PlainJob(jobs[0], None)
    refused = []
    for body in jobs:
        job = PlainJob(body, dubbing.create_job(body))
        if not job.obstacle:
            return job
        refused.append(job)
    return refused[0] if upload.source_url is not None else PlainJob(jobs[0], None)


@pytest.fixture
def plain_answer(request: pytest.FixtureRequest, plain_job: PlainJob, evidence: Evidence) -> Answer:
    """What the plain job was answered with; without an upload the probe is skipped."""
    if plain_job.answer is None:
        _skip(request.node, plain_job.obstacle, evidence)
    return plain_job.answer


@pytest.fixture
def job_body(
    request: pytest.FixtureRequest, plain_job: PlainJob, evidence: Evidence
) -> dict[str, Any]:
    """The body of the accepted plain job, to be varied in one respect.

    Where the plain job was refused, a variation shows nothing: the probe is skipped.
    """
    if plain_job.obstacle:
        _skip(request.node, plain_job.obstacle, evidence)
    return dict(plain_job.body)


@pytest.fixture
def completed_plain_job(
    request: pytest.FixtureRequest, finished_job: Answer | None, evidence: Evidence
) -> Answer:
    """The plain job with its output; where it has none, no other job would show more."""
    if finished_job is None or finished_job.field("status") != "completed":
        _skip(request.node, "the plain job did not complete", evidence)
    assert finished_job is not None
    return finished_job


def judged(node: pytest.Item) -> list[str]:
    """The requirements that a probe says it judges."""
    return [name for marker in node.iter_markers("judges") for name in marker.args]


def _skip(node: pytest.Item, reason: str | None, evidence: Evidence) -> None:
    for name in judged(node):
        evidence.unjudged(name, reason or "nothing to build upon")
    pytest.skip(reason or "nothing to build upon")
