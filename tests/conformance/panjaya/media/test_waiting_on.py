"""What ended is over, also when it is asked for at last, long after: the rules see who comes back.

That assets end is test_lifecycle.py, after which this stands.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.staging import Staged

from .batch import AssetBatch, Fate, MadeAsset

STAYING = {
    Fate.READY: "panjaya.lifecycle.ready-asset-stays-ready",
    Fate.FAILED: "panjaya.lifecycle.failed-asset-stays-failed",
}
FOUND = "panjaya.get-asset.found-status-is-200"
MOST_AT_A_RATE = 10


@pytest.mark.judges(*STAYING.values(), FOUND)
def test_ended_assets_are_asked_for_twice_more(
    batch: AssetBatch, studio: StudioApi, staged: Staged, evidence: Evidence
) -> None:
    """Each Ready and each Failed asset of the batch is found at last, and as it was."""
    assets = 2 * _chosen(batch, staged.rate)

    answers = [studio.get_asset(str(made.asset_id)) for made in assets]

    _judge_rest(assets, answers, evidence)


def _chosen(batch: AssetBatch, rate: float | None) -> list[MadeAsset]:
    """Every asset that ended; at a rate a few, failed ones first, which services may clear away."""
    ended = sorted(batch.ended, key=lambda made: made.fate is Fate.READY)
    return ended if rate is None else ended[:MOST_AT_A_RATE]


def _judge_rest(assets: list[MadeAsset], answers: list[Answer], evidence: Evidence) -> None:
    """Says only what stayed; what did not, the rules tell of the whole trace."""
    for made, answer in zip(assets, answers, strict=True):
        status = answer.field("status")
        if status == made.fate.value:
            evidence.equals(STAYING[made.fate], status, made.fate.value, answer, message="")
