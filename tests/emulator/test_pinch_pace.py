"""How long a job stays in each step."""

from __future__ import annotations

import pytest

from dubcheck.emulator.pinch.jobs import STAGES, Step
from dubcheck.emulator.pinch.pace import dwell_seconds
from dubcheck.emulator.settings import Speed


def total_seconds(speed: Speed, media_seconds: float) -> float:
    """Time from creation to completion when no work makes it longer."""
    steps = (Step.PENDING, Step.DOWNLOADING, *STAGES, Step.UPLOADING)
    return sum(dwell_seconds(step, speed, media_seconds) for step in steps)


def test_default_speed_finishes_in_half_a_second() -> None:
    """All ten steps together take 0.5 s, whatever the length of the media."""
    assert total_seconds(Speed.DEFAULT, 600) == pytest.approx(0.5)


@pytest.mark.parametrize("media_seconds", [60, 600], ids=["1-min", "10-min"])
def test_real_speed_takes_one_to_two_times_the_media(media_seconds: float) -> None:
    """With --speed real a job takes between one and two times the length of its media."""
    assert media_seconds < total_seconds(Speed.REAL, media_seconds) < 2 * media_seconds
