"""reviseVersion: what it leaves alone, the other versions of the same asset.

Only the embedded emulator makes final videos on order; what a version may lose is judged there.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.panjaya import StudioApi

from .batch import AssetBatch
from .final_videos import FinalVideo, FinalVideos
from .orders import REVISED, SEVERAL
from .versions import revise

REQUIREMENT = "panjaya.revise-version.other-versions-are-kept"


@pytest.mark.judges(REQUIREMENT)
def test_other_version_keeps_its_video(
    batch: AssetBatch, videos: FinalVideos, studio: StudioApi, evidence: Evidence
) -> None:
    """A final video that is being made, and then is there, outlives the revision of another."""
    made = batch.asset(REVISED) if REVISED in batch else None
    revised, other = (made.version_ids(locale)[:1] for locale in SEVERAL[:2]) if made else ([], [])
    video = _ordered(other if other != revised else [], videos, studio)
    answer = revise(studio, revised[0]) if revised and not video.trouble else None

    videos.follow(video)
    again = revise(studio, revised[0]) if revised and video.is_completed else None
    after = studio.get_version(video.version_id) if again else None

    if answer is None or again is None or after is None or not again.succeeded:
        obstacle = video.trouble or "no version was revised beside one with a final video"
        evidence.unjudged(REQUIREMENT, obstacle, *video.evidence)
        return
    evidence.equals(
        REQUIREMENT,
        after.field("status"),
        "Completed",
        video.seen[-1],
        again,
        after,
        message="a version with a final video goes back since another one was revised",
    )


def _ordered(version_ids: list[str], videos: FinalVideos, studio: StudioApi) -> FinalVideo:
    """A final video in the making of a version that may have had one before."""
    if not version_ids:
        return FinalVideo("", trouble="no final video was ordered of an asset in two languages")
    studio.revise(version_ids[0], {})
    return videos.order(version_ids[0])
