"""Every sample by name and what is known about it before anyone looks: the table, nothing else.

Durations are chosen for their price at 0.50 USD per minute: 2.0 s rounds up to 0.02, 4.0 s and
5.0 s round down to 0.03 and 0.04, 6.0 s (the talks) and 12.0 s are 0.05 and 0.10 exactly; none is
a tie. 61.5 s for 0.51 is the document's own sample: more than a minute shows a price by begun
minutes, and the half second a duration in whole ones.
Only pairs of container and codec that FFmpeg both writes and reads back are here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from dubcheck.measure.formats import CONTENT_TYPES, AudioCodec, Container, VideoCodec
from dubcheck.measure.samples.sounds import Sound


class SampleName(Enum):
    """The name of every sample; a test parametrised over these has readable ids."""

    MP4 = "mp4-h264-aac"
    MP4_H264_MP3 = "mp4-h264-mp3"
    MP4_H264_AC3 = "mp4-h264-ac3"
    MP4_H265_AAC = "mp4-h265-aac"
    MP4_VP9_AAC = "mp4-vp9-aac"
    MP4_AV1_AAC = "mp4-av1-aac"
    MP4_MPEG4_AAC = "mp4-mpeg4-aac"
    MOV = "mov-h264-aac"
    MOV_H264_PCM = "mov-h264-pcm"
    MOV_PRORES_PCM = "mov-prores-pcm"
    MKV = "mkv-h264-aac"
    MKV_H265_OPUS = "mkv-h265-opus"
    MKV_H264_VORBIS = "mkv-h264-vorbis"
    MKV_H264_FLAC = "mkv-h264-flac"
    MKV_PRORES_FLAC = "mkv-prores-flac"
    MKV_VP8_AAC = "mkv-vp8-aac"
    MKV_VP9_OPUS = "mkv-vp9-opus"
    WEBM = "webm-vp9-opus"
    WEBM_VP8_VORBIS = "webm-vp8-vorbis"
    WEBM_AV1_OPUS = "webm-av1-opus"
    AVI = "avi-mpeg4-mp3"
    AVI_H264_PCM = "avi-h264-pcm"
    FLV = "flv-h264-aac"
    FLV_H264_MP3 = "flv-h264-mp3"
    TS = "ts-h264-aac"
    TS_H265_AC3 = "ts-h265-ac3"

    WAV = "wav"
    MP3 = "mp3"
    FLAC = "flac"
    OGG = "ogg"
    M4A = "m4a"
    AAC = "aac"
    WMA = "wma"
    WAV_MONO = "wav-mono"

    MKV_FFV1 = "mkv-ffv1-pcm"
    MOV_ALAC = "mov-h264-alac"

    MP4_TWO_AUDIO_TRACKS = "mp4-two-audio-tracks"
    MP4_TALK_OVER_MUSIC = "mp4-talk-over-music"
    MP4_TALK_WITH_EFFECTS = "mp4-talk-with-effects"
    MP4_TWO_SPEAKERS = "mp4-two-speakers"

    MP4_LARGE = "mp4-640x360-at-24"
    MP4_SMALL = "mp4-160x120-at-12"
    MP4_PORTRAIT = "mp4-240x426-at-ntsc-rate"
    MP4_SMOOTH = "mp4-320x240-at-60"
    MP4_FILM = "mp4-320x240-at-film-rate"
    MP4_FIFTY = "mp4-320x240-at-50"
    MP4_HIGH = "mp4-1280x720-at-25"

    MP4_UTTERANCE = "mp4-one-utterance"
    WAV_UTTERANCE = "wav-one-utterance"
    MP3_UTTERANCE = "mp3-one-utterance"
    MP4_TALK = "mp4-dense-talk"
    WAV_TALK = "wav-dense-talk"
    MP3_TALK = "mp3-dense-talk"

    WAV_FOUR_SECONDS = "wav-four-seconds"
    WAV_FIVE_SECONDS = "wav-five-seconds"
    WAV_TWELVE_SECONDS = "wav-twelve-seconds"
    WAV_ONE_SECOND = "wav-one-second"
    WAV_HALF_SECOND = "wav-half-a-second"
    WAV_ALMOST_A_SECOND = "wav-nine-tenths-of-a-second"
    MP4_HALF_SECOND = "mp4-half-a-second"
    MP4_TWO_FIFTHS_OVER = "mp4-two-and-two-fifths-seconds"
    FLAC_OVER_ONE_MINUTE = "flac-61.5-seconds"
    FLAC_TEN_MINUTES = "flac-600-seconds"
    FLAC_OVER_TEN_MINUTES = "flac-601-seconds"
    FLAC_OVER_ONE_HOUR = "flac-3601-seconds"
    MKV_OVER_TEN_MINUTES = "mkv-601-seconds"

    MP4_WITHOUT_AUDIO = "mp4-without-audio-track"
    WEBM_WITHOUT_AUDIO = "webm-without-audio-track"
    MP4_SILENT = "mp4-silent"
    MP4_TONE = "mp4-tone"
    MP4_HISS = "mp4-hiss"
    MP4_WHITE_NOISE = "mp4-white-noise"
    WAV_SILENT = "wav-silent"
    WAV_TONE = "wav-tone"

    HTML_PAGE = "html-page"
    TEXT_NAMED_MP4 = "text-named-mp4"
    PICTURE = "picture"
    RANDOM_BYTES = "random-bytes"
    EMPTY_FILE = "empty-file"
    MP4_TRUNCATED = "mp4-truncated"


@dataclass(frozen=True, slots=True)
class Picture:
    """The moving picture of a sample. Units: pixels, frames per second."""

    codec: VideoCodec
    width: int = 320
    height: int = 240
    frame_rate: Fraction = Fraction(25)


@dataclass(frozen=True, slots=True)
class Track:
    """The sound track of a sample."""

    codec: AudioCodec
    sound: Sound = Sound.TALK
    channels: int = 2
    sample_rate: int | None = None  # None: what the codec usually has


@dataclass(frozen=True, slots=True)
class Recipe:
    """A sample that is playable media."""

    container: Container
    picture: Picture | None
    track: Track | None
    duration_seconds: float = 2.0
    audio_tracks: int = 1  # all of them the same `track`

    @property
    def content_type(self) -> str:
        """The MIME type to declare for it."""
        return CONTENT_TYPES[self.container]


def _video(
    container: Container, picture: VideoCodec | Picture, audio: AudioCodec | Track | None
) -> Recipe:
    return Recipe(
        container,
        picture if isinstance(picture, Picture) else Picture(picture),
        Track(audio) if isinstance(audio, AudioCodec) else audio,
    )


def _audio(container: Container, codec: AudioCodec) -> Recipe:
    return Recipe(container, None, Track(codec))


def _lasting(seconds: float, sound: Sound = Sound.TALK) -> Recipe:
    return Recipe(Container.WAV, None, Track(AudioCodec.PCM, sound), seconds)


def _sparse(seconds: float) -> Recipe:
    # FLAC says its exact length and spends next to nothing on digital silence: 3601 s in 1.5 MB.
    track = Track(AudioCodec.FLAC, Sound.SPARSE_SPEECH, channels=1, sample_rate=16_000)
    return Recipe(Container.FLAC, None, track, seconds)


def _heard(sound: Sound, seconds: float) -> Recipe:
    picture = Picture(VideoCodec.H264)
    return Recipe(Container.MP4, picture, Track(AudioCodec.AAC, sound), seconds)


def _pictured(width: int, height: int, frame_rate: Fraction) -> Recipe:
    return _video(
        Container.MP4, Picture(VideoCodec.H264, width, height, frame_rate), AudioCodec.AAC
    )


_C, _V, _A = Container, VideoCodec, AudioCodec

RECIPES: dict[SampleName, Recipe] = {
    SampleName.MP4: _video(_C.MP4, _V.H264, _A.AAC),
    SampleName.MP4_H264_MP3: _video(_C.MP4, _V.H264, _A.MP3),
    SampleName.MP4_H264_AC3: _video(_C.MP4, _V.H264, _A.AC3),
    SampleName.MP4_H265_AAC: _video(_C.MP4, _V.H265, _A.AAC),
    SampleName.MP4_VP9_AAC: _video(_C.MP4, _V.VP9, _A.AAC),
    SampleName.MP4_AV1_AAC: _video(_C.MP4, _V.AV1, _A.AAC),
    SampleName.MP4_MPEG4_AAC: _video(_C.MP4, _V.MPEG4, _A.AAC),
    SampleName.MOV: _video(_C.MOV, _V.H264, _A.AAC),
    SampleName.MOV_H264_PCM: _video(_C.MOV, _V.H264, _A.PCM),
    SampleName.MOV_PRORES_PCM: _video(_C.MOV, _V.PRORES, _A.PCM),
    SampleName.MKV: _video(_C.MKV, _V.H264, _A.AAC),
    SampleName.MKV_H265_OPUS: _video(_C.MKV, _V.H265, _A.OPUS),
    SampleName.MKV_H264_VORBIS: _video(_C.MKV, _V.H264, _A.VORBIS),
    SampleName.MKV_H264_FLAC: _video(_C.MKV, _V.H264, _A.FLAC),
    SampleName.MKV_PRORES_FLAC: _video(_C.MKV, _V.PRORES, _A.FLAC),
    SampleName.MKV_VP8_AAC: _video(_C.MKV, _V.VP8, _A.AAC),
    SampleName.MKV_VP9_OPUS: _video(_C.MKV, _V.VP9, _A.OPUS),
    SampleName.WEBM: _video(_C.WEBM, _V.VP9, _A.OPUS),
    SampleName.WEBM_VP8_VORBIS: _video(_C.WEBM, _V.VP8, _A.VORBIS),
    SampleName.WEBM_AV1_OPUS: _video(_C.WEBM, _V.AV1, _A.OPUS),
    SampleName.AVI: _video(_C.AVI, _V.MPEG4, _A.MP3),
    SampleName.AVI_H264_PCM: _video(_C.AVI, _V.H264, _A.PCM),
    SampleName.FLV: _video(_C.FLV, _V.H264, _A.AAC),
    SampleName.FLV_H264_MP3: _video(_C.FLV, _V.H264, _A.MP3),
    SampleName.TS: _video(_C.TS, _V.H264, _A.AAC),
    SampleName.TS_H265_AC3: _video(_C.TS, _V.H265, _A.AC3),
    SampleName.WAV: _audio(_C.WAV, _A.PCM),
    SampleName.MP3: _audio(_C.MP3, _A.MP3),
    SampleName.FLAC: _audio(_C.FLAC, _A.FLAC),
    SampleName.OGG: _audio(_C.OGG, _A.VORBIS),
    SampleName.M4A: _audio(_C.M4A, _A.AAC),
    SampleName.AAC: _audio(_C.AAC, _A.AAC),
    SampleName.WMA: _audio(_C.WMA, _A.WMA),
    SampleName.WAV_MONO: Recipe(_C.WAV, None, Track(_A.PCM, channels=1)),
    # codecs that are in no list of the document
    SampleName.MKV_FFV1: _video(_C.MKV, _V.FFV1, _A.PCM),
    SampleName.MOV_ALAC: _video(_C.MOV, _V.H264, _A.ALAC),
    SampleName.MP4_TWO_AUDIO_TRACKS: replace(_heard(Sound.TALK, 2.0), audio_tracks=2),
    SampleName.MP4_TALK_OVER_MUSIC: _heard(Sound.TALK_OVER_MUSIC, 2.0),
    SampleName.MP4_TALK_WITH_EFFECTS: _heard(Sound.TALK_WITH_EFFECTS, 2.0),
    SampleName.MP4_TWO_SPEAKERS: _heard(Sound.TWO_SPEAKERS, 6.0),
    SampleName.MP4_LARGE: _pictured(640, 360, Fraction(24)),
    SampleName.MP4_SMALL: _pictured(160, 120, Fraction(12)),
    SampleName.MP4_PORTRAIT: _pictured(240, 426, Fraction(30000, 1001)),
    SampleName.MP4_SMOOTH: _pictured(320, 240, Fraction(60)),
    SampleName.MP4_FILM: _pictured(320, 240, Fraction(24000, 1001)),
    SampleName.MP4_FIFTY: _pictured(320, 240, Fraction(50)),
    SampleName.MP4_HIGH: _pictured(1280, 720, Fraction(25)),
    SampleName.MP4_UTTERANCE: _heard(Sound.UTTERANCE, 12.0),
    SampleName.WAV_UTTERANCE: _lasting(12.0, Sound.UTTERANCE),
    SampleName.MP3_UTTERANCE: Recipe(_C.MP3, None, Track(_A.MP3, Sound.UTTERANCE), 12.0),
    SampleName.MP4_TALK: _heard(Sound.TALK, 6.0),
    SampleName.WAV_TALK: _lasting(6.0),
    SampleName.MP3_TALK: Recipe(_C.MP3, None, Track(_A.MP3), 6.0),
    SampleName.WAV_FOUR_SECONDS: _lasting(4.0),
    SampleName.WAV_FIVE_SECONDS: _lasting(5.0),
    SampleName.WAV_TWELVE_SECONDS: _lasting(12.0),
    SampleName.WAV_ONE_SECOND: _lasting(1.0),
    SampleName.WAV_HALF_SECOND: _lasting(0.5),
    SampleName.WAV_ALMOST_A_SECOND: _lasting(0.9),
    SampleName.MP4_HALF_SECOND: _heard(Sound.TALK, 0.5),
    # Two fifths are seen whether a service rounds, cuts or counts begun seconds.
    SampleName.MP4_TWO_FIFTHS_OVER: _heard(Sound.TALK, 2.4),
    SampleName.FLAC_OVER_ONE_MINUTE: _sparse(61.5),
    SampleName.FLAC_TEN_MINUTES: _sparse(600.0),
    SampleName.FLAC_OVER_TEN_MINUTES: _sparse(601.0),
    SampleName.FLAC_OVER_ONE_HOUR: _sparse(3601.0),
    SampleName.MKV_OVER_TEN_MINUTES: replace(
        _sparse(601.0),
        container=_C.MKV,
        picture=Picture(_V.H264, width=160, height=120, frame_rate=Fraction(1)),
    ),
    SampleName.MP4_WITHOUT_AUDIO: _video(_C.MP4, _V.H264, None),
    SampleName.WEBM_WITHOUT_AUDIO: _video(_C.WEBM, _V.VP8, None),
    SampleName.MP4_SILENT: _heard(Sound.SILENCE, 2.0),
    SampleName.MP4_TONE: _heard(Sound.TONE, 2.0),
    SampleName.MP4_HISS: _heard(Sound.HISS, 2.0),
    SampleName.MP4_WHITE_NOISE: _heard(Sound.WHITE_NOISE, 2.0),
    SampleName.WAV_SILENT: _lasting(2.0, Sound.SILENCE),
    SampleName.WAV_TONE: _lasting(2.0, Sound.TONE),
}
