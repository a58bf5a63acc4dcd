"""How long a video is said to be, as a number that can be compared. Judges nothing."""

from __future__ import annotations

from math import isfinite

# MP4 counts whole frames of sound and picture, and some services count the longer of the two.
DURATION_TOLERANCE_SECONDS = 0.25


def as_seconds(duration: object) -> float | None:
    """The value if it is a finite number; what else stands there is told as that."""
    is_number = isinstance(duration, int | float) and not isinstance(duration, bool)
    return duration if is_number and isfinite(duration) else None


def is_length(seconds: float, expected_seconds: float) -> bool:
    """Whether a duration is that of a video, as closely as its container tells."""
    return abs(seconds - expected_seconds) <= DURATION_TOLERANCE_SECONDS
