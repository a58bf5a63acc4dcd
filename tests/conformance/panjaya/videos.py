"""What became of the video of an asset, in the two judgements that several probes share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import MADE, StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of


def judge_dubbed(
    requirement: str,
    ended: Answer | None,
    evidence: Evidence,
    other_way: Callable[[], Answer | None],
) -> None:
    """Passes an asset that became Ready; `other_way` brings the same video to an end otherwise."""
    if ended is None:
        evidence.unjudged(requirement, "no asset was created that came to an end in time")
        return
    if ended.field("status") == "Failed":
        other = other_way()
        if other is not None and other.field("status") == "Failed":
            reason = "it fails either way: see lifecycle.sound-video-becomes-ready"
            evidence.unjudged(requirement, reason, ended, other)
            return
    evidence.equals(
        requirement,
        ended.field("status"),
        "Ready",
        ended,
        message="an asset with a sound video does not become Ready",
    )


def judge_no_video(
    requirement: str,
    ended: Answer | None,
    studio: StudioApi,
    evidence: Evidence,
    versions: Sequence[str] | None = None,
) -> None:
    """Passes an asset whose version is not made into a video by itself.

    The first of its `versions`, which are those of an added language, or else of its own.
    """
    if ended is None or ended.field("status") != "Ready":
        evidence.unjudged(requirement, "no asset was created that became Ready")
        return
    watched = version_ids_of(ended) if versions is None else versions
    was_added = versions is not None
    seen = (studio.watch_version(each, was_added=was_added) for each in watched)
    version = next(seen, None)
    if version is None:
        evidence.unjudged(requirement, "no version of the asset could be read", ended)
        return
    status = version.field("status")
    if status not in MADE and version.field("result_url"):
        reason = f"it is {status} with a link: see get-version.no-result-url-before-video"
        evidence.unjudged(requirement, reason, version)
        return
    evidence.holds(
        requirement,
        status not in MADE,
        version,
        message="a final video is made although nobody asked for it",
        expected="a version without a final video",
        actual=status,
    )
