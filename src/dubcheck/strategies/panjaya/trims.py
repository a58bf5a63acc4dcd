"""Ranges to trim a video of known duration to, valid and broken in one way each.

Source: vendor-docs/panjaya.txt, Create Asset, start_time and end_time. Open and therefore drawn by
no strategy here: an end of 0 without a start, and a start exactly at the end of the video.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.seconds import Number, numbers_between

SHORTEST_SECTION_SECONDS = 1.0
"""A valid section keeps at least this, so that speech is left in it."""
CLEARLY_BEYOND_SECONDS = 0.5
"""Containers differ by up to 0.1 s on where a video ends; beyond means beyond for all of them."""
_FAR_SECONDS = 100_000.0
_SMALLEST_STEP = 0.001


@dataclass(frozen=True, slots=True)
class TrimRange:
    """Times in seconds; None leaves the field out."""

    start_time: Number | None = None
    end_time: Number | None = None

    @property
    def fields(self) -> dict[str, Number]:
        """The fields as a request has them."""
        times = {"start_time": self.start_time, "end_time": self.end_time}
        return {name: time for name, time in times.items() if time is not None}


Ranges = SearchStrategy[TrimRange]


def trim_ranges(duration_seconds: float) -> Ranges:
    """Start, end or both inside the video, the very beginning and the very end included."""
    latest_start = duration_seconds - SHORTEST_SECTION_SECONDS
    starts = numbers_between(0, latest_start)
    ends = numbers_between(SHORTEST_SECTION_SECONDS, duration_seconds)
    both = starts.flatmap(
        lambda start: st.builds(
            TrimRange,
            st.just(start),
            numbers_between(start + SHORTEST_SECTION_SECONDS, duration_seconds),
        )
    )
    return st.builds(TrimRange, starts) | st.builds(TrimRange, st.none(), ends) | both


def trim_ranges_reversed(duration_seconds: float) -> Ranges:
    """The end lies before the start, both inside the video."""
    starts = numbers_between(2 * _SMALLEST_STEP, duration_seconds - _SMALLEST_STEP)
    return starts.flatmap(
        lambda start: st.builds(
            TrimRange, st.just(start), numbers_between(_SMALLEST_STEP, start - _SMALLEST_STEP)
        )
    )


def trim_ranges_empty(duration_seconds: float) -> Ranges:
    """The end equals the start, inside the video."""
    times = numbers_between(_SMALLEST_STEP, duration_seconds - _SMALLEST_STEP)
    return times.map(lambda time: TrimRange(time, time))


def trim_ranges_beyond(duration_seconds: float) -> Ranges:
    """The start or the end lies beyond the video, and nothing else is wrong."""
    return trim_ranges_starting_beyond(duration_seconds) | trim_ranges_ending_beyond(
        duration_seconds
    )


def trim_ranges_starting_beyond(duration_seconds: float) -> Ranges:
    """Only a start, and that beyond the video."""
    return st.builds(TrimRange, _beyond(duration_seconds))


def trim_ranges_ending_beyond(duration_seconds: float) -> Ranges:
    """An end beyond the video, with a start inside or none."""
    starts = st.none() | numbers_between(0, duration_seconds - SHORTEST_SECTION_SECONDS)
    return st.builds(TrimRange, starts, _beyond(duration_seconds))


def trim_ranges_negative(duration_seconds: float) -> Ranges:
    """A negative start, with an end inside or none, or nothing but a negative end."""
    below_zero = numbers_between(_SMALLEST_STEP, _FAR_SECONDS).map(lambda seconds: -seconds)
    ends = st.none() | numbers_between(SHORTEST_SECTION_SECONDS, duration_seconds)
    return st.builds(TrimRange, below_zero, ends) | st.builds(TrimRange, st.none(), below_zero)


def _beyond(duration_seconds: float) -> SearchStrategy[Number]:
    return numbers_between(duration_seconds + CLEARLY_BEYOND_SECONDS, _FAR_SECONDS)
