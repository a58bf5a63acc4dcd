"""The time of a recording."""

import time
from pathlib import Path

from dubcheck.replay.clock import ReplayClock
from dubcheck.targets import pacing


def test_sleeping_moves_the_clock_and_takes_no_time() -> None:
    """An hour of polling is over at once."""
    clock, began = ReplayClock(1000.0), time.monotonic()

    clock.sleep(3600.0)

    assert clock.monotonic() == 4600.0
    assert time.monotonic() - began < 60.0


def test_clock_never_goes_backwards() -> None:
    """An answer that was recorded earlier than the present does not turn it back."""
    clock = ReplayClock(1000.0)

    clock.advance_to(900.0)

    assert clock.time() == 1000.0


def test_watcher_is_told_of_each_new_moment() -> None:
    """What is due at a moment can be delivered when it comes."""
    clock, told = ReplayClock(0.0), list[float]()
    clock.watch(told.append)

    clock.sleep(2.0)
    clock.advance_to(5.0)

    assert told == [2.0, 5.0]


def test_clients_look_at_the_clock_while_it_is_in_place() -> None:
    """The modules of the clients wait by the recording's time, and by ours again afterwards."""
    clock = ReplayClock(1000.0)

    with clock.in_place(Path("nowhere")):
        inside = vars(pacing)["time"]

    assert inside is clock
    assert vars(pacing)["time"] is time
