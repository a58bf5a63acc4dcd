"""Turning a file that a service sent into Media, safely: in a limited child process.

What is concluded from Media belongs to bit_rates, frame_rates, gains and onsets.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from dubcheck.measure.containers import HEAD_SIZE_BYTES, container_of
from dubcheck.measure.decoder import DECODER, ReadingLimits
from dubcheck.measure.formats import AudioCodec, VideoCodec
from dubcheck.measure.media import AudioTrack, MeasureError, Media, VideoTrack

_VIDEO_CODECS = {codec.value: codec for codec in VideoCodec} | {"hevc": VideoCodec.H265}
_AUDIO_CODECS = {codec.value: codec for codec in AudioCodec}
_OPENING_ERROR_CHARACTERS = 300


def read_media(source: Path | bytes, limits: ReadingLimits | None = None) -> Media:
    """Measure a file given by path or content.

    Raises: MeasureError, if it is no media or exceeds a limit.
    """
    limits = limits or ReadingLimits()
    if isinstance(source, Path):
        return _read_file(source, limits)
    with tempfile.TemporaryDirectory(prefix="dubcheck-measure-") as folder:
        path = Path(folder) / "media"
        path.write_bytes(source)
        return _read_file(path, limits)


def _read_file(path: Path, limits: ReadingLimits) -> Media:
    if not path.is_file():  # opening a FIFO would hang for ever
        raise MeasureError(f"{path.name} is not a regular file")
    size_bytes = path.stat().st_size
    if size_bytes > limits.size_bytes:
        raise MeasureError(f"{size_bytes} bytes are more than the {limits.size_bytes} we read")
    with path.open("rb") as file:
        head = file.read(HEAD_SIZE_BYTES)
    facts, samples = DECODER.decode(path, limits)
    if "error" in facts:
        raise MeasureError(f"cannot be decoded: {facts['error'][:_OPENING_ERROR_CHARACTERS]}")
    return Media(
        container=container_of(head),
        size_bytes=size_bytes,
        video=_video_track(facts["video"]),
        audio=_audio_track(facts["audio"], samples),
    )


def _video_track(facts: dict[str, Any] | None) -> VideoTrack | None:
    if facts is None:
        return None
    return VideoTrack(
        codec=_VIDEO_CODECS.get(facts["codec"]),
        codec_name=facts["codec"],
        width=facts["width"],
        height=facts["height"],
        frame_times_seconds=tuple(facts["times"]),
    )


def _audio_track(facts: dict[str, Any] | None, samples: bytes) -> AudioTrack | None:
    if facts is None:
        return None
    name: str = facts["codec"]
    codec = AudioCodec.PCM if name.startswith("pcm_") else _AUDIO_CODECS.get(name)
    if name.startswith("wma"):
        codec = AudioCodec.WMA
    return AudioTrack(
        codec=codec,
        codec_name=name,
        sample_rate=facts["sample_rate"],
        channels=facts["channels"],
        duration_seconds=facts["seconds"],
        start_seconds=facts["start"],
        packet_sizes_bytes=tuple(facts["packet_sizes"]),
        packet_durations_seconds=tuple(facts["packet_seconds"]),
        reference_sizes_bytes=tuple(facts["reference_sizes"]),
        wave=np.frombuffer(samples, np.dtype("<f4")),
    )
