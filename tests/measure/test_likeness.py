"""Picture and length are compared with tolerances that fit what encoders do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from dubcheck.measure import (
    MeasureError,
    Media,
    VideoTrack,
    frame_rate_of,
    has_duration,
    has_frame_rate,
    has_resolution,
)
from dubcheck.measure.samples import RECIPES, SampleName

Measured = Callable[[SampleName], Media]
PICTURES = [
    SampleName.MP4,
    SampleName.MP4_LARGE,
    SampleName.MP4_SMALL,
    SampleName.MP4_PORTRAIT,
    SampleName.MP4_SMOOTH,
    SampleName.MKV,
    SampleName.FLV,
    SampleName.TS,
]


def spoken_id(name: SampleName) -> str:
    """The sample's own name as test id."""
    return name.value


def ticking(frame_rate: float, count: int = 50) -> VideoTrack:
    """A track of 320 x 240 pixels with evenly spaced frames."""
    times = tuple(index / frame_rate for index in range(count))
    return VideoTrack(None, "h264", 320, 240, times)


def on_a_clock(track: VideoTrack, ticks: int) -> VideoTrack:
    """The track with its times rounded to so many ticks a second."""
    times = tuple(round(time * ticks) / ticks for time in track.frame_times_seconds)
    return replace(track, frame_times_seconds=times)


@pytest.mark.parametrize("name", PICTURES, ids=spoken_id)
def test_sample_has_the_frame_rate_of_its_recipe(measured: Measured, name: SampleName) -> None:
    """Rates from 12 to 60 frames per second are recognised, NTSC's fraction among them."""
    picture = RECIPES[name].picture

    video = measured(name).video

    assert video is not None
    assert picture is not None
    assert has_frame_rate(video, picture.frame_rate)


@pytest.mark.parametrize("frame_rate", [12.5, 24, 24.7, 25.3, 30, 50])
def test_other_frame_rate_is_told_from_25(frame_rate: float) -> None:
    """Rates more than 0.5 % away from 25 do not pass for it."""
    assert not has_frame_rate(ticking(frame_rate), Fraction(25))


@pytest.mark.parametrize("rate", [24, 30, 60])
@pytest.mark.parametrize("ticks", [90_000, 30_000], ids=["90-khz", "30-khz"])
def test_ntsc_rate_is_told_from_its_round_neighbour(rate: int, ticks: int) -> None:
    """In 2 s, 29.97 frames per second do not pass for 30, nor 30 for 29.97; so for 24 and 60."""
    ntsc, plain = Fraction(rate * 1000, 1001), Fraction(rate)
    tracks = [on_a_clock(ticking(float(each), count=2 * rate), ticks) for each in (ntsc, plain)]

    verdicts = [[has_frame_rate(track, each) for each in (ntsc, plain)] for track in tracks]

    assert verdicts == [[True, False], [False, True]]


def test_ntsc_rate_on_a_coarse_clock_passes_for_30() -> None:
    """Where whole milliseconds blur 29.97, nobody is accused of it."""
    assert has_frame_rate(on_a_clock(ticking(30000 / 1001), 1000), Fraction(30))


@pytest.mark.parametrize("ticks", [600, 1000, 10_240, 12_288, 15_360, 90_000])
@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001), 12, 25, 30, 60])
def test_rate_on_the_clock_of_any_muxer_is_recognised(rate: Fraction | int, ticks: int) -> None:
    """Rounding to the ticks of an MP4 never makes a true rate another one."""
    track = on_a_clock(ticking(float(rate), count=round(2 * rate)), ticks)

    assert has_frame_rate(track, Fraction(rate))


def test_clock_of_whole_milliseconds_does_not_hide_the_rate() -> None:
    """30 frames per second stored in whole milliseconds still pass for 30."""
    coarse = on_a_clock(ticking(30), 1000)

    assert has_frame_rate(coarse, Fraction(30))


def test_frame_rate_of_too_few_frames_is_an_error() -> None:
    """Four frames are not enough to measure a rate."""
    with pytest.raises(MeasureError):
        frame_rate_of(ticking(25, count=4))


@pytest.mark.parametrize(("width", "height"), [(322, 240), (320, 242), (240, 320)])
def test_other_resolution_is_told_apart(width: int, height: int) -> None:
    """A resolution matches exactly or not at all."""
    assert not has_resolution(ticking(25), width, height)


@pytest.mark.parametrize(
    ("duration_seconds", "is_same"), [(1.7, False), (1.95, True), (2.1, True), (2.3, False)]
)
def test_duration_tolerance_is_a_tenth_of_a_second(
    measured: Measured, duration_seconds: float, is_same: bool
) -> None:
    """A video of 2.0 s passes for 1.95 s and 2.1 s, not for 1.7 s or 2.3 s."""
    assert has_duration(measured(SampleName.MP4), duration_seconds) is is_same
