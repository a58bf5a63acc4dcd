"""How long Panjaya's work takes on the emulator's clock; the work itself is in courses.py."""

from __future__ import annotations

from dubcheck.emulator.settings import Speed

# Default: long enough to be seen by a poller that asks every few milliseconds.
_DEFAULT_SECONDS = 0.1
# Real: a small share of what a studio takes, in proportion to the video.
_REAL_SECONDS = 10.0
_REAL_FACTOR = 1.5


def preparing_seconds(speed: Speed) -> float:
    """From the request to the measured video."""
    return _DEFAULT_SECONDS if speed is Speed.DEFAULT else _REAL_SECONDS


def dubbing_seconds(speed: Speed, media_seconds: float) -> float:
    """From the measured video to a version that can be edited, and again to the final video."""
    if speed is Speed.DEFAULT:
        return _DEFAULT_SECONDS
    return max(_REAL_SECONDS, media_seconds * _REAL_FACTOR)
