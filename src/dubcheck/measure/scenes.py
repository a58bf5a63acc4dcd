"""Samples that no recipe describes: several voices, music, several tracks, codecs nobody lists.

Each says its truth by its name alone. Encoding what recipes describe is samples/writing.py.
"""

from __future__ import annotations

import os
import tempfile
import wave
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from dubcheck.measure.samples import Sample, SampleName, Sound, make
from dubcheck.measure.samples.sounds import Wave, sound_track, speech

SCENE_SECONDS = 4.0
_RATE = 44_100
_LARGEST_SAMPLE = 32_767
# A quarter of the speech's peak: clearly heard, and yet the speech stays in front.
_BEHIND_SPEECH = np.float32(0.12)
_OTHER_VOICE_RATE = round(_RATE / 1.3)  # played at _RATE it is higher and faster: another speaker


class SceneName(Enum):
    """What is special in a scene; the value is its file name."""

    MUSIC = "speech-over-music.wav"
    EFFECTS = "speech-among-effects.wav"
    SPEAKERS = "two-speakers.wav"
    SEVERAL_TRACKS = "two-audio-tracks.mp4"
    UNLISTED_VIDEO_CODEC = "ffv1-picture.mkv"
    UNLISTED_AUDIO_CODEC = "mp2-sound.mkv"


_CONTENT_TYPES = {".wav": "audio/wav", ".mp4": "video/mp4", ".mkv": "video/x-matroska"}


def make_scene(name: SceneName, folder: Path) -> Sample:
    """Make a scene in the folder, or find it there; the recipe of the result is None."""
    path = folder / name.value
    content_type = _CONTENT_TYPES[path.suffix]
    nearest = SampleName.WAV if path.suffix == ".wav" else SampleName.MP4
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as private:
            draft = Path(private) / path.name
            _MAKERS[name](draft, folder)
            os.replace(draft, path)
    return Sample(nearest, path, path.name, content_type, None)


def _write_music(draft: Path, _: Path) -> None:
    seconds = np.arange(round(SCENE_SECONDS * _RATE)) / _RATE
    chord = sum(np.sin(2 * np.pi * hertz * seconds) for hertz in (220.0, 277.2, 329.6)) / 3
    swell = 0.75 + 0.25 * np.sin(2 * np.pi * 0.5 * seconds)
    _write_wav(draft, _talk() + _BEHIND_SPEECH * (chord * swell).astype(np.float32))


def _write_effects(draft: Path, _: Path) -> None:
    length = round(SCENE_SECONDS * _RATE)
    noise = np.random.default_rng(5).uniform(-1, 1, length).astype(np.float32)
    # A bang of 60 ms in every 0.8 s.
    is_bang = (np.arange(length) % round(0.8 * _RATE)) < round(0.06 * _RATE)
    _write_wav(draft, _talk() + 2 * _BEHIND_SPEECH * noise * is_bang)


def _write_speakers(draft: Path, _: Path) -> None:
    half = round(SCENE_SECONDS * _RATE / 2)
    first, second = speech("talk.opus", _RATE)[:half], speech("talk.opus", _OTHER_VOICE_RATE)[:half]
    _write_wav(draft, np.concatenate([first, second])[np.newaxis])


def _talk() -> Wave:
    return sound_track(Sound.TALK, SCENE_SECONDS, _RATE, 1)


def _write_wav(draft: Path, track: Wave) -> None:
    stereo = np.repeat(np.clip(track, -1, 1)[:1], 2, axis=0)
    with wave.open(str(draft), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes((stereo.T * _LARGEST_SAMPLE).astype("<i2").tobytes())


def _write_several_tracks(draft: Path, folder: Path) -> None:
    """The plain MP4 with a second track, of hiss; speech is in the first."""
    plain, hiss = make(SampleName.MP4, folder), make(SampleName.MP4_HISS, folder)
    with (
        av.open(str(plain.path)) as first,
        av.open(str(hiss.path)) as second,
        av.open(str(draft), "w") as output,
    ):
        sources = [first.streams.video[0], first.streams.audio[0], second.streams.audio[0]]
        packets = []
        for container, chosen in ((first, sources[:2]), (second, sources[2:])):
            packets += [item for item in container.demux(chosen) if item.dts is not None]
        targets = {id(each): output.add_stream_from_template(each) for each in sources}
        packets.sort(key=lambda item: float((item.dts or 0) * item.time_base))
        for packet in packets:
            packet.stream = targets[id(packet.stream)]
            output.mux(packet)


def _write_unlisted_video(draft: Path, folder: Path) -> None:
    _write_picture(draft, folder, "ffv1")


def _write_unlisted_audio(draft: Path, folder: Path) -> None:
    """H.264 from the plain MP4 beside MPEG layer 2 sound."""
    with av.open(str(make(SampleName.MP4, folder).path)) as source, av.open(str(draft), "w") as out:
        seen = source.streams.video[0]
        video = out.add_stream_from_template(seen)
        audio = out.add_stream("mp2", rate=_RATE, layout="stereo")
        packets = [item for item in source.demux(seen) if item.dts is not None]
        packets[:0] = _encoded_talk(audio)
        for packet in packets:
            if packet.stream is seen:
                packet.stream = video
            out.mux(packet)


def _write_picture(draft: Path, folder: Path, codec: str) -> None:
    """The plain MP4's sound beside another picture."""
    with av.open(str(make(SampleName.MP4, folder).path)) as source, av.open(str(draft), "w") as out:
        video = out.add_stream(codec, rate=Fraction(25))
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
        audio = out.add_stream_from_template(source.streams.audio[0])
        for index in range(50):
            pixels = np.full((240, 320, 3), 4 * index, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, 25)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = audio
                out.mux(packet)


def _encoded_talk(stream: av.AudioStream) -> list[av.Packet]:
    stream.codec_context.open()
    talk = np.repeat(sound_track(Sound.TALK, 2.0, _RATE, 1), 2, axis=0)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(talk), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = _RATE, 0, Fraction(1, _RATE)
    blocks = av.AudioResampler(
        stream.codec_context.format.name, "stereo", _RATE, stream.codec_context.frame_size
    )
    frames = [*blocks.resample(frame), *blocks.resample(None), None]
    return [packet for block in frames for packet in stream.encode(block)]


_MAKERS: dict[SceneName, Callable[[Path, Path], None]] = {
    SceneName.MUSIC: _write_music,
    SceneName.EFFECTS: _write_effects,
    SceneName.SPEAKERS: _write_speakers,
    SceneName.SEVERAL_TRACKS: _write_several_tracks,
    SceneName.UNLISTED_VIDEO_CODEC: _write_unlisted_video,
    SceneName.UNLISTED_AUDIO_CODEC: _write_unlisted_audio,
}
