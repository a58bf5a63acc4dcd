"""The workflow of the document with Panjaya: upload, Ready, a further language, edit, revise.

Each step is judged by the rules and by the probes of its operation; here they follow each other
on one asset, as a client's do.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.panjaya import StudioApi, version_ids_of
from dubcheck.targets.receptions import told

from ..conftest import leave_if
from .batch import AssetBatch, AssetOrder, Fate, MadeAsset
from .orders import PLAIN_SAMPLE

ADDED = "pt-BR"
JUDGED = (
    "panjaya.add-languages.asset-becomes-ready-again",
    "panjaya.add-languages.added-language-gets-version",
    "panjaya.lifecycle.initial-version-becomes-ready-to-edit",
    "panjaya.revise-version.status-becomes-ready-to-edit",
)


@pytest.fixture
def ready_asset(request: pytest.FixtureRequest, batch: AssetBatch, evidence: Evidence) -> MadeAsset:
    """An asset that was uploaded and became Ready."""
    batch.asset("plain")
    batch.add(AssetOrder("workflow", PLAIN_SAMPLE))
    made = batch.new("workflow")
    leave_if(request.node, None if made.fate is Fate.READY else f"the asset {made.story}", evidence)
    return made


@pytest.mark.judges(*JUDGED)
def test_language_is_added_edited_and_revised(
    ready_asset: MadeAsset, studio: StudioApi, evidence: Evidence
) -> None:
    """A language added to a Ready asset is dubbed, and its version edited and revised."""
    again, added, edited, revised = JUDGED
    asset_id = str(ready_asset.asset_id)

    addition = studio.add_languages(asset_id, {"languages": [{"locale": ADDED}]})
    ended = studio.wait_for_end(asset_id) if addition.succeeded else None
    if ended is not None:
        ended = studio.settled(asset_id, ended, lambda asset: bool(version_ids_of(asset, ADDED)))
    version_ids = version_ids_of(ended, ADDED) if ended else []
    version = studio.wait_for_version(version_ids[0]) if version_ids else None
    revision = studio.revise(version_ids[0], {}) if version else None

    if ended is None:
        evidence.unjudged(again, "no language was added, or the asset did not end", addition)
        return
    evidence.equals(
        again,
        ended.field("status"),
        "Ready",
        addition,
        ended,
        message="an asset with a further language does not become Ready again",
    )
    if version is None or revision is None or not revision.succeeded:
        reason = "no version of the added language was revised"
        for requirement in (added, edited, revised):
            evidence.unjudged(requirement, reason, ended)
        return
    after = studio.get_version(version_ids[0])
    if not after.succeeded:
        evidence.unjudged(revised, f"{told(after)} to getVersion", revision, after)
        return
    evidence.equals(
        revised,
        after.field("status"),
        "ReadyToEdit",
        version,
        revision,
        after,
        message="a revised version is not ready to be edited",
    )
