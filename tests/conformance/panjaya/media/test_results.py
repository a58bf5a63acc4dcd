"""What final videos hold: as long as the section that was kept, with the background they must have.

Links to them are test_get_version.py.
"""

from __future__ import annotations

import numpy as np
import pytest

from dubcheck.measure import Media, has_duration
from dubcheck.measure.media import ANALYSIS_RATE
from dubcheck.pytest_plugin.evidence import Evidence

from .batch import AssetBatch
from .final_videos import FinalVideo, FinalVideos
from .orders import LONG_SECONDS, PLAIN

TRIMS = "panjaya.trims"
TONE_HERTZ, TONE_AMPLITUDE = 440.0, 0.25
# Of the tone, so that a service may mix it softer; speech alone has a hundredth at that pitch.
TONE_SHARE = 0.2
# The only utterance ends long before, in every language.
PAUSE_SECONDS = (8.0, 11.5)
# Between the noise of the pause (-67) and what an encoder makes of digital silence.
HEARD_DBFS = -80.0


@pytest.mark.parametrize(
    ("name", "fact", "seconds"),
    [
        pytest.param(name, fact, seconds, id=name, marks=pytest.mark.judges(f"{TRIMS}.{fact}"))
        for name, fact, seconds in (
            ("both inside", "result-lasts-the-section", 2.0),
            ("fractions", "result-lasts-the-section", 2.5),
            ("end only", "absent-start-is-beginning", 2.0),
            ("start only", "absent-end-is-end", LONG_SECONDS - 4),
            (PLAIN, "untrimmed-result-lasts-as-video", 2.0),
        )
    ],
)
def test_result_lasts_as_long_as_what_was_kept(
    name: str,
    fact: str,
    seconds: float,
    videos: FinalVideos,
    evidence: Evidence,
) -> None:
    """A final video lasts from `start_time` to `end_time`, or as long as the video without them."""
    video = videos.of(name)
    media = _whole(video)

    if media is None:
        evidence.unjudged(f"{TRIMS}.{fact}", _trouble(video), *video.evidence)
        return
    evidence.holds(
        f"{TRIMS}.{fact}",
        has_duration(media, seconds),
        *video.evidence,
        message=f"the final video does not last as long as what was kept ({name})",
        expected=f"{seconds} s",
        actual=f"{media.duration_seconds:.2f} s",
    )


@pytest.mark.parametrize(
    ("name", "requirement"),
    [
        pytest.param(name, requirement, id=name, marks=pytest.mark.judges(requirement))
        for name, requirement in (
            ("background file", "panjaya.upload-asset.background-file-is-used"),
            ("background url", "panjaya.create-asset.background-url-is-used"),
        )
    ],
)
def test_background_track_is_in_the_result(
    name: str, requirement: str, batch: AssetBatch, videos: FinalVideos, evidence: Evidence
) -> None:
    """A tone of 440 Hz that was given as background is heard in the final video."""
    video = videos.of(name) if name in batch else None
    media = _whole(video) if video else None

    if video is None or media is None:
        trouble = "the target cannot reach the media" if video is None else _trouble(video)
        evidence.unjudged(requirement, trouble)
        return
    heard = _amplitude(media, TONE_HERTZ)
    evidence.holds(
        requirement,
        heard >= TONE_SHARE * TONE_AMPLITUDE,
        *video.evidence,
        message="the background track is not heard in the final video",
        expected=f"a tone with an amplitude of about {TONE_AMPLITUDE}",
        actual=f"{heard:.4f}",
    )


@pytest.mark.judges("panjaya.lifecycle.background-is-preserved")
def test_original_background_is_in_the_result(videos: FinalVideos, evidence: Evidence) -> None:
    """The noise of a room where nobody speaks is heard in the final video too."""
    requirement = "panjaya.lifecycle.background-is-preserved"
    video = videos.of("original background")
    media = _whole(video)

    if media is None:
        evidence.unjudged(requirement, _trouble(video), *video.evidence)
        return
    level = _level_dbfs(media, PAUSE_SECONDS)
    evidence.holds(
        requirement,
        level >= HEARD_DBFS,
        *video.evidence,
        message="what is heard behind the speech of the source is not in the final video",
        expected="about -67 dBFS, as in the source",
        actual=f"{level:.0f} dBFS",
    )


def _whole(video: FinalVideo) -> Media | None:
    """What was measured of a result that has picture and sound; that it has, is another promise."""
    media = video.media
    return media if media and media.video is not None and media.audio is not None else None


def _trouble(video: FinalVideo) -> str:
    return video.trouble or "the result is no video with sound, which is judged by getVersion"


def _amplitude(media: Media, hertz: float) -> float:
    """Of the one pitch, in the whole sound."""
    if media.audio is None or not len(media.audio.wave):
        return 0.0
    window = np.hanning(len(media.audio.wave))
    spectrum = np.abs(np.fft.rfft(media.audio.wave * window))
    pitches = np.fft.rfftfreq(len(window), 1 / ANALYSIS_RATE)
    return float(2 * spectrum[np.abs(pitches - hertz) < 2].max() / window.sum())


def _level_dbfs(media: Media, span_seconds: tuple[float, float]) -> float:
    """Of the sound between two moments; -180 without any."""
    if media.audio is None:
        return -180.0
    first, last = (round(seconds * ANALYSIS_RATE) for seconds in span_seconds)
    heard = media.audio.wave[first:last].astype(np.float64)
    return 20 * float(np.log10(np.sqrt((heard**2).mean()) + 1e-9)) if len(heard) else -180.0
