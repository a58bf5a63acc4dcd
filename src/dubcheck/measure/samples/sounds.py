"""The sound tracks of samples as float arrays: speech, tone, noise, silence.

Arrays only: which sample gets which track is recipes.py, encoding is writing.py.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Wave = npt.NDArray[np.float32]

SPEECH_FOLDER = Path(__file__).parent.parent / "speech"
# Keeps encoders busy between words, so that a nominal bit rate shows in the packets (an AAC encoder
# spends 1 or 2 kbit/s on digital silence), and lies 40 dB under speech, so that it hides nothing.
NOISE_BED_DBFS = -60.0
UTTERANCE_START_SECONDS = 1.0
SPARSE_SPEECH_PERIOD_SECONDS = 30.0
LOWER_VOICE_PITCH = 0.8
"""Speech resampled to a higher rate and played at the usual one sounds like someone else's."""
_SEED = 20260305


class Sound(Enum):
    """What is heard in a sample."""

    SENTENCE = "one sentence from the start, then the noise bed"
    TALK = "speech without long pauses over the noise bed"
    UTTERANCE = "one sentence at 1.0 s over the noise bed"
    SPARSE_SPEECH = "one sentence every 30 s in digital silence"
    TALK_OVER_MUSIC = "speech over a softer chord"
    TALK_WITH_EFFECTS = "speech with a burst of noise every half second"
    TWO_SPEAKERS = "speech whose second half is another, lower voice"
    TONE = "a 440 Hz tone"
    WHITE_NOISE = "loud white noise"
    HISS = "white noise at the level of the noise bed"
    SILENCE = "digital silence"


_TALKS = (Sound.TALK, Sound.TALK_OVER_MUSIC, Sound.TALK_WITH_EFFECTS, Sound.TWO_SPEAKERS)


def sound_track(sound: Sound, duration_seconds: float, sample_rate: int, channels: int) -> Wave:
    """One track of exactly round(duration x rate) samples. Shape: (channels, samples)."""
    length = round(duration_seconds * sample_rate)
    if sound is Sound.SILENCE:
        return np.zeros((channels, length), np.float32)
    if sound is Sound.TONE:
        tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(length) / sample_rate)
        return np.tile(tone.astype(np.float32), (channels, 1))
    if sound is Sound.WHITE_NOISE:
        return _noise(-14.0, length, channels)
    if sound is Sound.HISS:
        return _noise(NOISE_BED_DBFS, length, channels)
    speech = np.tile(_spoken(sound, length, sample_rate), (channels, 1))
    if sound is Sound.SPARSE_SPEECH:
        return speech
    return speech + _noise(NOISE_BED_DBFS, length, channels)


def _noise(level_dbfs: float, length: int, channels: int) -> Wave:
    noise = np.random.default_rng(_SEED).standard_normal((channels, length), np.float32)
    return noise * np.float32(10 ** (level_dbfs / 20))


def _spoken(sound: Sound, length: int, sample_rate: int) -> Wave:
    track = np.zeros(length, np.float32)
    if sound in _TALKS:
        talk = _lasting(speech("talk.opus", sample_rate), length)
        return talk + _company(sound, length, sample_rate)
    sentence = speech("sentence.flac", sample_rate)
    starts = {
        Sound.SENTENCE: [0],
        Sound.UTTERANCE: [round(UTTERANCE_START_SECONDS * sample_rate)],
        Sound.SPARSE_SPEECH: range(0, length, round(SPARSE_SPEECH_PERIOD_SECONDS * sample_rate)),
    }[sound]
    for start in starts:
        heard = sentence[: max(0, length - start)]
        track[start : start + len(heard)] = heard
    return track


def _lasting(wave: Wave, length: int) -> Wave:
    return np.tile(wave, -(-length // len(wave)))[:length]


def _company(sound: Sound, length: int, sample_rate: int) -> Wave:
    """What is heard besides the first speaker; 12 to 20 dB softer, but for the second speaker."""
    times = np.arange(length) / sample_rate
    if sound is Sound.TALK_OVER_MUSIC:
        chord = sum(np.sin(2 * np.pi * hertz * times) for hertz in (220.0, 277.2, 329.6))
        return np.asarray(0.01 * chord, np.float32)
    if sound is Sound.TALK_WITH_EFFECTS:
        bursts = _noise(-26.0, length, 1)[0] * (times % 0.5 < 0.05)
        return np.asarray(bursts, np.float32)
    if sound is Sound.TWO_SPEAKERS:
        talk = _lasting(speech("talk.opus", sample_rate), length)
        other = _lasting(speech("talk.opus", round(sample_rate / LOWER_VOICE_PITCH)), length)
        return np.asarray((other - talk) * (times > times[-1] / 2), np.float32)
    return np.zeros(length, np.float32)


@cache
def speech(filename: str, sample_rate: int) -> Wave:
    """A committed speech file at another rate, peak at half of full scale."""
    resampler = av.AudioResampler("flt", "mono", sample_rate)
    blocks = []
    with av.open(str(SPEECH_FOLDER / filename)) as container:
        for frame in [*container.decode(audio=0), None]:
            blocks += [block.to_ndarray()[0] for block in resampler.resample(frame)]
    wave: Wave = np.concatenate(blocks).astype(np.float32)
    return wave * np.float32(0.5 / np.abs(wave).max())
