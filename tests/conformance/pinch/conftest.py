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
from dubcheck.targets import Answer, ApiClient
from dubcheck.targets.pinch import (
    DubbingApi,
    PlainJob,
    Upload,
    is_about_something_else,
    is_refusal,
    is_silence,
    told,
)
from dubcheck.targets.staging import Staged


class Reception:
    """Says how a request was received, where that is all a requirement asks."""

    def __init__(self, dubbing: DubbingApi, evidence: Evidence):
        self._dubbing = dubbing
        self._evidence = evidence

    def accepted(self, requirement: str, answer: Answer) -> bool:
        """Passes a 2xx answer."""
        message = "a request that the document allows is not accepted"
        return self._judge(requirement, answer, answer.succeeded, ("a 2xx status", message))

    def refused(self, requirement: str, answer: Answer, *, status: str | None = None) -> bool:
        """Passes a 4xx answer; `status` names the requirement that it be 400."""
        message = "a request that the document rules out is not refused"
        refused = self._judge(requirement, answer, is_refusal(answer), ("a 4xx status", message))
        if refused and status is not None:
            self._evidence.equals(
                status, answer.status, 400, answer, message="the refusal has another status"
            )
        return refused

    def _judge(
        self, requirement: str, answer: Answer, condition: bool, wording: tuple[str, str]
    ) -> bool:
        expected, message = wording
        if is_about_something_else(answer):
            reason = f"answered with {told(answer)}, which is about something else"
        elif is_silence(answer) and not self._dubbing.is_reachable():
            reason = "the service no longer answers"
        else:
            return self._evidence.holds(
                requirement,
                condition,
                answer,
                message=message,
                expected=expected,
                actual=told(answer),
            )
        self._evidence.unjudged(requirement, reason, answer)
        return False


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
    return Reception(dubbing, evidence)


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
    """A job with the two required fields, created once."""
    body = {"source_url": upload.source_url, "target_lang": "es"}
    if upload.source_url is None:
        return PlainJob(body, None)
    return PlainJob(body, dubbing.create_job(body))


@pytest.fixture
def job_body(
    request: pytest.FixtureRequest, plain_job: PlainJob, evidence: Evidence
) -> dict[str, Any]:
    """The body of the accepted plain job, to be varied in one respect.

    Where the plain job was refused, a variation shows nothing: the probe is skipped.
    """
    if plain_job.obstacle:
        for name in judged(request.node):
            evidence.unjudged(name, plain_job.obstacle)
        pytest.skip(plain_job.obstacle)
    return dict(plain_job.body)


def judged(node: pytest.Item) -> list[str]:
    """The requirements that a probe says it judges."""
    return [name for marker in node.iter_markers("judges") for name in marker.args]
