"""Opening files of unknown origin safely, and telling which documented container they are.

Runs in children only. Decoding belongs elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from dubcheck.emulator.media.description import MediaFault, MediaRefused

# format_whitelist is the guard that counts: without it playlists (HLS, ffconcat) open other files
# and hosts. A misspelt option is ignored silently, so the tests try each guard. PyAV ignores
# codec_whitelist; the codec sets below replace it.
_OPEN_OPTIONS = {
    "format_whitelist": (
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,wav,mp3,flac,ogg,aac,asf"
    ),
    "protocol_whitelist": "file",
    "max_streams": "64",
    "probesize": "5000000",
    "analyzeduration": "5000000",
}
_BY_FORMAT = {
    "avi": "avi",
    "flv": "flv",
    "mpegts": "ts",
    "wav": "wav",
    "mp3": "mp3",
    "flac": "flac",
    "ogg": "ogg",
    "aac": "aac",
    "asf": "wma",
}
_AUDIO_ONLY = frozenset({"wav", "mp3", "flac", "ogg", "m4a", "aac", "wma"})
_VIDEO_CODECS = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "prores", "mpeg4"})
_AUDIO_CODECS = frozenset({"aac", "mp3", "opus", "vorbis", "flac", "ac3"})
# Codecs that a listed audio format implies although the codec list names them nowhere.
_AUDIO_CODECS_OF = {
    "m4a": frozenset({"alac"}),
    "wma": frozenset({"wmav1", "wmav2", "wmapro", "wmalossless"}),
}
_EBML_DOCTYPE = b"\x42\x82"


def open_media(path: Path) -> InputContainer:
    """Open a regular file whose format is one of the documented ones.

    Raises: MediaRefused. A FIFO is refused here because opening one hangs beyond any timeout.
    """
    if not path.is_absolute() or not path.is_file():
        raise MediaRefused(MediaFault.NOT_MEDIA, "not a regular file")
    try:
        # Bad UTF-8 in tags raises UnicodeDecodeError unless replaced.
        return av.open(str(path), options=_OPEN_OPTIONS, metadata_errors="replace")
    except (av.FFmpegError, EOFError) as error:
        raise MediaRefused(
            MediaFault.NOT_MEDIA, f"no demuxer accepts it: {type(error).__name__}"
        ) from error


def container_name(path: Path, opened: InputContainer, video: VideoStream | None) -> str:
    """Tell the documented name of a container, also where one demuxer serves several.

    Raises: MediaRefused for a relative of a documented container (3GP, JPEG 2000).
    """
    format_name = opened.format.name
    with path.open("rb") as file:
        head = file.read(64)
    if format_name.startswith("mov,"):
        return _isobmff_name(head, video)
    if format_name.startswith("matroska"):
        return "webm" if _doctype(head) == b"webm" else "mkv"
    name = _BY_FORMAT[format_name]
    if video is not None and name in _AUDIO_ONLY:
        raise MediaRefused(MediaFault.UNSUPPORTED_CONTAINER, f"video in {name}")
    return name


def _isobmff_name(head: bytes, video: VideoStream | None) -> str:
    # A file without an ftyp box is a QuickTime file of before 2001.
    brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
    if brand.startswith((b"3g", b"mj")):
        raise MediaRefused(MediaFault.UNSUPPORTED_CONTAINER, f"brand {brand!r}")
    if brand == b"qt  ":
        return "mov"
    if video is None:
        return "m4a"
    return "mp4"


def _doctype(head: bytes) -> bytes:
    at = head.find(_EBML_DOCTYPE)
    if at < 0:
        return b""
    length = head[at + 2] & 0x7F
    return head[at + 3 : at + 3 + length].rstrip(b"\0")


def picture_stream(opened: InputContainer) -> VideoStream | None:
    """The first video stream that is not cover art."""
    for stream in opened.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def sound_stream(opened: InputContainer) -> AudioStream | None:
    """The first audio stream."""
    return opened.streams.audio[0] if opened.streams.audio else None


def check_codecs(container: str, video: VideoStream | None, audio: AudioStream | None) -> None:
    """Refuse what the documents do not list.

    Raises: MediaRefused.
    """
    if video is None and audio is None:
        raise MediaRefused(MediaFault.NOT_MEDIA, "neither sound nor picture")
    if video is not None and codec_name(video) not in _VIDEO_CODECS:
        raise MediaRefused(MediaFault.UNSUPPORTED_VIDEO_CODEC, codec_name(video))
    if audio is None:
        raise MediaRefused(MediaFault.NO_AUDIO, "no audio track")
    name = codec_name(audio)
    implied = _AUDIO_CODECS_OF.get(container, frozenset())
    if name not in _AUDIO_CODECS | implied and not name.startswith("pcm_"):
        raise MediaRefused(MediaFault.UNSUPPORTED_AUDIO_CODEC, name)


def codec_name(stream: AudioStream | VideoStream) -> str:
    """The codec, not the decoder: av1 where PyAV says libdav1d; "unknown" without a decoder."""
    context = stream.codec_context
    return "unknown" if context is None else context.codec.canonical_name


def has_presentation_times(opened: InputContainer) -> bool:
    """Whether timestamps place frames. AVI has only an index; what libavformat derives from it is
    wrong for B-frames (0, 3, 4, 5 …) and hours off for Vorbis."""
    return opened.format.name != "avi"


def is_filler(packet: Packet[Any]) -> bool:
    """Whether a packet is empty without being the one that ends its stream."""
    return not packet.size and packet.dts is not None


def medium_start_seconds(streams: list[AudioStream | VideoStream]) -> float:
    """Where the medium begins on its own time line (1.4 s for most transport streams)."""
    starts = [
        float(stream.start_time * stream.time_base)
        for stream in streams
        if stream.start_time is not None and stream.time_base is not None
    ]
    return min(starts, default=0.0)
