"""What a dub is: its format, its length, its voice and its mix, measured on the file."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from dubcheck.emulator.media import MediaFault, MediaRefused

RATE = 44_100
FILMS = [
    ("mp4", "h264", "aac"),
    ("mov", "prores", "pcm_s16le"),
    ("mkv", "h264", "flac"),
    ("mkv", "hevc", "opus"),
    ("webm", "vp8", "vorbis"),
    ("webm", "av1", "opus"),
    ("avi", "mpeg4", "mp3"),
    ("avi", "h264", "ac3"),
    ("flv", "h264", "aac"),
    ("ts", "h264", "aac"),
]


def pictures(path) -> list[float]:
    """The time of every picture that can be decoded."""
    with av.open(str(path)) as opened:
        return [frame.time for frame in opened.decode(video=0)]


def bits_per_second(path) -> float:
    """The mean rate of the sound over its packets that are not nearly empty."""
    with av.open(str(path)) as opened:
        stream = opened.streams.audio[0]
        packets = [packet for packet in opened.demux(stream) if packet.size]
        sizes = np.array([packet.size for packet in packets])
        seconds = float(packets[1].duration * stream.time_base)
    return float(sizes[sizes > np.percentile(sizes, 95) / 4].mean() * 8 / seconds)


def gain(original, mix) -> float:
    """How much of the original is in a mix that holds nothing else at the same place."""
    length = min(original.size, mix.size)
    return float(original[:length] @ mix[:length] / (original[:length] @ original[:length]))


def onset_seconds(sound) -> float:
    """When something is heard first."""
    return float(np.flatnonzero(np.abs(sound) > 0.02)[0] / RATE)


@pytest.mark.parametrize(("container", "video", "audio"), FILMS, ids=[" ".join(f) for f in FILMS])
def test_dub_of_film_is_mp4(footage, workbench, tmp_path, container, video, audio):
    """Any film becomes MP4 with H.264 and AAC, in the size, rate and length of the input."""
    film = footage(container=container, video=video, audio=audio).write(tmp_path / "film")

    dub = workbench.probe(workbench.dub(film, tmp_path / "dub.mp4"))

    assert (dub.container, dub.video_codec, dub.audio_codec) == ("mp4", "h264", "aac")
    assert (dub.width, dub.height, dub.frame_rate) == (160, 120, Fraction(15))
    assert dub.duration_seconds == pytest.approx(2.55, abs=0.1)
    assert dub.has_speech


@pytest.mark.parametrize(("container", "video", "audio"), FILMS, ids=[" ".join(f) for f in FILMS])
def test_dub_keeps_every_picture(footage, workbench, tmp_path, container, video, audio):
    """All 38 pictures are in the dub, 1/15 s apart in the median."""
    film = footage(container=container, video=video, audio=audio).write(tmp_path / "film")

    times = pictures(workbench.dub(film, tmp_path / "dub.mp4"))

    assert len(times) == 38
    assert np.median(np.diff(times)) == pytest.approx(1 / 15, rel=0.005)


def test_dub_copies_film_with_reordered_pictures(footage, workbench, tmp_path):
    """H.264 with B-frames from Matroska, whose first packets have no decoding time, stays whole."""
    film = footage(container="mkv", video="h264", video_options={"preset": "medium", "bf": "3"})

    times = pictures(workbench.dub(film.write(tmp_path / "film"), tmp_path / "dub.mp4"))

    assert len(times) == 38


@pytest.mark.parametrize("rate", ["24000/1001", "30000/1001", "60"])
@pytest.mark.parametrize("video", ["h264", "vp9"])
def test_dub_keeps_frame_rate(footage, workbench, tmp_path, rate, video):
    """The median interval of pictures is the input's within half a percent, copied or encoded."""
    film = footage(container="mkv", video=video, frame_rate=Fraction(rate)).write(tmp_path / "film")

    times = pictures(workbench.dub(film, tmp_path / "dub.mp4"))

    assert np.median(np.diff(times)) == pytest.approx(float(1 / Fraction(rate)), rel=0.005)


