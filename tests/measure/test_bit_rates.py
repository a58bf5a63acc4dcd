"""A bit rate is judged where its packets can show it, and a 192 kbit/s output is never accused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dubcheck.measure import (
    Agreement,
    AudioCodec,
    AudioTrack,
    Media,
    audio_kbps,
    bit_rate_agreement,
)
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


def test_average_rate_of_a_short_file_is_never_accused_of_its_high_start() -> None:
    """Packets of an average rate that come to 240 kbit/s over 2 s say nothing."""
    sizes = np.linspace(1440, 720, 56)  # bytes in packets of 36 ms

    assert bit_rate_agreement(mp3_track(sizes)) is Agreement.UNDECIDABLE


def test_encoder_that_saves_in_pauses_is_never_accused() -> None:
    """192 kbit/s for 3 s of speech and 64 kbit/s for 9 s of a pause say nothing."""
    sizes = np.concatenate([np.full(83, 864.0), np.full(250, 288.0)])

    assert bit_rate_agreement(mp3_track(sizes)) is Agreement.UNDECIDABLE


def mp3_track(sizes: Wave) -> AudioTrack:
    """Packets of 36 ms at 32 kHz, each of so many bytes."""
    return AudioTrack(
        codec=AudioCodec.MP3,
        codec_name="mp3",
        sample_rate=32_000,
        channels=2,
        start_seconds=0.0,
        duration_seconds=len(sizes) * 0.036,
        wave=np.zeros(0, np.float32),
        packet_sizes_bytes=tuple(int(size) for size in sizes),
        packet_durations_seconds=(0.036,) * len(sizes),
        reference_sizes_bytes=(),
    )
