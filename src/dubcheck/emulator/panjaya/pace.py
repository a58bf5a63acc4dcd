"""How long Panjaya's work takes on the emulator's clock; the work itself is in courses.py."""

from __future__ import annotations

from dubcheck.emulator.settings import Speed

# Default: long enough to be seen by a poller that asks every few milliseconds.
# Slow: six seconds for the two parts of an asset's course.
_FIXED_SECONDS = {Speed.DEFAULT: 0.1, Speed.SLOW: 3.0}
# Real: a small share of what a studio takes, in proportion to the video.
_REAL_SECONDS = 10.0
_REAL_FACTOR = 1.5


def preparing_seconds(speed: Speed) -> float:
    """From the request to the measured video."""
    return _FIXED_SECONDS.get(speed, _REAL_SECONDS)


def dubbing_seconds(speed: Speed, media_seconds: float) -> float:
    """From the measured video to a version that can be edited, and again to the final video."""
    if speed in _FIXED_SECONDS:
        return _FIXED_SECONDS[speed]
    return max(_REAL_SECONDS, media_seconds * _REAL_FACTOR)
