"""The containers and codecs that Pinch documents, and what each is called on the wire.

Only names belong here: recognising bytes is containers.py, making files is samples/.
Source: vendor-docs/pinch.txt, Supported Formats.
"""

from __future__ import annotations

from enum import Enum


class Container(Enum):
    """A container of the table Video files, or a format of the table Audio files."""

    MP4 = "mp4"
    MOV = "mov"
    MKV = "mkv"
    WEBM = "webm"
    AVI = "avi"
    FLV = "flv"
    TS = "ts"
    WAV = "wav"
    MP3 = "mp3"
    FLAC = "flac"
    OGG = "ogg"
    M4A = "m4a"
    AAC = "aac"
    WMA = "wma"


class VideoCodec(Enum):
    """A documented video codec, and FFV1, which is none."""

    H264 = "h264"
    H265 = "h265"
    VP8 = "vp8"
    VP9 = "vp9"
    AV1 = "av1"
    PRORES = "prores"
    MPEG4 = "mpeg4"
    FFV1 = "ffv1"


class AudioCodec(Enum):
    """A documented audio codec of a video file, WMA of the table Audio files, and ALAC, neither."""

    AAC = "aac"
    MP3 = "mp3"
    OPUS = "opus"
    VORBIS = "vorbis"
    PCM = "pcm"
    FLAC = "flac"
    AC3 = "ac3"
    WMA = "wma"
    ALAC = "alac"


VIDEO_CONTAINERS = (
    Container.MP4,
    Container.MOV,
    Container.MKV,
    Container.WEBM,
    Container.AVI,
    Container.FLV,
    Container.TS,
)
AUDIO_FORMATS = (
    Container.WAV,
    Container.MP3,
    Container.FLAC,
    Container.OGG,
    Container.M4A,
    Container.AAC,
    Container.WMA,
)
DOCUMENTED_VIDEO_CODECS = tuple(codec for codec in VideoCodec if codec is not VideoCodec.FFV1)
VIDEO_FILE_AUDIO_CODECS = tuple(
    codec for codec in AudioCodec if codec not in (AudioCodec.WMA, AudioCodec.ALAC)
)

CONTENT_TYPES = {
    Container.MP4: "video/mp4",
    Container.MOV: "video/quicktime",
    Container.MKV: "video/x-matroska",
    Container.WEBM: "video/webm",
    Container.AVI: "video/x-msvideo",
    Container.FLV: "video/x-flv",
    Container.TS: "video/mp2t",
    Container.WAV: "audio/wav",
    Container.MP3: "audio/mpeg",
    Container.FLAC: "audio/flac",
    Container.OGG: "audio/ogg",
    Container.M4A: "audio/mp4",
    Container.AAC: "audio/aac",
    Container.WMA: "audio/x-ms-wma",
}
