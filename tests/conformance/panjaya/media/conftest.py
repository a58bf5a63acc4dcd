"""What the media probes of Panjaya share: one batch of assets, its fates, and the notices.

The assets are made when the first probe asks, and waited for together. No probe lives here.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.staging import Staged

from ..subjects import Plain
from .batch import AssetBatch
from .orders import Surroundings, asset_orders
from .reception import AssetReception


@pytest.fixture(scope="session")
def surroundings(staged: Staged) -> Surroundings:
    """What the assets to be made depend on."""
    is_embedded = staged.control_url is not None
    return Surroundings(staged.media_folder, staged.callback_url, staged.media_url, is_embedded)


@pytest.fixture(scope="session")
def batch(
    studio: StudioApi, plain_upload: Plain, surroundings: Surroundings, staged: Staged, lanes: int
) -> AssetBatch:
    """Every asset that the media probes need, made at once."""
    batch = AssetBatch(studio, plain_upload.asset.body, staged.media_folder, lanes)
    batch.make(asset_orders(surroundings))
    return batch


@pytest.fixture(scope="session")
def assets(evidence: Evidence, batch: AssetBatch) -> AssetReception:
    """Says what became of the assets of the batch."""
    return AssetReception(evidence, batch)
