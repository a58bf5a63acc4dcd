"""Trims are exact to the sample of sound and to the picture."""

from __future__ import annotations

import av
import numpy as np
import pytest

RATE = 44_100


def samples(path) -> int:
    """How many samples of sound decode."""
    with av.open(str(path)) as opened:
        return sum(frame.samples for frame in opened.decode(audio=0))


def picture_count(path) -> int:
    """How many pictures decode."""
    with av.open(str(path)) as opened:
        return sum(1 for _ in opened.decode(video=0))


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [(0, 1.0, 1.0), (0.5, None, 2.0), (0.333, 1.777, 1.444), (1.25, 99.0, 1.25)],
    ids=["end", "start", "both", "end beyond the end"],
)
def test_trim_is_exact_to_the_sample(footage, workbench, tmp_path, start, end, seconds):
    """A WAV of 2.5 s is cut to the number of samples between the two times."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.dub(
        recording, tmp_path / "dub.wav", trim_start_seconds=start, trim_end_seconds=end
    )

    assert samples(dub) == round(seconds * RATE)


def test_trim_starts_at_the_sample(footage, workbench, tmp_path, listen, utterance):
    """What is heard after a trim is the original from that sample on."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.dub(
        recording,
        tmp_path / "dub.wav",
        trim_start_seconds=0.75,
        original_volume=1.0,
        lag_seconds=3.0,
    )

    expected = utterance[round(0.75 * RATE) :]
    assert np.abs(listen(dub)[: expected.size] - expected).max() < 1e-3


@pytest.mark.parametrize(
    ("container", "video", "audio"),
    [
        ("mp4", "h264", "aac"),
        ("ts", "h264", "aac"),
        ("webm", "vp9", "opus"),
        ("avi", "mpeg4", "mp3"),
    ],
    ids=["MP4", "TS with one key frame", "WebM", "AVI"],
)
def test_trim_cuts_pictures(footage, workbench, tmp_path, container, video, audio):
    """From 0.6 s to 1.8 s a film of 15 pictures a second has 18, give or take one."""
    film = footage(container=container, video=video, audio=audio).write(tmp_path / "film")

    dub = workbench.dub(film, tmp_path / "dub.mp4", trim_start_seconds=0.6, trim_end_seconds=1.8)

    assert picture_count(dub) == pytest.approx(18, abs=1)
    assert workbench.probe(dub).duration_seconds == pytest.approx(1.2, abs=0.07)


def test_trim_into_an_utterance_speaks_from_the_start(footage, workbench, tmp_path):
    """Where the trim cuts into speech, the translation begins with the dub."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.dub(recording, tmp_path / "dub.wav", trim_start_seconds=1.0)

    assert workbench.probe(dub).speech_segments[0].start_seconds < 0.05
