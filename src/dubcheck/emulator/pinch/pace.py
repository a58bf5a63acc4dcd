"""How long a job stays in each step, by the emulator's clock; what happens there is in work.py."""

from __future__ import annotations

import time

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.pinch.jobs import STAGES, Step
from dubcheck.emulator.settings import Speed

# Default speed: long enough to be seen by a poller that asks every few milliseconds.
DEFAULT_DWELL_SECONDS = 0.05
# Slow: six seconds in all, for those who try the patience of a client.
SLOW_DWELL_SECONDS = 0.55
# Real speed: FACTS 2.3 reports one to two times the length of the media.
REAL_DWELL_SECONDS = 3.0
REAL_FACTOR = 1.5


class Pace:
    """Waits out each step of one job.

    The end of a step is counted from the end of the one before, plus the time that real work took,
    so that statuses stay visible behind slow work and yet one long `advance` passes all of them.
    """

    def __init__(self, clock: Clock, speed: Speed, started_at: float) -> None:
        self._clock = clock
        self._speed = speed
        self._due = started_at
        self._entered = (clock.now(), time.monotonic())

    async def leave(self, step: Step, media_seconds: float = 0.0) -> None:
        """Return when the job may leave `step`."""
        worked = min(self._clock.now() - self._entered[0], time.monotonic() - self._entered[1])
        self._due += max(dwell_seconds(step, self._speed, media_seconds), worked)
        await self._clock.sleep_until(self._due)
        self._entered = (self._clock.now(), time.monotonic())


def dwell_seconds(step: Step, speed: Speed, media_seconds: float = 0.0) -> float:
    """How long a job stays in a step when no work makes it longer."""
    if speed is Speed.DEFAULT:
        return DEFAULT_DWELL_SECONDS
    if speed is Speed.SLOW:
        return SLOW_DWELL_SECONDS
    if Step.STAGE_1 <= step <= Step.STAGE_7:
        return max(REAL_DWELL_SECONDS, media_seconds * REAL_FACTOR / len(STAGES))
    return REAL_DWELL_SECONDS
