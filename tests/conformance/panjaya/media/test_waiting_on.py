"""What ended is over, also when it is asked for at last, long after: the rules see who comes back.

That assets end is test_lifecycle.py, after which this stands.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.lasting_ends import failed_first, say_what_stayed
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.staging import Staged

from .batch import AssetBatch, Fate

STAYING = {
    Fate.READY: "panjaya.lifecycle.ready-asset-stays-ready",
    Fate.FAILED: "panjaya.lifecycle.failed-asset-stays-failed",
}
FOUND = "panjaya.get-asset.found-status-is-200"


@pytest.mark.judges(*STAYING.values(), FOUND)
def test_ended_assets_are_asked_for_twice_more(
    batch: AssetBatch, studio: StudioApi, staged: Staged, evidence: Evidence
) -> None:
    """Each Ready and each Failed asset of the batch is found at last, and as it was."""
    assets = 2 * failed_first(batch.ended, Fate.READY, staged.rate)

    answers = [studio.get_asset(str(made.asset_id)) for made in assets]

    seen = [(made, [answer]) for made, answer in zip(assets, answers, strict=True)]
    say_what_stayed(evidence, STAYING, seen)
