"""What a media file was measured to be: plain facts, no opinion. Judging them is the callers'."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dubcheck.measure.formats import AudioCodec, Container, VideoCodec

ANALYSIS_RATE = 16_000
"""Samples per second of AudioTrack.wave; speech analysis needs no more than 8 kHz of sound."""


class MeasureError(Exception):
    """A file could not be measured; the message says what was wrong with it."""


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """The video of a file, measured by decoding it.

    `codec_name` is FFmpeg's word and `codec` is None where that is no documented codec.
    """

    codec: VideoCodec | None
    codec_name: str
    width: int
    height: int
    frame_times_seconds: tuple[float, ...]

    @property
    def frame_count(self) -> int:
        """Decoded frames."""
        return len(self.frame_times_seconds)


@dataclass(frozen=True, slots=True, eq=False)
class AudioTrack:
    """The audio of a file, measured by decoding it.

    `wave` is the mean of the channels at ANALYSIS_RATE, starting at `start_seconds` on the common
    time line of the file; packets are as stored, before decoding. `reference_sizes_bytes` are the
    packets that FFmpeg's AAC encoder makes of the same sound at 192 kbit/s, for AAC alone.
    """

    codec: AudioCodec | None
    codec_name: str
    sample_rate: int
    channels: int
    duration_seconds: float
    start_seconds: float
    packet_sizes_bytes: tuple[int, ...]
    packet_durations_seconds: tuple[float, ...]
    reference_sizes_bytes: tuple[int, ...]
    wave: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Media:
    """A measured file; the first video and the first audio stream of it."""

    container: Container | None
    size_bytes: int
    video: VideoTrack | None
    audio: AudioTrack | None

    @property
    def duration_seconds(self) -> float:
        """The longer of both tracks, by what was decoded and never by a header."""
        heard = self.audio.duration_seconds if self.audio else 0.0
        return max(heard, _shown_seconds(self.video) if self.video else 0.0)


def _shown_seconds(video: VideoTrack) -> float:
    times = video.frame_times_seconds
    if len(times) < 2:
        return 0.0
    span = times[-1] - times[0]
    return span + span / (len(times) - 1)
