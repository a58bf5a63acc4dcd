"""Speech is told from what only sounds: tones, noise, hum and music without vibrato."""

from __future__ import annotations

import numpy as np
import pytest

RATE = 44_100
TIME = np.arange(4 * RATE) / RATE
NOISE = np.random.default_rng(1).standard_normal(TIME.size)


def sine(hertz: float) -> np.ndarray:
    """Four seconds of a tone."""
    return 0.3 * np.sin(2 * np.pi * hertz * TIME)


def scale() -> np.ndarray:
    """Eight plucked notes, half a second each."""
    note = TIME[: RATE // 2]
    notes = [262, 294, 330, 349, 392, 440, 494, 523]
    return np.concatenate(
        [
            sum(0.2 / k * np.sin(2 * np.pi * hertz * k * note) for k in range(1, 8))
            * np.exp(-3 * note)
            for hertz in notes
        ]
    )


NOT_SPEECH = {
    "hiss at -60 dB": 1e-3 * NOISE,
    "a tone of 440 Hz": sine(440),
    "a chord": (sine(262) + sine(330) + sine(392)) / 2,
    "white noise": 0.1 * NOISE,
    "noise in bursts": 0.1 * NOISE * (TIME * 3 % 1 < 0.5),
    "mains hum": sine(50) + sine(100) / 2 + sine(150) / 4,
    "beeps": sine(880) * (TIME * 2 % 1 < 0.5),
    "a sweep": 0.3 * np.sin(2 * np.pi * (100 * TIME + 100 * TIME**2)),
    "a siren": 0.3 * np.sin(2 * np.pi * 600 * TIME + 600 * np.sin(np.pi * TIME)),
    "a scale": scale(),
}


@pytest.mark.parametrize("audio", ["pcm_s16le", "aac"])
@pytest.mark.parametrize("sound", NOT_SPEECH.values(), ids=NOT_SPEECH)
def test_sound_without_speech_is_told(footage, workbench, tmp_path, sound, audio):
    """It is neither silent nor speech, also after AAC."""
    recording = footage(sound=sound.astype(np.float32), container="mkv", audio=audio)

    measured = workbench.probe(recording.write(tmp_path / "recording"))

    assert not measured.has_speech
    assert not measured.is_silent


@pytest.mark.parametrize(
    ("gain", "noise"), [(1, 0), (0.01, 0), (1, 0.01)], ids=["clean", "at -40 dB", "with noise"]
)
def test_speech_is_told(footage, workbench, tmp_path, utterance, gain, noise):
    """An utterance of 1.5 s is speech, also when quiet or noisy."""
    sound = gain * utterance + noise * NOISE[: utterance.size].astype(np.float32)
    recording = footage(sound=sound, container="wav", audio="pcm_s16le")

    measured = workbench.probe(recording.write(tmp_path / "recording"))

    assert measured.has_speech


def test_pauses_split_utterances(footage, workbench, tmp_path, utterance):
    """Three utterances with a second between them are three segments."""
    recording = footage(sound=np.tile(utterance, 3), container="wav", audio="pcm_s16le")

    measured = workbench.probe(recording.write(tmp_path / "recording"))

    starts = [segment.start_seconds for segment in measured.speech_segments]
    assert starts == [pytest.approx(at, abs=0.03) for at in (0.5, 3.0, 5.5)]
