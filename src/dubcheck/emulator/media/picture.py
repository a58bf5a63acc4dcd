"""The picture of a dub: the source's own H.264 packets where they can be kept, else encoded anew.

Runs in children only. Sound is not touched here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from dubcheck.emulator.media.containers import has_presentation_times, is_filler
from dubcheck.emulator.media.description import DubPlan, MediaDescription

_PRESET = "veryfast"
# Threads cost small pictures more than they gain. Their number is fixed: it changes the bytes.
_THREADS_ABOVE_PIXELS = 320 * 240
_THREADS = 4
_TICKS_PER_FRAME = 1024


def is_copied(plan: DubPlan) -> bool:
    """Whether the source's packets go into the output unchanged; a trim cannot cut between them."""
    return plan.source_description.picture_is_copyable and not plan.is_trimmed


class CopiedPicture:
    """The source's packets, moved to start with the medium.

    Matroska and FLV round times to milliseconds, which makes 14.925 pictures a second of 15: times
    of a regular picture are put back on the grid of its rate.
    """

    def __init__(
        self, source: VideoStream, output: OutputContainer, plan: DubPlan, origin_seconds: float
    ):
        description = plan.source_description
        self._source = source
        self._rate = description.frame_rate or Fraction(25)
        self._is_regular = description.picture_is_regular
        self.stream = output.add_stream_from_template(source)
        self._tick = source.time_base or Fraction(1, 90_000)
        if self._is_regular:
            self.stream.time_base = Fraction(1, self._rate.numerator * _TICKS_PER_FRAME)
        self._origin = round(origin_seconds / self._tick)
        self._first: int | None = None
        self._last_decoding: int | None = None

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
            packet.dts = decoding
            decoding -= max(packet.duration or 0, 1)
        for packet in held:
            yield self._placed(packet)

    def _placed(self, packet: Packet[VideoStream]) -> Packet[VideoStream]:
        presentation, decoding = packet.pts or 0, packet.dts or 0
        if self._is_regular:
            if self._first is None:
                self._first = presentation
            presentation, decoding = self._on_grid(presentation), self._on_grid(decoding)
            packet.duration = _TICKS_PER_FRAME * self._rate.denominator
            packet.time_base = Fraction(1, self._rate.numerator * _TICKS_PER_FRAME)
        else:
            presentation, decoding = presentation - self._origin, decoding - self._origin
        if self._last_decoding is not None:
            decoding = max(decoding, self._last_decoding + 1)
        self._last_decoding = decoding
        packet.pts, packet.dts, packet.stream = presentation, decoding, self.stream
        return packet

    def _on_grid(self, time: int) -> int:
        """A time of the source's clock in ticks of the output's, moved to the nearest frame."""
        first = self._first or 0
        frames = round((time - first) * self._tick * self._rate)
        offset = (first - self._origin) * self._tick * self._rate.numerator * _TICKS_PER_FRAME
        return frames * _TICKS_PER_FRAME * self._rate.denominator + round(offset)


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
        threads = _THREADS if width * height > _THREADS_ABOVE_PIXELS else 1
        context.thread_count = own.thread_count = threads
        own.thread_type = "AUTO"
        self._last_index = -1

    def packets(self, opened: InputContainer) -> Iterator[Packet[VideoStream]]:
        """Every packet of the encoder."""
        for seconds, frame in _timed_frames(opened, self._source):
            place = self._place(seconds)
            if place >= self._plan.length_seconds * self._rate:
                break
            index = self._index(place)
            if index is None:
                continue
            picture = frame.reformat(self.stream.width, self.stream.height, "yuv420p")
            picture.pts, picture.time_base = index, 1 / self._rate
            picture.pict_type = PictureType.NONE
            yield from self._timed(self.stream.encode(picture))
        yield from self._timed(self.stream.encode(None))

    def _place(self, seconds: float | None) -> float:
        """Where a frame lies on the grid of the constant rate, in frames from the first."""
        if seconds is None:
            return float(self._last_index + 1)
        start = self._origin_seconds + self._plan.trim_start_seconds
        return (seconds - start) * float(self._rate)

    def _index(self, place: float) -> int | None:
        """The nearest free index; None before the start, and for a frame too many.

        Rounding half to even would give two frames one index, which the muxer refuses.
        """
        if place < -0.5 or self._last_index > place + 1:
            return None
        self._last_index = max(int(place + 0.5), self._last_index + 1)
        return self._last_index

    def _timed(self, packets: list[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
        for packet in packets:
            packet.duration = packet.duration or 1
            packet.stream = self.stream
            yield packet


def _timed_frames(
    opened: InputContainer, source: VideoStream
) -> Iterator[tuple[float | None, VideoFrame]]:
    """Every decodable frame with its time; a damaged packet costs its picture, not the dub."""
    is_timed = has_presentation_times(opened)
    tick = float(source.time_base or 0)
    decoding_times: deque[float] = deque()
    for packet in opened.demux(source):
        if is_filler(packet):
            continue
        if packet.dts is not None:
            decoding_times.append(packet.dts * tick)
        try:
            frames = source.codec_context.decode(packet)
        except av.FFmpegError:
            frames = []
        for frame in frames:
            # One picture leaves the decoder for each packet, so the oldest time is its own.
            oldest = decoding_times.popleft() if decoding_times else None
            yield (frame.time if is_timed else oldest), frame


def _even_size(description: MediaDescription) -> tuple[int, int]:
    # H.264 4:2:0 has no odd sizes.
    width, height = description.width or 2, description.height or 2
    return max(width - width % 2, 2), max(height - height % 2, 2)
