"""What the packets of a video stream tell: length, rate, and whether they can be kept as they are.

Runs in children only. Only the first picture is decoded here, as proof that one is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from dubcheck.emulator.media.containers import codec_name, is_filler

# A recording may begin in the middle of a group of pictures; ten seconds at 60 a second.
_PACKETS_TO_FIRST_PICTURE = 600
_FASTEST_RATE = 240
_LONGEST_GAP_SECONDS = 60.0
_LONGEST_LAST_PICTURE_SECONDS = 10.0


@dataclass(slots=True)
class PictureMeter:
    """Takes every packet of one stream."""

    stream: VideoStream
    is_timed: bool
    first: VideoFrame | None = None
    packets: int = 0
    is_copyable: bool = True
    _times: list[int] = field(default_factory=list)

    def add(self, packet: Packet[VideoStream]) -> None:
        """Note one packet; the empty one that ends the stream is not counted."""
        if is_filler(packet):
            return
        if self.first is None and self.packets < _PACKETS_TO_FIRST_PICTURE:
            self._decode(packet)
        if not packet.size:
            return
        if self.packets == 0 and not (packet.is_keyframe and codec_name(self.stream) == "h264"):
            self.is_copyable = False
        self.packets += 1
        if packet.pts is None or packet.is_discard or packet.is_corrupt:
            self.is_copyable = False
        if packet.is_discard:
            # An edit list cut it away.
            return
        time = packet.pts if self.is_timed else packet.dts
        if time is not None:
            self._times.append(time)

    def _decode(self, packet: Packet[VideoStream]) -> None:
        try:
            frames = self.stream.codec_context.decode(packet)
        except av.FFmpegError:
            self.is_copyable = False
            return
        if frames:
            self.first = frames[0]

    @property
    def frame_rate(self) -> Fraction:
        """The stream's guessed rate, or one measured where that is missing or absurd."""
        guessed = self.stream.guessed_rate or self.stream.average_rate
        if guessed is not None and 0 < guessed <= _FASTEST_RATE:
            return guessed
        gaps = np.diff(np.unique(self._times)) if len(self._times) > 1 else np.empty(0)
        if not gaps.size:
            return Fraction(25)
        return 1 / max(Fraction(1, _FASTEST_RATE), Fraction(int(np.median(gaps))) * self._time_base)

    @property
    def _time_base(self) -> Fraction:
        return self.stream.time_base or Fraction(1, 90_000)

    @property
    def is_regular(self) -> bool:
        """Whether every picture lies within one tick of the clock from the frame rate's grid."""
        times = np.array(self._times, np.float64) * float(self._time_base)
        if not times.size:
            return False
        places = (times - times.min()) * float(self.frame_rate)
        tolerance = max(float(self._time_base), 1e-4) * float(self.frame_rate)
        return bool(np.abs(places - places.round()).max() <= min(tolerance, 0.25))

    def end_seconds(self, origin_seconds: float) -> float:
        """Where the last picture ends; a gap of more than a minute is a lie and counts as none."""
        if not self._times:
            return float(self.packets / self.frame_rate)
        times = np.unique(self._times) * float(self._time_base) - origin_seconds
        gaps = np.diff(times, prepend=0.0)
        shown = gaps[(gaps > 0) & (gaps <= _LONGEST_GAP_SECONDS)]
        last = min(float(1 / self.frame_rate), _LONGEST_LAST_PICTURE_SECONDS)
        return float(shown.sum()) + last
