"""The clock that everything reads."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from dubcheck.emulator.clock import Clock, format_timestamp


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end, or fail after five seconds."""
    return asyncio.run(asyncio.wait_for(work, timeout=5))


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    clock = Clock()
    clock.freeze()
    return clock


def test_advance_wakes_sleepers_in_order_of_their_moments(clock: Clock) -> None:
    """One jump wakes all whose moment has come, the earliest first, and nobody else."""
    woken: list[int] = []

    async def sleep(seconds: int) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    async def story() -> None:
        tasks = [asyncio.ensure_future(sleep(seconds)) for seconds in (30, 10, 20)]
        await asyncio.sleep(0)
        clock.advance(25)
        await asyncio.gather(*tasks[1:])
        tasks[0].cancel()

    run(story())

    assert woken == [10, 20]


def test_running_clock_wakes_a_sleeper_by_itself() -> None:
    """A clock that runs needs no advance."""
    run(Clock().sleep(0.01))


def test_resume_goes_on_from_where_it_stood(clock: Clock) -> None:
    """After a freeze time runs on without a jump to the machine's time."""
    clock.advance(1000)
    stood = clock.now()

    async def story() -> float:
        clock.resume()
        return clock.now()

    assert run(story()) - stood < 1


def test_past_moment_returns_at_once(clock: Clock) -> None:
    """Waiting for a moment that is over does not wait."""
    run(clock.sleep_until(clock.now() - 1))


def test_offset_tells_how_far_it_is_ahead() -> None:
    """An advance of an hour is an offset of an hour."""
    clock = Clock(offset_seconds=3600)

    assert round(clock.offset_seconds) == 3600


def test_timestamp_has_whole_seconds_and_z() -> None:
    """Timestamps look as in both documents."""
    assert format_timestamp(1_772_721_000.9) == "2026-03-05T14:30:00Z"
