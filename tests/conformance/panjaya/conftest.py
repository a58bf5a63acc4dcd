"""What the probes of Panjaya share: one short video, plain requests, and the gates before probes.

No probe lives here. A gate skips what the run cannot judge and says why.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dubcheck.contract import Contract
from dubcheck.measure.samples import Sample, SampleName, make
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import ApiClient
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of
from dubcheck.targets.staging import Staged

from .examination import Examination
from .plain_requests import *  # noqa: F403 - fixtures are found by being here
from .reach import PRIVATE_ADDRESS, REACHING, Reach
from .stimuli import Place
from .subjects import LANES, Subject


@pytest.fixture(autouse=True)
def _means(
    request: pytest.FixtureRequest,
    panjaya: ApiClient,
    panjaya_contract: Contract,
    evidence: Evidence,
) -> None:
    """Skips a probe all of whose requirements need what this target lacks, or refuses."""
    needs = [panjaya_contract.requirements[name].needs for name in judged(request.node)]
    if needs and all(item & panjaya.target.lacks for item in needs):
        pytest.skip("this target lacks what the probe needs")
    if needs and all(item & REACHING for item in needs):
        refused = request.getfixturevalue("reach").refused
        is_refused = all(item & refused for item in needs)
        leave_if(request.node, PRIVATE_ADDRESS if is_refused else None, evidence)


@pytest.fixture(scope="session")
def studio(panjaya: ApiClient) -> StudioApi:
    """The documented calls."""
    return StudioApi(panjaya)


@pytest.fixture(scope="session")
def reception(studio: StudioApi, evidence: Evidence) -> Reception:
    """Says whether requests were accepted or refused."""
    return Reception(evidence, studio.is_reachable)


@pytest.fixture(scope="session")
def video(staged: Staged) -> Sample:
    """Two seconds of speech in a small picture, also on the media server."""
    return make(SampleName.MP4_SMALL, staged.media_folder)


@pytest.fixture(scope="session")
def silent_video(staged: Staged) -> Sample:
    """A video whose sound is digital silence."""
    return make(SampleName.MP4_SILENT, staged.media_folder)


@pytest.fixture(scope="session")
def background(staged: Staged) -> Sample:
    """A sound track for the background, also on the media server."""
    return make(SampleName.MP3, staged.media_folder)


@pytest.fixture(scope="session")
def lanes(studio: StudioApi, staged: Staged) -> int:
    """How many requests may be under way at once: one where the service is not our own machine."""
    return LANES if studio.is_local and staged.rate is None else 1


@pytest.fixture(scope="session")
def places(reach: Reach, background: Sample) -> dict[Place, str]:
    """Where the target can reach the suite."""
    known = {
        Place.CALLBACK: reach.callback_url and f"{reach.callback_url}/accepted",
        Place.CALLBACK_WITH_QUERY: reach.callback_url and f"{reach.callback_url}/accepted?run=1",
        Place.BACKGROUND: reach.media(background),
    }
    return {place: url for place, url in known.items() if url}


@pytest.fixture
def own_asset_id(request: pytest.FixtureRequest) -> Callable[[], str | None]:
    """Makes an asset when it is called, and says its id."""
    return lambda: asset_id_of(request.getfixturevalue("uploading").answer())


@pytest.fixture
def subject(request: pytest.FixtureRequest, evidence: Evidence) -> Subject:
    """The operation that the parameter names; without an accepted request nothing can be shown."""
    names = {"create-asset": "creating", "upload-asset": "uploading", "add-languages": "adding"}
    subject: Subject = request.getfixturevalue(names[request.param])
    leave_if(request.node, subject.obstacle, evidence)
    return subject


@pytest.fixture
def examination(subject: Subject, reception: Reception, evidence: Evidence) -> Examination:
    """The operation before its judge."""
    return Examination(subject, reception, evidence)


def leave_if(node: pytest.Item, obstacle: str | None, evidence: Evidence) -> None:
    """Skips a probe that an obstacle keeps from showing anything."""
    if obstacle:
        for name in judged(node):
            evidence.unjudged(name, obstacle)
        pytest.skip(obstacle)


def judged(node: pytest.Item) -> list[str]:
    """The requirements that a probe says it judges."""
    return [name for marker in node.iter_markers("judges") for name in marker.args]
