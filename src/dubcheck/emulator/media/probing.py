"""Measuring a file: every sample of its sound is decoded, its headers are not believed.

Runs in children only. Headers were seen to claim ten hours for 2.5 seconds.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dubcheck.emulator.media.containers import (
    check_codecs,
    codec_name,
    container_name,
    has_presentation_times,
    medium_start_seconds,
    open_media,
    picture_stream,
    sound_stream,
)
from dubcheck.emulator.media.description import MediaDescription, MediaFault, MediaRefused
from dubcheck.emulator.media.picture_meter import PictureMeter
from dubcheck.emulator.media.sound import SoundDecoder
from dubcheck.emulator.media.speech import RATE, SpeechMeter

# Codecs pad the last frame: ten minutes of ADTS decode to 600.03 s and are still ten minutes.
_PADDING_SECONDS = 0.1
# 4K is 4096 x 2304 at most. Encoding 8K needs more memory than a child may have, and x264 then
# waits for ever instead of failing (measured).
_MOST_PIXELS = 4096 * 2304
_COPYABLE_CONTAINERS = frozenset({"mp4", "mov", "mkv", "flv", "ts"})


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
        return measurement.description(container, seconds, path.stat().st_size)


class Measurement:
    """One pass over the packets of a file's sound and picture."""

    def __init__(self, opened: InputContainer, audio: AudioStream, video: VideoStream | None):
        self._opened = opened
        self._audio = audio
        self._streams: list[AudioStream | VideoStream] = [audio]
        if video is not None:
            self._streams.append(video)
        self._origin = medium_start_seconds(self._streams)
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

    def description(self, container: str, seconds: float, size_bytes: int) -> MediaDescription:
        """Everything that was measured."""
        picture = self.picture
        first = None if picture is None else picture.first
        copyable = container in _COPYABLE_CONTAINERS and picture is not None
        return MediaDescription(
            container=container,
            has_video=picture is not None,
            video_codec=None if picture is None else codec_name(picture.stream),
            audio_codec=codec_name(self._audio),
            width=None if first is None else first.width,
            height=None if first is None else first.height,
            frame_rate=None if picture is None else picture.frame_rate,
            duration_seconds=round(seconds, 6),
            has_speech=self.speech.has_speech,
            is_silent=self.speech.is_silent,
            size_bytes=size_bytes,
            audio_layout=self._audio.layout.name,
            audio_rate=self._audio.rate or 0,
            picture_is_copyable=picture is not None and copyable and picture.is_copyable,
            picture_is_regular=picture is not None and picture.is_regular,
            speech_segments=self.speech.segments(),
        )


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
