"""Generated requests to every operation, valid and invalid; the rules judge every answer.

What only a run knows is put in: a video that is one, addresses that are the suite's own, ids of
assets and versions that exist.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from schemathesis import GenerationMode

from dubcheck.contract import Contract
from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.targets import ApiClient
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of
from dubcheck.targets.staging import Staged
from dubcheck.targets.stimuli import Sender, Stimuli

from .stimuli import Place
from .subjects import ReadyAssets, Subject

OPERATIONS = (
    "createAsset",
    "uploadAsset",
    "listAssets",
    "getAsset",
    "addLanguages",
    "getVersion",
    "reviseVersion",
)
MODES = {"valid": GenerationMode.POSITIVE, "invalid": GenerationMode.NEGATIVE}
# Any text is an id, and any body a revision's, so that only these have invalid requests.
GENERATED = [
    pytest.param(operation, mode, id=f"{operation}-{name}")
    for operation in OPERATIONS
    for name, mode in MODES.items()
    if name == "valid" or operation in ("createAsset", "uploadAsset", "addLanguages")
]
MOST_COVERAGE_CASES = {"quick": 4, "standard": 8, "deep": 1000}
WALKS_AND_STEPS = {"quick": (2, 4), "standard": (3, 5), "deep": (80, 10)}
FUZZ_SHARE = 0.12


@pytest.fixture(scope="module")
def stimuli(panjaya_contract: Contract, staged: Staged) -> Stimuli:
    """The generator of requests."""
    return Stimuli(panjaya_contract, staged.seed)


@pytest.fixture(scope="module")
def ids(ready_assets: ReadyAssets, studio: StudioApi) -> dict[str, str]:
    """Ids by path parameter, of an asset and a version that exist for this module alone."""
    asset_id = ready_assets.take()
    if asset_id is None:
        return {}
    versions = version_ids_of(studio.get_asset(asset_id))
    return {"asset_id": asset_id, **({"version_id": versions[0]} if versions else {})}


@pytest.fixture(scope="module")
def sender(
    panjaya: ApiClient,
    panjaya_session: requests.Session,
    creating: Subject,
    video: Sample,
    ids: dict[str, str],
    staged: Staged,
) -> Sender:
    """Sends cases; every other path leads to what exists."""
    chance = random.Random(staged.seed)  # noqa: S311 - no secret
    own = {
        "media_url": creating.body["media_url"],
        "background_url": creating.places.get(Place.BACKGROUND),
        "callback_url": creating.places.get(Place.CALLBACK),
    }

    def alter(case: Any) -> None:
        for name in set(ids) & set(case.path_parameters or {}):
            if chance.random() < 0.5:
                case.path_parameters[name] = ids[name]
        if not isinstance(case.body, dict):
            return
        case.body = with_own_addresses(case.body, own)
        if isinstance(case.body.get("video"), bytes):
            case.body["video"] = video.content
        if isinstance(case.body.get("request"), dict):
            case.body["request"] = with_own_addresses(case.body["request"], own)

    return Sender(panjaya.target.base_url, panjaya.target.key, panjaya_session, alter)


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_stands_coverage_cases(
    operation: str,
    mode: GenerationMode,
    stimuli: Stimuli,
    sender: Sender,
    staged: Staged,
    lanes: int,
) -> None:
    """Examples and cases at the bounds of the request schema break no promise."""
    cases = stimuli.coverage(operation, mode, MOST_COVERAGE_CASES[staged.profile])

    with ThreadPoolExecutor(lanes) as sending:
        list(sending.map(sender.send, cases))


@pytest.mark.parametrize(("operation", "mode"), GENERATED)
def test_operation_stands_generated_requests(
    operation: str, mode: GenerationMode, stimuli: Stimuli, sender: Sender, explore: Explorer
) -> None:
    """Generated requests, valid or invalid, break no promise."""
    cases = stimuli.generated(operation, mode)

    explore(cases, sender.send, share=FUZZ_SHARE)


def test_flow_along_links_keeps_every_promise(
    stimuli: Stimuli, sender: Sender, staged: Staged
) -> None:
    """Walks from answer to request along the links of the contract break no promise."""
    walks, steps = WALKS_AND_STEPS[staged.profile]

    stimuli.walk(sender, walks, steps)


def with_own_addresses(body: dict[str, Any], own: dict[str, str | None]) -> dict[str, Any]:
    """The body with generated addresses replaced: nobody else's host is to be called.

    Where the suite has no address of its own for a field, the field goes.
    """
    kept = dict(body)
    for name, url in own.items():
        if str(kept.get(name)).lower().startswith(("http:", "https:")):
            kept[name] = url
            if url is None:
                del kept[name]
    return kept
