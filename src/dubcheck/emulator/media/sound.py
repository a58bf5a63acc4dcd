"""A decoded audio stream as one unbroken run of samples at a chosen rate; no judgement of it.

Runs in children only.
"""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

from dubcheck.emulator.media.containers import is_filler

Samples = NDArray[np.float32]
"""Shape (channels, length), full scale 1.0."""

# Timestamps jitter by rounding (1 ms in Matroska) and by codec frames; more than this is a hole.
_HOLE_SECONDS = 0.04
# A longer hole is a lying timestamp, not a pause: it is closed.
_LONGEST_HOLE_SECONDS = 60.0


class SoundDecoder:
    """Turns packets of one stream into samples, holes filled with silence.

    Without an origin, timestamps are ignored and frames follow each other. Channels are kept:
    libswresample's own down-mix scales by 1.414 and more.
    """

    def __init__(self, stream: AudioStream, rate: int, origin_seconds: float | None):
        self._context = stream.codec_context
        self._rate = rate
        self._origin_seconds = origin_seconds
        self._resampler: AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None
        self._started = False
        self.position_seconds = 0.0
        self.faulty_packets = 0

    def decode(self, packet: Packet[AudioStream]) -> Iterator[Samples]:
        """Decode one packet; the empty one that ends every stream gives what is left.

        That packet is passed on as it is: frames flushed without one have no time base.
        """
        if is_filler(packet):
            return
        try:
            frames = self._context.decode(packet)
        except av.FFmpegError:
            self.faulty_packets += 1
            return
        for frame in frames:
            yield from self._place(frame)
        if not packet.size and self._resampler is not None:
            yield from self._resampled(None)

    def _place(self, frame: AudioFrame) -> Iterator[Samples]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            if self._resampler is not None:
                yield from self._resampled(None)
            self._shape = shape
            self._resampler = AudioResampler("fltp", frame.layout, self._rate)
        hole = self._hole_before(frame)
        if hole > 0:
            yield np.zeros((frame.layout.nb_channels, round(hole * self._rate)), np.float32)
            self.position_seconds += hole
        self.position_seconds += frame.samples / frame.sample_rate
        frame.pts = None
        yield from self._resampled(frame)

    def _hole_before(self, frame: AudioFrame) -> float:
        if frame.time is None or self._origin_seconds is None:
            return 0.0
        hole = frame.time - self._origin_seconds - self.position_seconds
        threshold = _HOLE_SECONDS if self._started else 0.0
        self._started = True
        if hole > _LONGEST_HOLE_SECONDS:
            self._origin_seconds += hole
        return hole if threshold < hole <= _LONGEST_HOLE_SECONDS else 0.0

    def _resampled(self, frame: AudioFrame | None) -> Iterator[Samples]:
        if self._resampler is None:
            return
        for resampled in self._resampler.resample(frame):
            yield np.asarray(resampled.to_ndarray(), np.float32)
