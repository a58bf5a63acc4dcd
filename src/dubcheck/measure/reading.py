"""Turning a file that a service sent into Media, safely: in a limited child process.

What is concluded from Media belongs to bit_rates, frame_rates, gains and onsets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dubcheck.measure.containers import HEAD_SIZE_BYTES, container_of
from dubcheck.measure.formats import AudioCodec, VideoCodec
from dubcheck.measure.media import ANALYSIS_RATE, AudioTrack, MeasureError, Media, VideoTrack

_CHILD = Path(__file__).with_name("decoding_child.py")
_VIDEO_CODECS = {codec.value: codec for codec in VideoCodec} | {"hevc": VideoCodec.H265}
_AUDIO_CODECS = {codec.value: codec for codec in AudioCodec}
_OPENING_ERROR_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much one file may cost us. A file beyond them is not measured, hence never accused."""

    size_bytes: int = 200_000_000
    duration_seconds: float = 900.0
    wall_seconds: float = 60.0
    cpu_seconds: int = 60
    memory_bytes: int = 2 << 30


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
    facts, samples = _decode(path, limits)
    return Media(
        container=container_of(head),
        size_bytes=size_bytes,
        video=_video_track(facts["video"]),
        audio=_audio_track(facts["audio"], samples),
    )


def _decode(path: Path, limits: ReadingLimits) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve())]
    command += [str(limits.duration_seconds), str(ANALYSIS_RATE)]
    command += [str(limits.memory_bytes), str(limits.cpu_seconds)]
    try:
        finished = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.wall_seconds,
            env=_bare_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MeasureError(f"was not decoded within {limits.wall_seconds:g} s") from None
    line, _, samples = finished.stdout.partition(b"\n")
    if finished.returncode or not line:
        raise MeasureError(f"the decoder died with status {finished.returncode}")
    facts: dict[str, Any] = json.loads(line)
    if "error" in facts:
        raise MeasureError(f"cannot be decoded: {facts['error'][:_OPENING_ERROR_CHARACTERS]}")
    return facts, samples


def _bare_environment() -> dict[str, str]:
    # One thread, or the numeric library reserves address space for each core and meets the limit.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


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