def test_dub_makes_odd_sizes_even(footage, workbench, tmp_path):
    """A picture of 161 x 121, which H.264 4:2:0 cannot hold, becomes 160 x 120."""
    film = footage(container="webm", video="vp9", audio="opus", size=(161, 121))

    dub = workbench.probe(workbench.dub(film.write(tmp_path / "film"), tmp_path / "dub.mp4"))

    assert (dub.width, dub.height) == (160, 120)


def test_dub_index_is_at_the_front(footage, workbench, tmp_path):
    """An MP4 can be played while it is fetched: its index comes before its content."""
    film = footage(video="h264").write(tmp_path / "film")

    content = workbench.dub(film, tmp_path / "dub.mp4").read_bytes()

    assert 0 < content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("audio", ["aac", "opus"])
def test_dub_of_film_has_192_kilobits_of_sound(footage, workbench, tmp_path, audio, utterance):
    """AAC of dense sound runs at 192 kbit/s within a tenth, at 44.1 and 48 kHz."""
    noise = np.random.default_rng(1).normal(0, 1e-3, 3 * RATE).astype(np.float32)
    sound = noise + np.tile(utterance[RATE // 2 : 2 * RATE], 2)
    film = footage(sound=sound, container="mkv", video="h264", audio=audio).write(tmp_path / "film")

    dub = workbench.dub(film, tmp_path / "dub.mp4", original_volume=1.0)

    assert bits_per_second(dub) == pytest.approx(192_000, rel=0.1)


@pytest.mark.parametrize(("container", "audio"), [("wav", "pcm_s16le"), ("m4a", "aac")])
def test_dub_of_recording_is_mp3_at_192_kilobits(footage, workbench, tmp_path, container, audio):
    """MP3 is constant at 192 kbit/s, and as long as the input."""
    recording = footage(container=container, audio=audio).write(tmp_path / "recording")

    path = workbench.dub(recording, tmp_path / "dub.mp3")

    dub = workbench.probe(path)
    assert (dub.container, dub.audio_codec, dub.has_video) == ("mp3", "mp3", False)
    assert bits_per_second(path) == pytest.approx(192_000, rel=0.005)
    assert dub.duration_seconds == pytest.approx(2.5, abs=0.03)


def test_dub_of_recording_is_wav_of_the_same_length(footage, workbench, tmp_path):
    """A WAV of 2.5 s becomes a WAV of 2.5 s to the sample."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.probe(workbench.dub(recording, tmp_path / "dub.wav"))

    assert (dub.container, dub.audio_codec) == ("wav", "pcm_s16le")
    assert dub.duration_seconds == 2.5


@pytest.mark.parametrize("suffix", ["wav", "mp3"])
@pytest.mark.parametrize("volume", [0, 0.1, 0.5, 1.0])
def test_dub_mixes_original_at_its_volume(
    footage, workbench, tmp_path, listen, utterance, volume, suffix
):
    """The original is in the mix at the gain asked for, within 0.01."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    # A lag that moves the translation beyond the end leaves the original alone.
    dub = workbench.dub(
        recording, tmp_path / f"dub.{suffix}", original_volume=volume, lag_seconds=3.0
    )

    assert gain(utterance, listen(dub)) == pytest.approx(volume, abs=0.01)


@pytest.mark.parametrize("layout", ["mono", "5.1"])
def test_dub_mixes_any_layout_at_its_volume(
    footage, workbench, tmp_path, listen, utterance, layout
):
    """One channel and six come out in two with the mean of the channels at half volume."""
    recording = footage(container="wav", audio="pcm_s16le", layout=layout)

    dub = workbench.dub(
        recording.write(tmp_path / "recording"),
        tmp_path / "dub.wav",
        original_volume=0.5,
        lag_seconds=3.0,
    )

    assert gain(utterance, listen(dub)) == pytest.approx(0.5, abs=0.01)


def test_dub_keeps_the_delay_of_the_sound(footage, workbench, tmp_path, listen, utterance):
    """Sound that starts 0.7 s after the picture does so in the dub, in place of nothing."""
    film = footage(container="mkv", video="h264", audio="flac", sound_starts=0.7)

    dub = workbench.dub(
        film.write(tmp_path / "film"), tmp_path / "dub.mp4", original_volume=1.0, lag_seconds=3.0
    )

    assert gain(utterance[: 2 * RATE], listen(dub)[round(0.7 * RATE) :]) == pytest.approx(
        1, abs=0.02
    )


@pytest.mark.parametrize("lag", [0, 0.25, 1.5])
def test_dub_speaks_after_the_lag(footage, workbench, tmp_path, listen, lag):
    """The translation begins at the onset of the original, at 0.5 s, plus the lag."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.dub(recording, tmp_path / "dub.wav", lag_seconds=lag)

    assert onset_seconds(listen(dub)) == pytest.approx(0.5 + lag, abs=0.05)


def test_dub_speaks_at_each_onset(footage, workbench, tmp_path, utterance):
    """Two utterances 2.5 s apart are dubbed by two, 2.5 s apart."""
    recording = footage(sound=np.tile(utterance, 2), container="flac", audio="flac")

    dub = workbench.dub(recording.write(tmp_path / "recording"), tmp_path / "dub.wav")

    first, *_, last = workbench.probe(dub).speech_segments
    assert first.start_seconds == pytest.approx(0.5, abs=0.05)
    assert last.start_seconds > 2.9


def test_dub_is_the_same_for_the_same_seed(footage, workbench, tmp_path):
    """The same plan gives the same bytes, another seed others."""
    film = footage(video="h264").write(tmp_path / "film")

    first = workbench.dub(film, tmp_path / "first.mp4", seed=1).read_bytes()
    second = workbench.dub(film, tmp_path / "second.mp4", seed=1).read_bytes()
    other = workbench.dub(film, tmp_path / "other.mp4", seed=2).read_bytes()

    assert first == second
    assert first != other


def test_dub_mixes_the_given_background(footage, workbench, tmp_path, listen, utterance):
    """A background track is in the dub at full volume, and silence follows its end."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    hum = np.sin(np.arange(RATE) * 0.05).astype(np.float32) / 10
    track = footage(sound=hum, container="wav", audio="pcm_s16le").write(tmp_path / "track")

    dub = listen(
        workbench.dub(recording, tmp_path / "dub.wav", background_path=track, lag_seconds=3.0)
    )

    assert gain(hum, dub) == pytest.approx(1, abs=0.01)
    assert np.abs(dub[RATE + 100 :]).max() < 1e-4


def test_dub_keeps_background_only_between_utterances(
    footage, workbench, tmp_path, listen, utterance
):
    """Asked to keep the background, it keeps the original's pauses and mutes its speech."""
    noise = np.random.default_rng(1).normal(0, 3e-3, utterance.size).astype(np.float32)
    recording = footage(sound=utterance + noise, container="wav", audio="pcm_s16le")

    dub = listen(
        workbench.dub(
            recording.write(tmp_path / "recording"),
            tmp_path / "dub.wav",
            keep_background=True,
            lag_seconds=3.0,
        )
    )

    assert gain(noise[: RATE // 4], dub[: RATE // 4]) == pytest.approx(1, abs=0.02)
    assert np.abs(dub[round(0.6 * RATE) : round(1.7 * RATE)]).max() < 1e-4


def test_dub_refuses_vanished_source(footage, workbench, tmp_path):
    """A source that is gone by the time of the dub is refused, and nothing is left behind."""
    film = footage(video="h264").write(tmp_path / "film")
    gone = tmp_path / "gone.mp4"
    description = workbench.probe(film)
    film.unlink()

    with pytest.raises(MediaRefused) as refused:
        workbench.dub_described(film, gone, description)

    assert refused.value.fault is MediaFault.NOT_MEDIA
    assert list(tmp_path.iterdir()) == []
