"""Sound is told from silence and from a noise bed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dubcheck.measure import Media, is_audible, loudest_dbfs, softest_quarter_dbfs
from dubcheck.measure.samples import SampleName

Measured = Callable[[SampleName], Media]


@pytest.mark.parametrize(
    ("name", "audible"),
    [
        (SampleName.MP4, True),
        (SampleName.MP4_TONE, True),
        (SampleName.MP4_WHITE_NOISE, True),
        (SampleName.MP4_HISS, False),
        (SampleName.MP4_SILENT, False),
        (SampleName.WAV_SILENT, False),
    ],
    ids=lambda value: getattr(value, "value", str(value)),
)
def test_speech_tone_and_noise_are_audible_and_a_noise_bed_is_not(
    measured: Measured, name: SampleName, audible: bool
) -> None:
    """Only what is louder than -50 dBFS counts as heard."""
    sound = measured(name).audio

    assert sound is not None
    assert is_audible(sound) is audible


def test_tone_is_as_loud_as_it_was_made(measured: Measured) -> None:
    """A sine of amplitude 0.25 measures -15 dBFS."""
    sound = measured(SampleName.WAV_TONE).audio

    assert sound is not None
    assert loudest_dbfs(sound) == pytest.approx(-15.05, abs=0.1)


def test_silence_of_one_quarter_is_seen(measured: Measured) -> None:
    """A sentence at 1 s of twelve is heard in the first quarter, and the bed alone in others."""
    sound = measured(SampleName.WAV_UTTERANCE).audio

    assert sound is not None
    assert loudest_dbfs(sound) > -20 > -50 > softest_quarter_dbfs(sound)
