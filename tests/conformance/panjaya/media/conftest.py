"""What the media probes of Panjaya share: one batch of assets, its fates, and the notices.

The assets are made when the first probe asks, and waited for together. No probe lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.selection import wanted
from dubcheck.targets import ApiClient, Witness
from dubcheck.targets.callbacks import CallbackRelay
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.staging import Staged

from ..reach import Reach
from ..subjects import Plain
from .batch import AssetBatch
from .final_videos import FinalVideos
from .notices import NoticeReception
from .orders import FINAL_VIDEOS, PLAIN, Surroundings, asset_orders
from .reception import AssetReception

# No document says how soon a notice comes; one that takes longer than this, while others come at
# once, is taken for lost (notices.py is more patient where all of them take long).
LOCAL_NOTICE_SECONDS = 30.0


@pytest.fixture(scope="session")
def surroundings(panjaya: ApiClient, staged: Staged, reach: Reach) -> Surroundings:
    """What the assets to be made depend on."""
    target = panjaya.target
    return Surroundings(
        folder=staged.media_folder,
        callback_url=None if "callbacks" in target.lacks else reach.callback_url,
        media_url=None if "media-url" in target.lacks else reach.media_url,
        is_embedded=target.kind == "emulator" and staged.control_url is not None,
    )


@pytest.fixture(scope="session")
def batch(
    studio: StudioApi,
    plain_upload: Plain,
    surroundings: Surroundings,
    staged: Staged,
    lanes: int,
    request: pytest.FixtureRequest,
) -> AssetBatch:
    """Every asset that the media probes need, made at once.

    Where few probes were chosen, only what they name is made at once, and else what they ask for.
    """
    batch = AssetBatch(studio, plain_upload.asset.body, staged.media_folder, lanes)
    batch.offer(asset_orders(surroundings))
    batch.need(wanted(request, batch.names))
    return batch


@pytest.fixture
def own_version_id(request: pytest.FixtureRequest) -> Callable[[], str | None]:
    """Says the id of a version of the plain asset."""
    return lambda: next(iter(request.getfixturevalue("batch").asset(PLAIN).version_ids()), None)


@pytest.fixture(scope="session")
def assets(evidence: Evidence, batch: AssetBatch) -> AssetReception:
    """Says what became of the assets of the batch."""
    return AssetReception(evidence, batch)


@pytest.fixture(scope="session")
def videos(
    studio: StudioApi,
    batch: AssetBatch,
    surroundings: Surroundings,
    staged: Staged,
    request: pytest.FixtureRequest,
) -> FinalVideos:
    """The final videos that the embedded emulator is told to make."""
    control_url = staged.control_url if surroundings.is_embedded else None
    folder = staged.own_folder("final-videos")
    names = wanted(request, [name for name, _ in FINAL_VIDEOS])
    planned = [key for key in FINAL_VIDEOS if key[0] in names]
    return FinalVideos(studio, batch, control_url, folder, planned)


@pytest.fixture(scope="session")
def relay(staged: Staged, witness: Witness) -> Iterator[CallbackRelay]:
    """Shows the receiver's deliveries to the witness, the latest ones at the end."""
    relay = CallbackRelay(staged, witness)
    yield relay
    relay.show_new()


@pytest.fixture(scope="session")
def notices(evidence: Evidence, relay: CallbackRelay, studio: StudioApi) -> NoticeReception:
    """Says whether notices arrived; elsewhere than here, they may take their time."""
    return NoticeReception(evidence, relay, LOCAL_NOTICE_SECONDS if studio.is_local else 120.0)
