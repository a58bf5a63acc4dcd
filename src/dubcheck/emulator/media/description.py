"""What is known of a media file, why one is refused, what a dub is asked to be; no decoding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from pathlib import Path


class MediaFault(Enum):
    """Why a file cannot be used; each API maps these to its own codes."""

    NOT_MEDIA = "not_media"
    UNSUPPORTED_CONTAINER = "unsupported_container"
    UNSUPPORTED_VIDEO_CODEC = "unsupported_video_codec"
    UNSUPPORTED_AUDIO_CODEC = "unsupported_audio_codec"
    NO_AUDIO = "no_audio"
    TOO_LONG = "too_long"
    BROKEN = "broken"


class MediaRefused(Exception):
    """A file cannot be probed or dubbed.

    Attributes: fault, detail (for logs), measured_seconds (only for TOO_LONG: how much was measured
    before giving up, at most about a second beyond the limit).
    """

    def __init__(self, fault: MediaFault, detail: str, *, measured_seconds: float | None = None):
        super().__init__(f"{fault.value}: {detail}")
        self.fault = fault
        self.detail = detail
        self.measured_seconds = measured_seconds


@dataclass(frozen=True, slots=True)
class SpeechSegment:
    """A stretch of sound between two pauses, in seconds from the start of the medium."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class MediaDescription:
    """A usable file, measured by decoding.

    container is one of mp4 mov mkv webm avi flv ts wav mp3 flac ogg m4a aac wma. Codecs carry
    FFmpeg's decoder-independent names (h264, hevc, av1, aac, pcm_s16le, wmav2 …). duration_seconds
    is the longer of sound and picture. is_silent means digital silence; has_speech: see speech.py.
    picture_is_copyable: its packets may go into an MP4 unchanged. picture_is_regular: each picture
    lies on the grid of the frame rate but for the rounding of its clock.
    """

    container: str
    has_video: bool
    video_codec: str | None
    audio_codec: str
    width: int | None
    height: int | None
    frame_rate: Fraction | None
    duration_seconds: float
    has_speech: bool
    is_silent: bool
    size_bytes: int
    audio_layout: str
    audio_rate: int
    picture_is_copyable: bool = False
    picture_is_regular: bool = False
    speech_segments: tuple[SpeechSegment, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DubPlan:
    """One dub: where from, where to, in which language and how it is mixed.

    container is "mp4", "mp3" or "wav". target_language is a tag such as "es" or "es-MX".
    Without srt_text a fixed sentence of the language is spoken at each onset of speech of the
    original; with it, each cue's text at the cue's start. Cue times count from the start of the
    source, before trimming. Translated speech is cut where the next utterance begins and at the
    end.

    No source separation is done: with original_volume 0 nothing of the original remains.
    keep_background keeps the original sound at full volume between its stretches of speech, and
    only there. A background_path replaces it: that track is mixed in at full volume from the start.
    """

    source_path: Path
    output_path: Path
    container: str
    target_language: str
    source_description: MediaDescription
    lag_seconds: float = 0.0
    original_volume: float = 0.0
    trim_start_seconds: float = 0.0
    trim_end_seconds: float | None = None
    srt_text: str | None = None
    background_path: Path | None = None
    keep_background: bool = False
    seed: int = 0

    @property
    def end_seconds(self) -> float:
        """Where the dub ends on the source's own time line."""
        duration = self.source_description.duration_seconds
        return duration if self.trim_end_seconds is None else min(self.trim_end_seconds, duration)

    @property
    def length_seconds(self) -> float:
        """How long the output is."""
        return self.end_seconds - self.trim_start_seconds

    @property
    def is_trimmed(self) -> bool:
        """Whether the output is shorter than the source."""
        return self.length_seconds < self.source_description.duration_seconds
