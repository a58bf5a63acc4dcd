"""Trims of videos whose length is known: which sections are dubbed, and which never are.

Generated ranges are test_trim_ranges.py; how long a trimmed result lasts is test_results.py.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence

from ..durations import DURATION_TOLERANCE_SECONDS, as_seconds, is_length
from .batch import AssetBatch, Fate
from .orders import (
    BEYOND_WITH_OPTIONS,
    CREATED_BEYOND,
    EXACT_SECONDS,
    FETCHED,
    FRACTIONAL,
    LONG_SECONDS,
    WITH_OPTIONS,
    created,
)
from .reception import AssetReception

TOPIC = "panjaya.trims"
OUT_OF_RANGE = ("invalid_input", "time_out_of_range")
# What a request with one time shows of that time alone, others build upon.
ONE_SIDE = {"start only": "start-time-is-accepted", "end only": "end-time-is-accepted"}
NEVER_READY = {
    "end before start": "end-before-start-is-never-ready",
    "end equal to start": "end-equal-to-start-is-never-ready",
    "negative start": "negative-start-is-never-ready",
    "negative end": "negative-end-is-never-ready",
}
DURATION_QUESTION = "panjaya.get-asset.duration-of-trimmed-asset"


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        pytest.param(name, fact, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}"))
        for name, fact in (
            ("start only", "start-only-becomes-ready"),
            ("end only", "end-only-becomes-ready"),
        )
    ],
)
def test_one_side_inside_the_video_becomes_ready(
    name: str, fact: str, batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """A 6 s video with only `start_time` 4, or only `end_time` 2, is dubbed."""
    made = batch.asset(name)

    if made.fate is Fate.REFUSED:
        reason = f"refused at once, which is judged by upload-asset.{ONE_SIDE[name]}"
        evidence.unjudged(f"{TOPIC}.{fact}", reason, *made.seen)
    else:
        assets.becomes_ready(f"{TOPIC}.{fact}", name)


@pytest.mark.parametrize(
    ("name", "fact", "beside"),
    [
        pytest.param(name, fact, beside, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}"))
        for name, fact, beside in (
            ("both inside", "both-inside-video-becomes-ready", ("start only", "end only")),
            ("fractions", "fractional-times-become-ready", ("both inside",)),
            ("zero start", "zero-start-becomes-ready", ("start only",)),
            ("from zero", "zero-start-becomes-ready", ("zero start", "end only")),
        )
    ],
)
def test_section_inside_the_video_becomes_ready(
    name: str, fact: str, beside: tuple[str, ...], batch: AssetBatch, assets: AssetReception
) -> None:
    """A video is dubbed from 2 to 4 s of 6, from 1.25 to 3.75 s, from 0 s, and from 0 to 2 s."""
    # That a request takes fractions of one time, at all, is judged by the fields themselves.
    is_fields_matter = name == "fractions" and batch.asset(name).fate is Fate.REFUSED

    beside = ("fractions", *beside) if is_fields_matter else beside
    assets.becomes_ready(f"{TOPIC}.{fact}", name, *beside)


@pytest.mark.judges(f"{TOPIC}.end-at-duration-becomes-ready")
def test_end_at_the_very_end_becomes_ready(
    batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """A video whose sound and picture last exactly 2 s is dubbed up to `end_time` 2."""
    requirement = f"{TOPIC}.end-at-duration-becomes-ready"
    whole = batch.asset("exact length")
    measured = whole.ended.field("duration") if whole.ended else None

    if isinstance(measured, int | float) and measured < EXACT_SECONDS:
        evidence.unjudged(requirement, f"the service measures {measured} s, not 2", *whole.seen)
    else:
        assets.becomes_ready(requirement, "end at duration", "end only", "exact length")


@pytest.mark.parametrize(
    ("name", "side", "beside"),
    [
        pytest.param(
            name,
            side,
            beside,
            id=name,
            marks=pytest.mark.judges(
                f"{TOPIC}.{side}-beyond-duration-fails",
                f"{TOPIC}.{side}-beyond-duration-code",
                f"{TOPIC}.out-of-range-code",
            ),
        )
        for name, side, beside in (
            ("start beyond", "start", ("start only",)),
            ("end beyond", "end", ("end only",)),
            ("start just beyond", "start", ("start only", "exact length")),
            ("end just beyond", "end", ("end only", "exact length")),
            ("end beyond a start", "end", ("both inside",)),
            (BEYOND_WITH_OPTIONS, "end", ("end only", WITH_OPTIONS)),
        )
    ],
)
def test_time_beyond_the_video_fails(
    name: str, side: str, beside: tuple[str, ...], batch: AssetBatch, assets: AssetReception
) -> None:
    """A 2 s video with a time of 9 or 2.5 fails with one of two codes, whatever else is asked."""
    code = batch.asset(name).code

    assets.fails(f"{TOPIC}.{side}-beyond-duration-fails", name, *beside)
    assets.has_code(f"{TOPIC}.{side}-beyond-duration-code", name, *OUT_OF_RANGE)
    reading = code.replace("_", "-") if code in OUT_OF_RANGE else None
    assets.reads(f"{TOPIC}.out-of-range-code", name, reading)


@pytest.mark.parametrize(
    "side",
    [
        pytest.param(side, marks=pytest.mark.judges(f"{TOPIC}.{side}-beyond-duration-fails"))
        for side in CREATED_BEYOND
    ],
)
def test_time_beyond_a_fetched_video_fails(
    side: str, batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """The same times fail an asset whose video the service fetches from a URL."""
    requirement, name = f"{TOPIC}.{side}-beyond-duration-fails", CREATED_BEYOND[side]

    if name in batch:
        refused = "creating it is refused at once, which may be due to the URL"
        assets.fails(requirement, name, f"{side} only", refused=refused)
    else:
        evidence.unjudged(requirement, "the target cannot fetch a video from the suite")


@pytest.mark.judges("panjaya.get-asset.duration-is-that-of-video")
@pytest.mark.parametrize("name", [FRACTIONAL, FETCHED])
def test_duration_is_that_of_the_video(name: str, batch: AssetBatch, evidence: Evidence) -> None:
    """The `duration` of a video of 2.4 s is neither 2 nor 3, nor that of a fetched one another."""
    requirement = "panjaya.get-asset.duration-is-that-of-video"
    if name not in batch:
        evidence.unjudged(requirement, "the target cannot fetch a video from the suite")
        return
    made = batch.asset(name)
    ended = made.ended if made.fate is Fate.READY else None
    shown = None if ended is None else as_seconds(ended.field("duration"))

    if shown is None:
        evidence.unjudged(requirement, f"no number is shown, and the asset {made.story}")
        return
    seconds = made.sample.duration_seconds
    evidence.holds(
        requirement,
        is_length(shown, seconds),
        *made.seen,
        message="the duration is not that of the video",
        expected=f"{seconds} within {DURATION_TOLERANCE_SECONDS}",
        actual=shown,
    )


@pytest.mark.judges(f"{TOPIC}.end-not-after-start-code", f"{TOPIC}.end-not-after-start-moment")
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        pytest.param(name, fact, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}"))
        for name, fact in list(NEVER_READY.items())[:2]
    ],
)
def test_end_not_after_start_is_never_ready(
    name: str, fact: str, batch: AssetBatch, assets: AssetReception
) -> None:
    """An `end_time` before the `start_time`, or equal to it, is refused or fails the asset."""
    assets.is_never_ready(f"{TOPIC}.{fact}", name, "both inside")
    assets.has_code(f"{TOPIC}.end-not-after-start-code", name, "invalid_input")
    readings = {Fate.REFUSED: "refused", Fate.FAILED: "asset-fails"}
    assets.reads(f"{TOPIC}.end-not-after-start-moment", name, readings.get(batch.asset(name).fate))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}"))
        for name, fact in NEVER_READY.items()
    ],
)
def test_senseless_times_of_a_fetched_video_are_never_dubbed(
    name: str, batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """The same times, of a video that the service fetches from a URL, lead to no dub either."""
    requirement = f"{TOPIC}.{NEVER_READY[name]}"

    if created(name) in batch:
        assets.is_never_ready(requirement, created(name), FETCHED)
    else:
        evidence.unjudged(requirement, "the target cannot fetch a video from the suite")


@pytest.mark.judges(f"{TOPIC}.negative-time-code", f"{TOPIC}.negative-time-moment")
@pytest.mark.parametrize(
    ("name", "side"),
    [
        pytest.param(
            f"negative {side}",
            side,
            id=side,
            marks=pytest.mark.judges(f"{TOPIC}.negative-{side}-is-never-ready"),
        )
        for side in ("start", "end")
    ],
)
def test_negative_time_is_never_ready(
    name: str, side: str, batch: AssetBatch, assets: AssetReception
) -> None:
    """A `start_time` or an `end_time` of -1 is refused or fails the asset."""
    assets.is_never_ready(f"{TOPIC}.negative-{side}-is-never-ready", name, f"{side} only")
    assets.has_code(f"{TOPIC}.negative-time-code", name, *OUT_OF_RANGE)
    readings = {Fate.REFUSED: "refused", Fate.FAILED: "asset-fails"}
    assets.reads(f"{TOPIC}.negative-time-moment", name, readings.get(batch.asset(name).fate))


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        pytest.param(name, fact, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}"))
        for name, fact in (("zero end", "zero-end"), ("start at duration", "start-at-duration"))
    ],
)
def test_section_of_no_length_is_noted(
    name: str, fact: str, batch: AssetBatch, assets: AssetReception
) -> None:
    """An `end_time` of 0, or a `start_time` at the very end, has some outcome."""
    readings = {Fate.REFUSED: "refused", Fate.FAILED: "asset-fails", Fate.READY: "accepted"}

    assets.reads(f"{TOPIC}.{fact}", name, readings.get(batch.asset(name).fate))


@pytest.mark.judges(DURATION_QUESTION)
def test_duration_of_a_trimmed_asset_is_noted(batch: AssetBatch, assets: AssetReception) -> None:
    """A 6 s video of which 2 s are kept shows the one or the other duration."""
    made = batch.asset("both inside")

    shown = made.ended.field("duration") if made.fate is Fate.READY and made.ended else None

    assets.reads(DURATION_QUESTION, "both inside", _length_shown(shown))


def _length_shown(duration: object) -> str | None:
    lengths = {"whole-video": LONG_SECONDS, "trimmed-section": 2.0}
    shown = as_seconds(duration)
    if shown is None:
        return None
    return next((name for name, seconds in lengths.items() if is_length(shown, seconds)), None)
