"""Notices about final videos: being made, made, not made, and taken back by a revision.

Only the embedded emulator makes final videos, and fails, on order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.callbacks import Notice
from dubcheck.targets.panjaya import StudioApi

from .batch import AssetBatch, MadeAsset
from .final_videos import FinalVideo, FinalVideos
from .notices import NoticeReception, Wanted

TOPIC = "panjaya.callbacks"
MADE = "version_generated"
MAKING = ("version_generating", MADE)
NOTHING_MADE = "no final video was ordered of an asset that has a `callback_url`"


@dataclass(frozen=True, slots=True)
class Generation:
    """A final video that was ordered of a version with notices.

    `obstacle` says why they show nothing. `notice` told that it was made, and `found` is the
    version as it was right then. `earlier`: how many notices of an event came before the order.
    """

    made: MadeAsset | None
    video: FinalVideo
    obstacle: str | None
    notice: Notice | None = None
    found: Answer | None = None
    earlier: Mapping[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def generation(
    batch: AssetBatch, videos: FinalVideos, notices: NoticeReception, studio: StudioApi
) -> Generation:
    """A final video, followed by its notices alone."""
    made = batch.asset("created, notified") if "created, notified" in batch else None
    version_ids = made.version_ids() if made else []
    if made is None or not version_ids:
        return Generation(made, FinalVideo("", trouble=NOTHING_MADE), NOTHING_MADE)
    earlier = {event: len(notices.known(Wanted(made, event, version_ids[0]))) for event in MAKING}
    video = videos.order(version_ids[0])
    obstacle = video.trouble or notices.silence([made])
    if obstacle:
        return Generation(made, video, obstacle)
    notice = notices.awaited(_wanted(MADE, made, video, earlier[MADE]))
    found = studio.get_version(video.version_id)
    return Generation(made, videos.follow(video), None, notice, found, earlier)


@pytest.mark.judges(f"{TOPIC}.version-generating-is-sent")
def test_generation_is_told_when_it_begins(
    generation: Generation, notices: NoticeReception, evidence: Evidence
) -> None:
    """version_generating is sent when the final video of a version begins to be made."""
    _judge_arrival("version_generating", generation, notices, evidence)


@pytest.mark.judges(f"{TOPIC}.version-generated-is-sent")
def test_generation_is_told_when_it_is_done(
    generation: Generation, notices: NoticeReception, evidence: Evidence
) -> None:
    """version_generated is sent when the final video of a version was made."""
    _judge_arrival(MADE, generation, notices, evidence)


@pytest.mark.judges(f"{TOPIC}.generated-notice-finds-result")
def test_generated_notice_finds_the_result(generation: Generation, evidence: Evidence) -> None:
    """The version of which version_generated tells has its `result_url` at that moment."""
    requirement = f"{TOPIC}.generated-notice-finds-result"
    notice, found = generation.notice, generation.found
    obstacle = generation.obstacle or (None if notice else "no notice tells that it was made")
    if obstacle is None and generation.video.result_url is None:
        obstacle = "the version has no `result_url` later either, which is judged by getVersion"

    if obstacle or notice is None or found is None or not found.succeeded:
        evidence.unjudged(requirement, obstacle or "the version could not be read")
        return
    evidence.holds(
        requirement,
        bool(found.field("result_url")),
        notice.exchange,
        found,
        message="the version is told to have its final video before it has",
        expected="a `result_url`",
        actual=found.field("result_url"),
    )


@pytest.mark.judges(f"{TOPIC}.revision-is-notified")
def test_revision_of_a_completed_version_is_told(
    generation: Generation, notices: NoticeReception, studio: StudioApi, evidence: Evidence
) -> None:
    """version_ready is sent again after a completed version was revised."""
    requirement, made, video = f"{TOPIC}.revision-is-notified", generation.made, generation.video
    if made is None or generation.obstacle or not video.is_completed:
        evidence.unjudged(requirement, generation.obstacle or "no version was completed")
        return
    before = notices.known(_wanted("version_ready", made, video))

    answer = studio.revise(video.version_id, {})

    if not answer.succeeded:
        evidence.unjudged(requirement, "a completed version is not revised", answer)
        return
    wanted = _wanted("version_ready", made, video, more_than=len(before))
    notices.arrives(requirement, wanted, answer)


@pytest.mark.judges(f"{TOPIC}.version-generate-failed-is-sent")
def test_failed_generation_is_told(
    batch: AssetBatch,
    videos: FinalVideos,
    notices: NoticeReception,
    studio: StudioApi,
    evidence: Evidence,
) -> None:
    """version_generate_failed is sent when the final video of a version could not be made."""
    requirement, name = f"{TOPIC}.version-generate-failed-is-sent", "failing generation"
    if name not in batch:
        evidence.unjudged(requirement, NOTHING_MADE)
        return
    made = batch.asset(name)
    version_ids = made.version_ids()
    video = videos.order(version_ids[0]) if version_ids else FinalVideo("", trouble=NOTHING_MADE)
    obstacle = video.trouble or notices.silence([made])
    if obstacle is None and videos.follow(video).is_completed:
        obstacle = "the final video was made, though a failure was ordered"

    wanted = _wanted("version_generate_failed", made, video)

    notices.arrives(requirement, wanted, *video.evidence, obstacle=obstacle)
    # What the version shows after the notice: rules hold the one against the other.
    studio.get_version(video.version_id)


def _judge_arrival(
    event: str, generation: Generation, notices: NoticeReception, evidence: Evidence
) -> None:
    requirement = f"{TOPIC}.{event.replace('_', '-')}-is-sent"
    video, made = generation.video, generation.made
    if made is None or generation.obstacle:
        evidence.unjudged(requirement, generation.obstacle or NOTHING_MADE, *video.evidence)
    else:
        wanted = _wanted(event, made, video, more_than=generation.earlier.get(event, 0))
        notices.arrives(requirement, wanted, *video.evidence)


def _wanted(event: str, made: MadeAsset, video: FinalVideo, more_than: int = 0) -> Wanted:
    return Wanted(made, event, video.version_id, tuple(made.version_ids()), more_than)
