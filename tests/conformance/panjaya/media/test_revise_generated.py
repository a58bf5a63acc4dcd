"""reviseVersion on versions whose final video was made, is being made, or that failed.

Only the embedded emulator makes final videos, and fails, on order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.receptions import is_refusal, told

from ..conftest import leave_if
from .batch import AssetBatch
from .final_videos import FinalVideo, FinalVideos
from .orders import PLAIN, REVISED, SEVERAL
from .versions import revise

TOPIC = "panjaya.revise-version"
SETTLED = ("ReadyToEdit", "Completed", "Failed")
# The final video may be there before the revision arrives: once by chance, not each time.
ATTEMPTS = 3
ENOUGH_ACCEPTED = 2


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a completed version, how the version was afterwards, and its earlier link."""

    video: FinalVideo
    answer: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Interruption:
    """A revision of a version that was just seen Generating, and what became of its video."""

    video: FinalVideo
    answer: Answer


@pytest.fixture(scope="module")
def revision_of_video(videos: FinalVideos, studio: StudioApi) -> Revision | None:
    """A completed version that was revised, or None where there is no completed version."""
    video = videos.of(REVISED, SEVERAL[0])
    if not video.is_completed:
        return None
    answer = revise(studio, video.version_id)
    return Revision(video, answer, studio.get_version(video.version_id))


@pytest.fixture
def revision(
    request: pytest.FixtureRequest, revision_of_video: Revision | None, evidence: Evidence
) -> Revision:
    """A completed version that was revised."""
    leave_if(request.node, None if revision_of_video else "no version was completed", evidence)
    assert revision_of_video is not None  # else the probe was left
    return revision_of_video


@pytest.mark.judges(
    f"{TOPIC}.completed-version-is-revised", f"{TOPIC}.status-becomes-ready-to-edit"
)
def test_completed_version_is_revised(revision: Revision, reception: Reception) -> None:
    """A version that is Completed takes a revision."""
    reception.accepted(f"{TOPIC}.completed-version-is-revised", revision.answer)


@pytest.mark.judges(f"{TOPIC}.result-url-is-deleted")
def test_result_url_is_deleted_by_a_revision(revision: Revision, evidence: Evidence) -> None:
    """After the revision of a completed version its `result_url` is null or absent."""
    requirement = f"{TOPIC}.result-url-is-deleted"

    if not (revision.answer.succeeded and revision.after.succeeded):
        reason = "no completed version was revised and read"
        evidence.unjudged(requirement, reason, revision.answer)
        return
    evidence.holds(
        requirement,
        not revision.after.field("result_url"),
        revision.answer,
        revision.after,
        message="a revised version still has the link to its final video",
        expected="null or no `result_url`",
        actual="a link",
    )


@pytest.mark.judges(f"{TOPIC}.old-result-link-is-dead")
def test_old_result_link_is_dead(
    revision: Revision,
    studio: StudioApi,
    tmp_path: Path,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """The link that worked before a revision no longer leads to the video."""
    requirement, file = f"{TOPIC}.old-result-link-is-dead", revision.video.file
    if not revision.answer.succeeded or file is None or not file.succeeded:
        reason = "no link that worked was followed by a revision"
        evidence.unjudged(requirement, reason, revision.answer)
        return

    answer = studio.client.download(str(revision.video.result_url), tmp_path / "old")

    reception.refused(requirement, answer)


@pytest.mark.judges(f"{TOPIC}.failed-version-is-revised")
def test_failed_version_is_revised(
    batch: AssetBatch, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """A version that is Failed takes a revision."""
    requirement = f"{TOPIC}.failed-version-is-revised"
    version_ids = batch.asset("failing version").version_ids()
    version = studio.wait_for_version(version_ids[0]) if version_ids else None
    if version is None or version.field("status") != "Failed":
        evidence.unjudged(requirement, "no version failed, though that was ordered")
        return

    answer = revise(studio, version_ids[0])

    reception.accepted(requirement, answer)


@pytest.mark.judges(
    f"{TOPIC}.generating-version-is-refused",
    f"{TOPIC}.refusal-changes-nothing",
    f"{TOPIC}.wrong-status-answer-is-400",
)
def test_generating_version_is_not_revised(
    batch: AssetBatch, videos: FinalVideos, studio: StudioApi, evidence: Evidence
) -> None:
    """A version that is Generating is not revised, and its video is made all the same."""
    requirement = f"{TOPIC}.generating-version-is-refused"
    version_ids = batch.asset(REVISED).version_ids(SEVERAL[1]) if REVISED in batch else []

    tried = list(_interruptions(version_ids[:1], videos, studio))

    if not tried or not (len(tried) >= ENOUGH_ACCEPTED or is_refusal(tried[-1].answer)):
        evidence.unjudged(requirement, "no version was seen Generating for long enough")
        return
    last = tried[-1]
    evidence.holds(
        requirement,
        is_refusal(last.answer),
        *last.video.seen[:1],
        last.answer,
        message="a version whose final video is being made is revised",
        expected="a 4xx status",
        actual=told(last.answer),
    )
    if is_refusal(last.answer):
        _judge_refusal(last, videos, evidence)


def _interruptions(
    version_ids: list[str], videos: FinalVideos, studio: StudioApi
) -> Iterator[Interruption]:
    """Revisions of a version that was just seen Generating, up to the first that is refused."""
    for version_id in version_ids * ATTEMPTS:
        video = videos.order(version_id)
        if video.seen and video.seen[-1].field("status") == "Generating":
            answer = studio.revise(version_id, {})
            yield Interruption(video, answer)
            if is_refusal(answer):
                return
        # Back to where a final video can be ordered, whatever the revision has led to.
        studio.wait_for_version(version_id, SETTLED)
        studio.revise(version_id, {})


def _judge_refusal(refused: Interruption, videos: FinalVideos, evidence: Evidence) -> None:
    evidence.equals(
        f"{TOPIC}.wrong-status-answer-is-400",
        refused.answer.status,
        400,
        refused.answer,
        message="refused with another status",
    )
    video = videos.follow(refused.video)
    reason = None
    if not videos.of(PLAIN).is_completed:
        reason = "no other version is Completed after its final video was ordered"
    elif video.is_completed and video.result_url is None:
        reason = "it is Completed without a `result_url`, which is judged by getVersion"
    if reason:
        evidence.unjudged(f"{TOPIC}.refusal-changes-nothing", reason, *video.evidence)
        return
    evidence.holds(
        f"{TOPIC}.refusal-changes-nothing",
        video.is_completed,
        refused.answer,
        *video.evidence,
        message="a refused revision stops the final video from being made",
        expected="Completed",
        actual=video.seen[-1].field("status"),
    )
