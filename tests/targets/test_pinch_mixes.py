"""Volume and lag are measured in outputs that are a little longer or shorter than their input."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from dubcheck.measure import GAIN_TOLERANCE, LAG_TOLERANCE_SECONDS, AudioCodec, Container
from dubcheck.measure.media import ANALYSIS_RATE, AudioTrack, Media
from dubcheck.measure.samples import SampleName, Sound, make
from dubcheck.measure.samples.sounds import Wave, sound_track, speech
from dubcheck.targets.pinch_jobs import JobOrder, MadeJob
from dubcheck.targets.pinch_mixes import Mixes, Reading
from dubcheck.targets.pinch_outputs import Output, Outputs

ORIGINAL = sound_track(Sound.UTTERANCE, 12.0, ANALYSIS_RATE, 1)[0]
# Another voice than the original: the same speaker, lower by a sixth.
TRANSLATION = speech("talk.opus", round(ANALYSIS_RATE / 0.85))[: 3 * ANALYSIS_RATE]
TRANSLATION_START_SECONDS = 5.0


class OneOutput:
    """Outputs of a batch whose every job came to the same file."""

    def __init__(self, output: Output):
        self.output = output

    def of(self, _: str) -> Output:
        """The file."""
        return self.output


def dub(volume: float) -> Wave:
    """The translation at 5 s over the original at a volume."""
    mixed = (ORIGINAL * np.float32(volume)).astype(np.float32)
    start = round(TRANSLATION_START_SECONDS * ANALYSIS_RATE)
    mixed[start : start + len(TRANSLATION)] += TRANSLATION
    return mixed


def cut(wave: Wave, before: float, after: float) -> Wave:
    """The wave without its first and last seconds; less than 0 puts silence there."""
    first, last = (round(seconds * ANALYSIS_RATE) for seconds in (before, after))
    padded = np.pad(wave, (max(0, -first), max(0, -last)))
    return padded[max(0, first) : len(padded) - max(0, last)]


@pytest.fixture
def mixes(tmp_path: Path) -> Any:
    """The mixes of one output of the utterance, given as a wave."""

    def of(wave: Wave, **options: Any) -> Mixes:
        seconds = len(wave) / ANALYSIS_RATE
        rate = ANALYSIS_RATE
        track = AudioTrack(AudioCodec.PCM, "pcm", rate, 1, seconds, 0.0, (), (), (), wave)
        order = JobOrder("mix", SampleName.WAV_UTTERANCE, options)
        job = MadeJob(order, make(SampleName.WAV_UTTERANCE, tmp_path))
        media = Media(Container.WAV, len(wave), None, track)
        return Mixes(cast(Outputs, OneOutput(Output(job, media=media))))

    return of


@pytest.mark.parametrize(
    ("before", "after"),
    [(0, 0), (0, 0.31), (0.31, 0), (0.5, 0.5), (1.0, 0), (0, -0.9), (-0.9, 0), (-0.4, -0.4)],
    ids=[
        "as-long",
        "end-cut",
        "start-cut",
        "both-cut",
        "second-cut",
        "end-added",
        "start-added",
        "both-added",
    ],
)
@pytest.mark.parametrize("volume", [0.0, 0.5, 1.0])
def test_gain_is_measured_in_outputs_nearly_as_long(
    volume: float, before: float, after: float, mixes: Any
) -> None:
    """Up to a second more or less, wherever it is, leaves the gain of the original as it is."""
    reading = mixes(cut(dub(volume), before, after)).gain("mix")

    assert reading.value == pytest.approx(volume, abs=GAIN_TOLERANCE)


def test_onset_is_measured_in_an_output_that_ends_early(mixes: Any) -> None:
    """An output 0.9 s shorter than its input tells when its translation starts."""
    reading = mixes(cut(dub(0.0), 0, 0.9)).onset("mix")

    assert reading.value == pytest.approx(TRANSLATION_START_SECONDS, abs=LAG_TOLERANCE_SECONDS)


def test_onset_is_measured_in_an_output_longer_by_its_lag(mixes: Any) -> None:
    """What a lag put at the end, so that nothing is cut off there, is no other time line."""
    lengthened = cut(dub(0.0), 0, -2.5)

    late = mixes(lengthened, translation_lag_time=2.5).onset("mix")

    assert late.value == pytest.approx(TRANSLATION_START_SECONDS, abs=LAG_TOLERANCE_SECONDS)
    assert late.is_comparable_with(mixes(dub(0.0)).onset("mix"))
    assert mixes(lengthened).onset("mix").value is None


@pytest.mark.parametrize(
    ("after", "said"), [(1.3, "1.30 s shorter"), (-1.3, "1.30 s longer")], ids=["shorter", "longer"]
)
def test_output_on_another_time_line_is_not_measured(after: float, said: str, mixes: Any) -> None:
    """More than a second of difference is told in plain words, and nothing is measured."""
    reading = mixes(cut(dub(0.5), 0, after)).gain("mix")

    assert reading.value is None
    assert said in reading.trouble


def test_readings_of_unequally_long_outputs_are_not_compared() -> None:
    """A moment of an output 0.4 s shorter than another may be another moment."""
    output = cast(Output, None)

    longer, shorter = Reading(output, 1.0), Reading(output, 1.0, excess_seconds=-0.4)

    assert not longer.is_comparable_with(shorter)
