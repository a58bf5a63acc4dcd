"""The picture of a dub: the source's own H.264 packets where they can be kept, else encoded anew.

Runs in children only. Sound is not touched here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from dubcheck.emulator.media.description import DubPlan, MediaDescription

_PRESET = "veryfast"
_THREADS_FROM_PIXELS = 640 * 360


def is_copied(plan: DubPlan) -> bool:
    """Whether the source's packets go into the output unchanged; a trim cannot cut between them."""
    return plan.source_description.picture_is_copyable and not plan.is_trimmed


class CopiedPicture:
    """The source's packets, moved to start with the medium."""

    def __init__(self, source: VideoStream, output: OutputContainer, origin_seconds: float):
        self._source = source
        self.stream = output.add_stream_from_template(source)
        self._time_base = source.time_base or Fraction(1, 90_000)
        self._origin = round(origin_seconds / self._time_base)

    def packets(self, opened: InputContainer) -> Iterator[Packet[VideoStream]]:
        """Every packet, with decoding times filled in backwards where the container has none.

        Matroska files with B-frames give none for the first packets, the key frame among them:
        leaving these out makes a file that cannot be decoded.
        """
        held: list[Packet[VideoStream]] = []
        for packet in opened.demux(self._source):
            if not packet.size:
                continue
            held.append(packet)
            if packet.dts is not None:
                yield from self._released(held)
                held = []
        if held:
            held[-1].dts = held[-1].pts
            yield from self._released(held)

    def _released(self, held: list[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
        decoding = held[-1].dts or 0
        for packet in reversed(held):
            packet.dts = decoding - self._origin
            decoding -= max(packet.duration or 0, 1)
        for packet in held:
            packet.pts = (packet.pts or 0) - self._origin
            packet.stream = self.stream
            yield packet


class EncodedPicture:
    """The source's pictures, encoded at a constant rate."""

    def __init__(
        self, source: VideoStream, output: OutputContainer, plan: DubPlan, origin_seconds: float
    ):
        description = plan.source_description
        self._source = source
        self._plan = plan
        self._origin_seconds = origin_seconds
        self._rate = description.frame_rate or Fraction(25)
        width, height = _even_size(description)
        self.stream = output.add_stream("libx264", rate=self._rate, options={"preset": _PRESET})
        self.stream.width, self.stream.height = width, height
        self.stream.pix_fmt = "yuv420p"
        context, own = self.stream.codec_context, source.codec_context
        context.time_base = 1 / self._rate
        if own.sample_aspect_ratio:
            context.sample_aspect_ratio = own.sample_aspect_ratio
        threads = 0 if width * height > _THREADS_FROM_PIXELS else 1
        context.thread_count = own.thread_count = threads
        own.thread_type = "AUTO"
        self._last_index = -1

    def packets(self, opened: InputContainer) -> Iterator[Packet[VideoStream]]:
        """Every packet of the encoder."""
        for frame in self._frames(opened):
            index = self._index(frame)
            if index is None:
                continue
            picture = frame.reformat(self.stream.width, self.stream.height, "yuv420p")
            picture.pts, picture.time_base = index, 1 / self._rate
            picture.pict_type = 0
            yield from self._timed(self.stream.encode(picture))
        yield from self._timed(self.stream.encode(None))

    def _frames(self, opened: InputContainer) -> Iterator[VideoFrame]:
        for packet in opened.demux(self._source):
            try:
                frames = self._source.codec_context.decode(packet if packet.size else None)
            except av.FFmpegError:
                # A damaged packet costs its picture, not the dub.
                continue
            for frame in frames:
                if frame.time is not None and self._seconds(frame) >= self._plan.length_seconds:
                    return
                yield frame

    def _seconds(self, frame: VideoFrame) -> float:
        return (frame.time or 0.0) - self._origin_seconds - self._plan.trim_start_seconds

    def _index(self, frame: VideoFrame) -> int | None:
        """The frame's place on the constant grid; None when it is before it or one too many."""
        if frame.time is None:
            place = float(self._last_index + 1)
        else:
            place = self._seconds(frame) * float(self._rate)
        nearest = int(place + 0.5)
        if place < -0.5 or self._last_index > place + 1:
            return None
        self._last_index = max(nearest, self._last_index + 1)
        return self._last_index

    def _timed(self, packets: list[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
        for packet in packets:
            packet.duration = packet.duration or 1
            packet.stream = self.stream
            yield packet


def _even_size(description: MediaDescription) -> tuple[int, int]:
    # H.264 4:2:0 has no odd sizes.
    width, height = description.width or 2, description.height or 2
    return max(width - width % 2, 2), max(height - height % 2, 2)
