"""Whether an output's picture and length match its input, with tolerances no correct dub exceeds.

Sound is compared in gains.py, onsets.py and bit_rates.py. Only inputs of even size, constant frame
rate, square pixels and no rotation may be judged: the others cannot be kept by every H.264 encoder.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from dubcheck.measure.media import MeasureError, Media, VideoTrack

FRAME_RATE_TOLERANCE = 0.005
"""Share of the rate. Encoding and copying keep it exactly; stored clocks round by up to 0.1 %."""

STEADY_RATE_TOLERANCE = 0.0005
"""Share of the rate where frames are stored evenly: half the way from 30 to 29.97."""

DURATION_TOLERANCE_SECONDS = 0.1
"""AAC frames add 9 to 29 ms, an MP3 encoder up to 50 ms at its ends."""

_FEWEST_FRAMES = 5
# Frames this close to an even grid over this long tell a rate to 0.05 %; a clock of whole
# milliseconds is coarser for every rate that it cannot count, and is left to the wider tolerance.
_STEADY_WITHIN_SECONDS = 0.00025
_STEADY_FOR_SECONDS = 1.5


def frame_rate_of(video: VideoTrack) -> float:
    """Frames per second by the median distance of decoded frames.

    For outputs, whose MP4 clock is fine; an MKV, WebM or FLV counts whole milliseconds.
    Raises: MeasureError with fewer than five frames.
    """
    if video.frame_count < _FEWEST_FRAMES:
        raise MeasureError(f"{video.frame_count} frames are too few for a frame rate")
    distance = float(np.median(np.diff(video.frame_times_seconds)))
    if distance <= 0:
        raise MeasureError("the frames do not advance")
    return 1 / distance


def steady_rate_of(video: VideoTrack) -> float | None:
    """Frames per second where they lie on an even grid, or None: a straight line through all."""
    times = np.asarray(video.frame_times_seconds)
    if len(times) < _FEWEST_FRAMES or times[-1] - times[0] < _STEADY_FOR_SECONDS:
        return None
    numbers = np.arange(len(times))
    slope, start = np.polyfit(numbers, times, 1)
    is_steady = np.abs(times - (start + slope * numbers)).max() <= _STEADY_WITHIN_SECONDS
    return 1 / float(slope) if is_steady and slope > 0 else None


def has_frame_rate(video: VideoTrack, frame_rate: Fraction) -> bool:
    """Whether a track runs at a known rate.

    Evenly stored frames show it to 0.05 %. Of others median distance or mean distance may show it:
    a constant rate may be stored on a coarse clock.
    """
    steady_rate = steady_rate_of(video)
    if steady_rate is not None:
        return abs(steady_rate / float(frame_rate) - 1) <= STEADY_RATE_TOLERANCE
    span = video.frame_times_seconds[-1] - video.frame_times_seconds[0] if video.frame_count else 0
    mean_rate = (video.frame_count - 1) / span if span > 0 else 0.0
    wanted = float(frame_rate)
    return any(
        abs(rate - wanted) <= FRAME_RATE_TOLERANCE * wanted
        for rate in (frame_rate_of(video), mean_rate)
    )


def has_resolution(video: VideoTrack, width: int, height: int) -> bool:
    """Whether a track has exactly this size in pixels."""
    return (video.width, video.height) == (width, height)


def has_duration(media: Media, duration_seconds: float) -> bool:
    """Whether a file lasts as long as what it was made of, within 0.1 s or two frames."""
    two_frames = 2 / frame_rate_of(media.video) if media.video else 0.0
    tolerance = max(DURATION_TOLERANCE_SECONDS, two_frames)
    return abs(media.duration_seconds - duration_seconds) <= tolerance
