"""Generated trim ranges over a 2 s video: what lies inside is dubbed, what does not never is.

The ranges that are chosen by hand, and stand beside these, are in test_trims.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.strategies.panjaya.trims import (
    Ranges,
    TrimRange,
    trim_ranges,
    trim_ranges_empty,
    trim_ranges_ending_beyond,
    trim_ranges_negative,
    trim_ranges_reversed,
    trim_ranges_starting_beyond,
)

from .batch import AssetBatch, AssetOrder
from .reception import AssetReception

TOPIC = "panjaya.trims"
# Shorter than any service measures, so that an end at the very end is inside for all of them.
INSIDE_SECONDS, WHOLE_SECONDS = 1.9, 2.0
SHARE = 0.3


@dataclass(frozen=True, slots=True)
class RangeTrial:
    """Makes assets with generated ranges and judges each by the promise that it is about."""

    batch: AssetBatch
    assets: AssetReception

    def inside(self, drawn: TrimRange) -> None:
        """A range inside the video."""
        self.assets.becomes_ready(f"{TOPIC}.{_fact_inside(drawn)}", *self._made(drawn))

    def reversed(self, drawn: TrimRange) -> None:
        """An end before the start."""
        self._is_never_ready("end-before-start", drawn)

    def empty(self, drawn: TrimRange) -> None:
        """An end equal to the start."""
        self._is_never_ready("end-equal-to-start", drawn)

    def beyond(self, drawn: TrimRange) -> None:
        """A time beyond the end."""
        side = "start" if drawn.end_time is None else "end"
        name, *beside = self._made(drawn)
        self.assets.fails(f"{TOPIC}.{side}-beyond-duration-fails", name, *beside)
        codes = ("invalid_input", "time_out_of_range")
        self.assets.has_code(f"{TOPIC}.{side}-beyond-duration-code", name, *codes)

    def negative(self, drawn: TrimRange) -> None:
        """A time below zero."""
        side = "end" if drawn.start_time is None else "start"
        self.assets.is_never_ready(f"{TOPIC}.negative-{side}-is-never-ready", *self._made(drawn))

    def _is_never_ready(self, kind: str, drawn: TrimRange) -> None:
        name, *beside = self._made(drawn)
        self.assets.is_never_ready(f"{TOPIC}.{kind}-is-never-ready", name, *beside)
        self.assets.has_code(f"{TOPIC}.end-not-after-start-code", name, "invalid_input")

    def _made(self, drawn: TrimRange) -> list[str]:
        """The name of an asset with this range, ended, and those that it stands beside."""
        name = f"trimmed by {drawn.fields}"
        self.batch.add(AssetOrder(name, SampleName.MP4_SMALL, drawn.fields))
        return [name, *_beside(drawn)]


def _fact_inside(drawn: TrimRange) -> str:
    if any(time != int(time) for time in drawn.fields.values()):
        return "fractional-times-become-ready"
    if drawn.start_time == 0:
        return "zero-start-becomes-ready"
    if drawn.end_time is None:
        return "start-only-becomes-ready"
    is_one_sided = drawn.start_time is None
    return "end-only-becomes-ready" if is_one_sided else "both-inside-video-becomes-ready"


def _beside(drawn: TrimRange) -> list[str]:
    """Assets that differ less from the plain one: what they break is not this range's fault."""
    names = {"start_time": "start only", "end_time": "end only"}
    beside = [names[field] for field in drawn.fields]
    if len(beside) == len(names):
        beside.append("both inside")
    if drawn.start_time == 0:
        beside.append("zero start")
    return beside


@pytest.fixture
def trial(batch: AssetBatch, assets: AssetReception) -> RangeTrial:
    """Judges generated ranges."""
    return RangeTrial(batch, assets)


def _case(
    name: str, ranges: Ranges, judge: Callable[[RangeTrial, TrimRange], None], *facts: str
) -> object:
    marks = pytest.mark.judges(*(f"{TOPIC}.{fact}" for fact in facts))
    return pytest.param(ranges, judge, id=name, marks=marks)


@pytest.mark.parametrize(
    ("ranges", "judge"),
    [
        _case(
            "inside",
            trim_ranges(INSIDE_SECONDS),
            RangeTrial.inside,
            "start-only-becomes-ready",
            "end-only-becomes-ready",
            "both-inside-video-becomes-ready",
            "fractional-times-become-ready",
            "zero-start-becomes-ready",
        ),
        _case(
            "reversed",
            trim_ranges_reversed(INSIDE_SECONDS),
            RangeTrial.reversed,
            "end-before-start-is-never-ready",
            "end-not-after-start-code",
        ),
        _case(
            "empty",
            trim_ranges_empty(INSIDE_SECONDS),
            RangeTrial.empty,
            "end-equal-to-start-is-never-ready",
            "end-not-after-start-code",
        ),
        _case(
            "starting-beyond",
            trim_ranges_starting_beyond(WHOLE_SECONDS),
            RangeTrial.beyond,
            "start-beyond-duration-fails",
            "start-beyond-duration-code",
        ),
        _case(
            "ending-beyond",
            trim_ranges_ending_beyond(WHOLE_SECONDS),
            RangeTrial.beyond,
            "end-beyond-duration-fails",
            "end-beyond-duration-code",
        ),
        _case(
            "negative",
            trim_ranges_negative(INSIDE_SECONDS),
            RangeTrial.negative,
            "negative-start-is-never-ready",
            "negative-end-is-never-ready",
        ),
    ],
)
def test_generated_range_has_its_outcome(
    ranges: Ranges,
    judge: Callable[[RangeTrial, TrimRange], None],
    trial: RangeTrial,
    explore: Explorer,
) -> None:
    """Any range inside the video is dubbed; one that is not in it, or no range, never is."""
    explore(ranges, lambda drawn: judge(trial, drawn), share=SHARE)
