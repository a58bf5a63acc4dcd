"""Encoding a recipe with PyAV. What is in the recipe is recipes.py; no choice is made here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
import numpy.typing as npt

from dubcheck.measure.formats import AudioCodec, Container, VideoCodec
from dubcheck.measure.samples.recipes import Picture, Recipe, Track
from dubcheck.measure.samples.sounds import Wave, sound_track

_Packet: TypeAlias = "av.Packet[Any]"

_MUXERS = {
    Container.MKV: "matroska",
    Container.TS: "mpegts",
    Container.M4A: "ipod",
    Container.AAC: "adts",
    Container.WMA: "asf",
}


@dataclass(frozen=True, slots=True)
class _VideoEncoder:
    name: str
    pixel_format: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class _AudioEncoder:
    name: str
    sample_rate: int = 44_100
    options: dict[str, str] | None = None


# One thread each: samples are small, and the judged service may run on the same machine.
_VPX = {"deadline": "realtime", "cpu-used": "8"}
_X265 = {"preset": "ultrafast", "x265-params": "log-level=none:pools=1"}
_VIDEO_ENCODERS = {
    VideoCodec.H264: _VideoEncoder("libx264", "yuv420p", {"preset": "ultrafast"}),
    VideoCodec.H265: _VideoEncoder("libx265", "yuv420p", _X265),
    VideoCodec.VP8: _VideoEncoder("libvpx", "yuv420p", _VPX),
    VideoCodec.VP9: _VideoEncoder("libvpx-vp9", "yuv420p", _VPX),
    VideoCodec.AV1: _VideoEncoder("libsvtav1", "yuv420p", {"preset": "12"}),
    VideoCodec.PRORES: _VideoEncoder("prores_ks", "yuv422p10le", {"profile": "proxy"}),
    VideoCodec.FFV1: _VideoEncoder("ffv1", "yuv420p", {}),
    VideoCodec.MPEG4: _VideoEncoder("mpeg4", "yuv420p", {}),
}
_AUDIO_ENCODERS = {
    AudioCodec.AAC: _AudioEncoder("aac"),
    AudioCodec.MP3: _AudioEncoder("libmp3lame"),
    AudioCodec.OPUS: _AudioEncoder("libopus", 48_000),
    AudioCodec.VORBIS: _AudioEncoder("vorbis", options={"strict": "experimental"}),
    AudioCodec.PCM: _AudioEncoder("pcm_s16le"),
    AudioCodec.FLAC: _AudioEncoder("flac"),
    AudioCodec.AC3: _AudioEncoder("ac3"),
    AudioCodec.ALAC: _AudioEncoder("alac"),
    AudioCodec.WMA: _AudioEncoder("wmav2"),
}
_LOSSLESS = {AudioCodec.PCM, AudioCodec.FLAC, AudioCodec.ALAC}
_LOSSY_BIT_RATE = 128_000
_BLOCK_SECONDS = 10


def write_media(recipe: Recipe, path: Path) -> None:
    """Encode a recipe, audio and video interleaved by time."""
    os.environ.setdefault("SVT_LOG", "1")  # else the AV1 encoder writes to standard error
    with av.open(str(path), "w", format=_MUXERS.get(recipe.container, path.suffix[1:])) as output:
        sources = []
        if recipe.picture is not None:
            sources.append(_video_packets(output, recipe.picture, recipe.duration_seconds))
        if recipe.track is not None:
            sources += [
                _audio_packets(output, recipe.track, recipe.duration_seconds)
                for _ in range(recipe.audio_tracks)
            ]
        for packet in _by_time(sources):
            output.mux(packet)


def _by_time(sources: list[Iterator[tuple[float, _Packet]]]) -> Iterator[_Packet]:
    waiting = [(next(source, None), source) for source in sources]
    while any(head is not None for head, _ in waiting):
        position = min(
            (index for index, (head, _) in enumerate(waiting) if head is not None),
            key=lambda index: waiting[index][0][0],  # type: ignore[index]
        )
        head, source = waiting[position]
        waiting[position] = (next(source, None), source)
        yield head[1]  # type: ignore[index]


def _video_packets(
    output: av.container.OutputContainer, picture: Picture, duration_seconds: float
) -> Iterator[tuple[float, _Packet]]:
    encoder = _VIDEO_ENCODERS[picture.codec]
    stream = output.add_stream(encoder.name, rate=picture.frame_rate, options=encoder.options)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = picture.width, picture.height
    stream.pix_fmt = encoder.pixel_format
    stream.codec_context.time_base = 1 / picture.frame_rate
    stream.codec_context.thread_count = 1

    def packets() -> Iterator[tuple[float, _Packet]]:
        count = round(duration_seconds * picture.frame_rate)
        for index in range(count):
            frame = av.VideoFrame.from_ndarray(_pixels(picture, index), format="rgb24")
            frame = frame.reformat(format=encoder.pixel_format)
            frame.pts, frame.time_base = index, 1 / picture.frame_rate
            for packet in stream.encode(frame):
                yield float(index / picture.frame_rate), packet
        for packet in stream.encode(None):
            yield duration_seconds, packet

    return packets()


def _pixels(picture: Picture, index: int) -> npt.NDArray[np.uint8]:
    """A gradient that drifts and a bar that runs, so that no two frames are equal."""
    pixels = np.zeros((picture.height, picture.width, 3), np.uint8)
    pixels[..., 0] = (np.arange(picture.width) + 2 * index) % 256
    pixels[..., 1] = ((np.arange(picture.height) + index) % 256)[:, None]
    left = (5 * index) % picture.width
    pixels[:, left : left + 8] = 255
    return pixels


def _audio_packets(
    output: av.container.OutputContainer, track: Track, duration_seconds: float
) -> Iterator[tuple[float, _Packet]]:
    encoder = _AUDIO_ENCODERS[track.codec]
    sample_rate = track.sample_rate or encoder.sample_rate
    layout = "mono" if track.channels == 1 else "stereo"
    stream = output.add_stream(
        encoder.name, rate=sample_rate, layout=layout, options=encoder.options or {}
    )
    assert isinstance(stream, av.AudioStream)
    if track.codec not in _LOSSLESS:
        stream.bit_rate = _LOSSY_BIT_RATE
    stream.codec_context.open()  # frame_size is 0 before

    def packets() -> Iterator[tuple[float, _Packet]]:
        resampler = av.AudioResampler(
            stream.codec_context.format.name,
            layout,
            sample_rate,
            stream.codec_context.frame_size or 1024,
        )
        wave = sound_track(track.sound, duration_seconds, sample_rate, track.channels)
        for frame in [*_frames(wave, layout, sample_rate), None]:
            for block in resampler.resample(frame):
                for packet in stream.encode(block):
                    yield block.time or 0.0, packet
        for packet in stream.encode(None):
            yield duration_seconds, packet

    return packets()


def _frames(wave: Wave, layout: str, sample_rate: int) -> Iterator[av.AudioFrame]:
    step = _BLOCK_SECONDS * sample_rate
    for start in range(0, wave.shape[1], step):
        block = np.ascontiguousarray(wave[:, start : start + step])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
        frame.sample_rate, frame.pts = sample_rate, start
        frame.time_base = Fraction(1, sample_rate)
        yield frame
