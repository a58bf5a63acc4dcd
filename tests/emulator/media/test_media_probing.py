"""What the workshop measures of every documented container and codec."""

from __future__ import annotations

import base64
import struct
from fractions import Fraction

import numpy as np
import pytest

from dubcheck.emulator.media import MediaFault, MediaRefused
from dubcheck.measure.samples import SampleName, make

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
FILMS = [
    *(("mp4", video, "aac") for video in ("h264", "hevc", "vp9", "av1", "mpeg4")),
    *(("mp4", "h264", audio) for audio in ("mp3", "opus", "vorbis", "pcm_s16le", "flac", "ac3")),
    *(("mov", video, "aac") for video in ("h264", "hevc", "prores", "mpeg4")),
    *(("mov", "h264", audio) for audio in ("mp3", "pcm_s16le", "ac3")),
    *(("mkv", v, "aac") for v in ("h264", "hevc", "vp8", "vp9", "av1", "prores", "mpeg4")),
    *(("mkv", "h264", audio) for audio in ("mp3", "opus", "vorbis", "pcm_s16le", "flac", "ac3")),
    *(("webm", video, "opus") for video in ("vp8", "vp9", "av1")),
    ("webm", "vp8", "vorbis"),
    *(("avi", video, "aac") for video in ("h264", "vp8", "vp9", "av1", "mpeg4")),
    *(("avi", "h264", audio) for audio in ("mp3", "vorbis", "pcm_s16le", "flac", "ac3")),
    *(("flv", video, "aac") for video in ("h264", "hevc", "vp9", "av1")),
    *(("flv", "h264", audio) for audio in ("mp3", "opus", "pcm_s16le", "flac", "ac3")),
    *(("ts", video, "aac") for video in ("h264", "hevc", "mpeg4")),
    *(("ts", "h264", audio) for audio in ("mp3", "opus", "ac3")),
]
RECORDINGS = [
    ("wav", "pcm_s16le"),
    ("mp3", "mp3"),
    ("flac", "flac"),
    ("ogg", "vorbis"),
    ("ogg", "opus"),
    ("ogg", "flac"),
    ("m4a", "aac"),
    ("m4a", "alac"),
    ("aac", "aac"),
    ("wma", "wmav2"),
]


@pytest.mark.parametrize(
    ("container", "video", "audio"), FILMS, ids=[" ".join(film) for film in FILMS]
)
def test_probe_measures_documented_film(footage, workbench, tmp_path, container, video, audio):
    """A film of 2.5 s is measured as what was written, within 0.15 s."""
    film = footage(container=container, video=video, audio=audio).write(tmp_path / "film")

    measured = workbench.probe(film)

    assert (measured.container, measured.video_codec) == (container, video)
    assert measured.audio_codec == audio
    assert (measured.width, measured.height) == (160, 120)
    assert measured.frame_rate == Fraction(15)
    assert measured.duration_seconds == pytest.approx(2.5, abs=0.15)
    assert measured.has_speech
    assert measured.speech_segments[0].start_seconds == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(
    ("container", "audio"), RECORDINGS, ids=[" ".join(each) for each in RECORDINGS]
)
def test_probe_measures_documented_recording(footage, workbench, tmp_path, container, audio):
    """A recording of 2.5 s has sound only, within 0.1 s of that length."""
    recording = footage(container=container, audio=audio).write(tmp_path / "recording")

    measured = workbench.probe(recording)

    assert (measured.container, measured.audio_codec) == (container, audio)
    assert not measured.has_video
    assert measured.duration_seconds == pytest.approx(2.5, abs=0.1)
    assert measured.has_speech


@pytest.mark.parametrize("rate", ["24000/1001", "25", "30000/1001", "60"])
def test_probe_tells_frame_rate(footage, workbench, tmp_path, rate):
    """The frame rate of an MKV, whose clock counts milliseconds, is exact."""
    film = footage(container="mkv", video="h264", frame_rate=Fraction(rate)).write(
        tmp_path / "film"
    )

    measured = workbench.probe(film)

    assert measured.frame_rate == Fraction(rate)
    assert measured.picture_is_regular


