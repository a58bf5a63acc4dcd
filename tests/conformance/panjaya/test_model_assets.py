"""Assets of two accounts against a model of what the documents say, in any order of operations.

What is sent in which order is drawn by hypothesis; what an answer means, model and rules say.
"""

from __future__ import annotations

import pytest

from dubcheck.exchange import Credential
from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.targets.machines.panjaya import Account, AssetsMachine
from dubcheck.targets.panjaya import StudioApi

from .subjects import Plain


@pytest.fixture
def accounts(studio: StudioApi, plain_upload: Plain) -> list[Account]:
    """The account of the run and, where there is a key of another, that one."""
    if plain_upload.asset.obstacle or plain_upload.broken_fact:
        pytest.skip(plain_upload.asset.obstacle or "the plainest upload is refused")
    has_other = "other-key" not in studio.client.target.lacks
    keys = (Credential.OWN, Credential.OTHER) if has_other else (Credential.OWN,)
    return [Account(studio, key) for key in keys]


@pytest.mark.judges(
    "panjaya.add-languages.refusal-changes-nothing",
    "panjaya.revise-version.refusal-changes-nothing",
    "panjaya.get-asset.foreign-asset-is-hidden",
    "panjaya.add-languages.foreign-asset-is-hidden",
    "panjaya.get-version.foreign-version-is-hidden",
    "panjaya.revise-version.foreign-version-is-hidden",
    "panjaya.list-assets.foreign-assets-are-hidden",
)
def test_assets_of_two_accounts_follow_the_model(
    accounts: list[Account], plain_upload: Plain, video: Sample, explore: Explorer
) -> None:
    """However the operations are mixed, assets and versions show what each account asked for."""
    body = plain_upload.asset.body
    explore.walk(lambda listener: AssetsMachine(listener, accounts, video, body))
