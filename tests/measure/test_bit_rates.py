"""A bit rate is judged where its packets can show it, and a 192 kbit/s output is never accused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dubcheck.measure import Agreement, Media, audio_kbps, bit_rate_agreement
from dubcheck.measure.samples import Sound
from dubcheck.measure.samples.sounds import Wave, sound_track, speech

Encoded = Callable[..., Media]
RATE = 44_100


def sentence_in_silence() -> Wave:
    """1.8 s of one voice on both channels, then digital silence to 6 s."""
    wave = np.zeros((2, 6 * RATE), np.float32)
    sentence = speech("sentence.flac", RATE)
    wave[:, : len(sentence)] = sentence
    return wave


STEREO_TALK = sound_track(Sound.TALK, 6.0, RATE, 2)
SOUNDS = {
    "stereo talk": STEREO_TALK,
    "mono talk": STEREO_TALK[:1],
    "quiet talk": STEREO_TALK * np.float32(0.03),
    "one sentence in silence": sentence_in_silence(),
    "tone": sound_track(Sound.TONE, 4.0, RATE, 2),
    "silence": sound_track(Sound.SILENCE, 4.0, RATE, 2),
    "noise": sound_track(Sound.WHITE_NOISE, 4.0, RATE, 2),
    "talk at 22 kHz": sound_track(Sound.TALK, 6.0, 22_050, 2),
}


@pytest.mark.parametrize("suffix", [".m4a", ".mp3"])
@pytest.mark.parametrize("sound", SOUNDS)
def test_output_encoded_at_192_is_never_accused(encoded: Encoded, sound: str, suffix: str) -> None:
    """Whatever is heard, an encoder that was asked for 192 kbit/s does not disagree."""
    sample_rate = 22_050 if "22 kHz" in sound else RATE

    media = encoded(SOUNDS[sound], suffix, 192, sample_rate)

    assert bit_rate_agreement(media.audio) is not Agreement.DISAGREES


@pytest.mark.parametrize("suffix", [".m4a", ".mp3"])
@pytest.mark.parametrize(
    ("kbps", "agreement"),
    [
        (64, Agreement.DISAGREES),
        (128, Agreement.DISAGREES),
        (160, Agreement.DISAGREES),
        (192, Agreement.AGREES),
        (256, Agreement.DISAGREES),
        (320, Agreement.DISAGREES),
    ],
)
def test_stereo_speech_shows_its_bit_rate(
    encoded: Encoded, suffix: str, kbps: int, agreement: Agreement
) -> None:
    """Dense stereo speech agrees with 192 kbit/s at 192 alone, as AAC and as MP3."""
    media = encoded(STEREO_TALK, suffix, kbps)

    assert bit_rate_agreement(media.audio) is agreement


@pytest.mark.parametrize("kbps", [64, 128, 192])
def test_constant_rate_mp3_measures_exactly_its_rate(encoded: Encoded, kbps: int) -> None:
    """LAME's packets add up to the rate asked for, within half a kbit/s."""
    media = encoded(STEREO_TALK, ".mp3", kbps)

    assert audio_kbps(media.audio) == pytest.approx(kbps, abs=0.5)


@pytest.mark.parametrize("sound", ["silence", "tone"])
def test_aac_that_spends_little_on_easy_sound_is_undecidable(encoded: Encoded, sound: str) -> None:
    """Sound that no encoder spends 192 kbit/s on says nothing about the rate asked for."""
    media = encoded(SOUNDS[sound], ".m4a", 192)

    assert bit_rate_agreement(media.audio) is Agreement.UNDECIDABLE


def test_mono_speech_at_64_is_accused(encoded: Encoded) -> None:
    """A mono voice at 64 kbit/s is so far under its reference that it disagrees."""
    media = encoded(SOUNDS["mono talk"], ".m4a", 64)

    assert bit_rate_agreement(media.audio) is Agreement.DISAGREES


def test_wav_has_no_bit_rate_to_agree_with(encoded: Encoded) -> None:
    """Uncompressed sound is undecidable, since 192 kbit/s is promised for AAC and MP3."""
    media = encoded(STEREO_TALK, ".wav")

    assert bit_rate_agreement(media.audio) is Agreement.UNDECIDABLE