def test_probe_refuses_undocumented_video_codec(footage, workbench, tmp_path):
    """FFV1 in Matroska can be decoded, and is refused all the same."""
    film = footage(container="mkv", video="ffv1").write(tmp_path / "film")

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(film)

    assert refused.value.fault is MediaFault.UNSUPPORTED_VIDEO_CODEC


@pytest.mark.parametrize(("container", "audio"), [("mkv", "eac3"), ("mp4", "alac")])
def test_probe_refuses_undocumented_audio_codec(footage, workbench, tmp_path, container, audio):
    """E-AC-3 is not AC-3, and Apple Lossless is for M4A only."""
    film = footage(container=container, video="h264", audio=audio).write(tmp_path / "film")

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(film)

    assert refused.value.fault is MediaFault.UNSUPPORTED_AUDIO_CODEC


def test_probe_refuses_film_without_sound(footage, workbench, tmp_path):
    """A film without an audio track is refused for that."""
    film = footage(video="h264", audio=None).write(tmp_path / "film")

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(film)

    assert refused.value.fault is MediaFault.NO_AUDIO


def test_probe_accepts_sound_as_long_as_the_limit(footage, workbench, tmp_path):
    """A recording of exactly the limit passes, codec padding included."""
    recording = footage(container="aac").write(tmp_path / "recording")

    measured = workbench.probe(recording, limit_seconds=2.5)

    assert measured.duration_seconds == pytest.approx(2.5, abs=0.1)


def test_probe_refuses_one_second_over_the_limit(footage, workbench, tmp_path):
    """A recording of 2.5 s is too long for a limit of 1.5 s, and measuring stops there."""
    recording = footage(container="flac", audio="flac").write(tmp_path / "recording")

    with pytest.raises(MediaRefused) as refused:
        workbench.probe(recording, limit_seconds=1.5)

    assert refused.value.fault is MediaFault.TOO_LONG
    assert 1.5 < refused.value.measured_seconds <= 2.5


def test_probe_accepts_ten_minutes(workbench, tmp_path):
    """Ten minutes are within the limit of ten minutes."""
    recording = make(SampleName.FLAC_TEN_MINUTES, tmp_path).path

    measured = workbench.probe(recording, limit_seconds=600)

    assert measured.duration_seconds == 600


def test_probe_measures_picture_that_outlasts_sound(footage, workbench, tmp_path, utterance):
    """With 1 s of sound beside 2.5 s of picture the medium lasts 2.5 s."""
    film = footage(sound=utterance[:44_100], video="h264", picture_seconds=2.5).write(
        tmp_path / "film.mp4"
    )

    measured = workbench.probe(film)

    assert measured.duration_seconds == pytest.approx(2.5, abs=0.07)


def test_probe_takes_cover_art_for_no_picture(footage, workbench, tmp_path):
    """An MP3 with a cover in its tag is a recording."""
    sound = footage(container="mp3", audio="mp3").write(tmp_path / "sound")
    cover = b"\0image/png\0\3\0" + base64.b64decode(PIXEL)
    picture = b"APIC" + struct.pack(">IH", len(cover), 0) + cover
    tag = b"ID3\3\0\0" + bytes(len(picture) >> 7 * place & 0x7F for place in (3, 2, 1, 0))
    recording = tmp_path / "recording"
    recording.write_bytes(tag + picture + sound.read_bytes())

    measured = workbench.probe(recording)

    assert (measured.container, measured.has_video) == ("mp3", False)


def test_probe_hears_digital_silence(footage, workbench, tmp_path):
    """Zeros are silent and hold no speech."""
    recording = footage(sound=np.zeros(100_000, np.float32)).write(tmp_path / "recording")

    measured = workbench.probe(recording)

    assert measured.is_silent
    assert not measured.has_speech
    assert measured.speech_segments == ()
