"""Volume and lag are measured right on dubs mixed here, where both are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dubcheck.measure import (
    ABSENT_BELOW,
    GAIN_TOLERANCE,
    LAG_TOLERANCE_SECONDS,
    MeasureError,
    Media,
    original_gain,
    speech_onset,
    translation_lag,
    translation_onset,
)
from dubcheck.measure.samples import UTTERANCE_START_SECONDS, SampleName, Sound
from dubcheck.measure.samples.sounds import Wave, sound_track, speech

RATE = 44_100
ORIGINAL = sound_track(Sound.UTTERANCE, 12.0, RATE, 2)
# Another voice: the same speaker, lower by a sixth.
TRANSLATION = speech("talk.opus", round(RATE / 0.85))[: 3 * RATE]
SOURCES = [SampleName.WAV_UTTERANCE, SampleName.MP4_UTTERANCE]
Measured = Callable[[SampleName], Media]
Encoded = Callable[..., Media]


def dub(volume: float, lag_seconds: float, keeps_background: bool = False) -> Wave:
    """The translation, started with the utterance plus a lag, over the original at a volume."""
    mixed = (ORIGINAL * np.float32(volume)).astype(np.float32)
    if keeps_background:
        mixed += sound_track(Sound.HISS, 12.0, RATE, 2) * np.float32(1 - volume)
    start = round((UTTERANCE_START_SECONDS + lag_seconds) * RATE)
    mixed[:, start : start + len(TRANSLATION)] += TRANSLATION
    return mixed


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a"])
@pytest.mark.parametrize(("volume", "lag_seconds"), [(0.1, 0), (0.1, 3), (0.5, 1), (1.0, 0)])
def test_gain_of_the_original_is_the_volume_it_was_mixed_with(
    measured: Measured, encoded: Encoded, suffix: str, volume: float, lag_seconds: float
) -> None:
    """A dub with the original at 0.1, 0.5 or 1 measures that gain within 0.05."""
    output = encoded(dub(volume, lag_seconds), suffix)

    gain = original_gain(measured(SampleName.MP4_UTTERANCE), output)

    assert gain == pytest.approx(volume, abs=GAIN_TOLERANCE)


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a"])
@pytest.mark.parametrize("keeps_background", [False, True], ids=["voice only", "with background"])
def test_gain_of_a_removed_original_is_absent(
    measured: Measured, encoded: Encoded, suffix: str, keeps_background: bool
) -> None:
    """A dub without the original measures under 0.02, also where its background noise stays."""
    output = encoded(dub(0.0, 0.0, keeps_background), suffix)

    gain = original_gain(measured(SampleName.WAV_UTTERANCE), output)

    assert abs(gain) < ABSENT_BELOW


@pytest.mark.parametrize("source", SOURCES, ids=lambda name: name.value)
@pytest.mark.parametrize(("volume", "lag_seconds"), [(0.0, 0), (0.0, 1), (0.1, 3), (1.0, 1)])
def test_translation_onset_is_where_it_was_mixed_in(
    measured: Measured, encoded: Encoded, source: SampleName, volume: float, lag_seconds: float
) -> None:
    """A translation mixed in at 1, 2 or 4 s is heard there within 0.25 s at any volume."""
    output = encoded(dub(volume, lag_seconds, keeps_background=True), ".m4a")

    onset = translation_onset(measured(source), output)

    assert onset == pytest.approx(1.0 + lag_seconds, abs=LAG_TOLERANCE_SECONDS)


def test_lag_is_measured_against_an_output_without_lag(
    measured: Measured, encoded: Encoded
) -> None:
    """Two dubs of one source whose translations start 2.5 s apart have a lag of 2.5 s."""
    prompt, late = encoded(dub(0.0, 0.0), ".mp3"), encoded(dub(0.0, 2.5), ".mp3")

    lag = translation_lag(measured(SampleName.MP3_UTTERANCE), prompt, late)

    assert lag == pytest.approx(2.5, abs=0.05)


@pytest.mark.parametrize("source", [*SOURCES, SampleName.MP3_UTTERANCE], ids=lambda n: n.value)
def test_utterance_sample_starts_to_speak_after_one_second(
    measured: Measured, source: SampleName
) -> None:
    """The only utterance of a 12 s sample begins at 1.0 s."""
    assert speech_onset(measured(source)) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("name", [SampleName.WAV_SILENT, SampleName.MP4_WITHOUT_AUDIO])
def test_output_without_sound_has_no_translation(measured: Measured, name: SampleName) -> None:
    """Digital silence and a file without audio track are errors, not an onset at zero."""
    with pytest.raises(MeasureError):
        translation_onset(measured(SampleName.WAV_UTTERANCE), measured(name))


def test_untouched_original_holds_no_translation(measured: Measured) -> None:
    """The source itself, taken for its dub, has gain 1 and no translation."""
    source, output = measured(SampleName.WAV_UTTERANCE), measured(SampleName.MP4_UTTERANCE)

    gain = original_gain(source, output)

    assert gain == pytest.approx(1.0, abs=GAIN_TOLERANCE)
    with pytest.raises(MeasureError):
        translation_onset(source, output)
