"""Measuring a file: every sample of its sound is decoded, its headers are not believed.

Runs in children only. Headers were seen to claim ten hours for 2.5 seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from dubcheck.emulator.media.containers import (
    check_codecs,
    codec_name,
    common_start_seconds,
    container_name,
    has_presentation_times,
    is_filler,
    open_media,
    picture_stream,
    sound_stream,
)
from dubcheck.emulator.media.description import MediaDescription, MediaFault, MediaRefused
from dubcheck.emulator.media.sound import SoundDecoder
from dubcheck.emulator.media.speech import RATE, SpeechMeter

# Codecs pad the last frame: ten minutes of ADTS decode to 600.03 s and are still ten minutes.
_PADDING_SECONDS = 0.1
# 4K is 4096 x 2304 at most. Encoding 8K needs more memory than a child may have, and x264 then
# waits for ever instead of failing (measured).
_MOST_PIXELS = 4096 * 2304
# A recording may begin in the middle of a group of pictures; ten seconds at 60 a second.
_PACKETS_TO_FIRST_PICTURE = 600
_FASTEST_RATE = 240
_LONGEST_GAP_SECONDS = 60.0
_LONGEST_LAST_PICTURE_SECONDS = 10.0
_COPYABLE_CONTAINERS = frozenset({"mp4", "mov", "mkv", "flv", "ts"})


@dataclass(slots=True)
class PictureMeter:
    """What the packets of the video stream tell, with the first picture decoded as proof."""

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
        if self.packets == 0 and not packet.is_keyframe:
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


def probe(path: Path, duration_limit_seconds: float) -> MediaDescription:
    """Measure the file at an absolute path.

    Raises: MediaRefused.
    """
    with open_media(path) as opened:
        video, audio = picture_stream(opened), sound_stream(opened)
        container = container_name(path, opened, video)
        check_codecs(container, video, audio)
        assert audio is not None  # check_codecs refuses its absence
        if video is not None and video.width * video.height > _MOST_PIXELS:
            raise MediaRefused(MediaFault.BROKEN, f"{video.width}x{video.height} is too large")
        measurement = Measurement(opened, audio, video)
        measurement.run(duration_limit_seconds)
        seconds = measurement.seconds
        _check_length(seconds, duration_limit_seconds)
        _check_completeness(opened, path.stat().st_size)
        speech, picture = measurement.speech, measurement.picture
        return MediaDescription(
            container=container,
            has_video=video is not None,
            video_codec=None if video is None else codec_name(video),
            audio_codec=codec_name(audio),
            width=None if picture is None or picture.first is None else picture.first.width,
            height=None if picture is None or picture.first is None else picture.first.height,
            frame_rate=None if picture is None else picture.frame_rate,
            duration_seconds=round(seconds, 6),
            has_speech=speech.has_speech,
            is_silent=speech.is_silent,
            size_bytes=path.stat().st_size,
            audio_layout=audio.layout.name,
            audio_rate=audio.rate or 0,
            picture_is_copyable=container in _COPYABLE_CONTAINERS
            and picture is not None
            and picture.is_copyable
            and codec_name(picture.stream) == "h264",
            picture_is_regular=picture is not None and picture.is_regular,
            speech_segments=speech.segments(),
        )


class Measurement:
    """One pass over the packets of a file's sound and picture."""

    def __init__(self, opened: InputContainer, audio: AudioStream, video: VideoStream | None):
        self._opened = opened
        self._streams: list[AudioStream | VideoStream] = [audio]
        if video is not None:
            self._streams.append(video)
        self._origin = common_start_seconds(self._streams)
        is_timed = has_presentation_times(opened)
        self._sound = SoundDecoder(audio, RATE, self._origin if is_timed else None)
        self.speech = SpeechMeter()
        self.picture = None if video is None else PictureMeter(video, is_timed)

    def run(self, limit_seconds: float) -> None:
        """Read to the end, or until the sound is longer than the limit.

        Raises: MediaRefused.
        """
        for packet in self._opened.demux(self._streams):
            if self.picture is not None and packet.stream_index == self.picture.stream.index:
                self.picture.add(cast("Packet[VideoStream]", packet))
            else:
                self._listen(cast("Packet[AudioStream]", packet))
                _check_length(self._sound.position_seconds, limit_seconds)
        self.speech.finish()
        if self._sound.position_seconds <= 0:
            raise MediaRefused(MediaFault.BROKEN, "no sound could be decoded")
        if self.picture is not None and self.picture.first is None:
            raise MediaRefused(MediaFault.BROKEN, "no picture could be decoded")

    def _listen(self, packet: Packet[AudioStream]) -> None:
        for block in self._sound.decode(packet):
            self.speech.add(block.mean(0))

    @property
    def seconds(self) -> float:
        """How long sound and picture last together."""
        sound = self._sound.position_seconds
        return sound if self.picture is None else max(sound, self.picture.end_seconds(self._origin))


def _check_length(seconds: float, limit_seconds: float) -> None:
    if seconds > limit_seconds + _PADDING_SECONDS:
        raise MediaRefused(
            MediaFault.TOO_LONG,
            f"longer than {limit_seconds:g} s",
            measured_seconds=min(seconds, limit_seconds + 1),
        )


def _check_completeness(opened: InputContainer, size_bytes: int) -> None:
    # MP4 and MOV say where every packet lies, and a cut file ends before that. Elsewhere the
    # declared length is a header that says nothing about completeness.
    if not opened.format.name.startswith("mov,"):
        return
    for stream in opened.streams:
        entries = stream.index_entries
        if len(entries) and entries[-1].pos + entries[-1].size > size_bytes:
            raise MediaRefused(MediaFault.BROKEN, "its index points beyond its end: it was cut")
