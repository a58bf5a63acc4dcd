"""The jobs that the probes of Pinch's media need: one table per topic, by name, nothing sent.

What each job must come to is said by the probes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dubcheck.measure.formats import VIDEO_CONTAINERS
from dubcheck.measure.samples import RECIPES, SampleName, make_padded
from dubcheck.measure.samples.features import FORMAT_MATRIX, features_of
from dubcheck.targets.pinch_jobs import JobOrder

FEWEST_FORMATS = (
    SampleName.MP4,
    SampleName.MOV_PRORES_PCM,
    SampleName.MKV_H264_FLAC,
    SampleName.MKV_VP9_OPUS,
    SampleName.WEBM_VP8_VORBIS,
    SampleName.WEBM_AV1_OPUS,
    SampleName.AVI,
    SampleName.FLV_H264_MP3,
    SampleName.TS_H265_AC3,
    SampleName.WAV,
    SampleName.MP3,
    SampleName.FLAC,
    SampleName.OGG,
    SampleName.M4A,
    SampleName.AAC,
    SampleName.WMA,
)
"""Together they name every documented container, codec and audio format."""
VIDEOS = tuple(name for name in FEWEST_FORMATS if RECIPES[name].container in VIDEO_CONTAINERS)

SHAPES = (
    SampleName.MP4_LARGE,
    SampleName.MP4_SMALL,
    SampleName.MP4_PORTRAIT,
    SampleName.MP4_SMOOTH,
)
FINER_SHAPES = (SampleName.MP4_FILM, SampleName.MP4_FIFTY, SampleName.MP4_HIGH)
"""Beside SHAPES: each costs a job, to see one more rate or size."""
TALKS = (SampleName.MP4_TALK, SampleName.MP3_TALK)
PRICED = (
    SampleName.WAV_FOUR_SECONDS,
    SampleName.WAV_FIVE_SECONDS,
    SampleName.FLAC_OVER_ONE_MINUTE,
)
SCENES = (
    SampleName.MP4_TALK_OVER_MUSIC,
    SampleName.MP4_TALK_WITH_EFFECTS,
    SampleName.MP4_TWO_SPEAKERS,
    SampleName.MP4_TWO_AUDIO_TRACKS,
)
UNLISTED_CODECS = (SampleName.MKV_FFV1, SampleName.MOV_ALAC)
SPEECHLESS = (SampleName.MP4_SILENT, SampleName.MP4_TONE)
NO_MEDIA = (SampleName.TEXT_NAMED_MP4, SampleName.RANDOM_BYTES, SampleName.PICTURE)
LARGEST_ACCEPTED_BYTES = 500_000_000

MIXES: dict[str, tuple[SampleName, dict[str, float]]] = {
    "plain": (SampleName.WAV_UTTERANCE, {}),
    "lag 0": (SampleName.WAV_UTTERANCE, {"translation_lag_time": 0}),
    "lag 1.5": (SampleName.WAV_UTTERANCE, {"translation_lag_time": 1.5}),
    "lag 3": (SampleName.WAV_UTTERANCE, {"translation_lag_time": 3}),
    "volume 0": (SampleName.WAV_UTTERANCE, {"original_speech_volume": 0}),
    "volume 0.1": (SampleName.WAV_UTTERANCE, {"original_speech_volume": 0.1}),
    "volume 0.5": (SampleName.WAV_UTTERANCE, {"original_speech_volume": 0.5}),
    "volume 1": (SampleName.WAV_UTTERANCE, {"original_speech_volume": 1}),
    "video, lag 0": (SampleName.MP4_UTTERANCE, {"translation_lag_time": 0}),
    "video, lag 2": (SampleName.MP4_UTTERANCE, {"translation_lag_time": 2}),
    "video, volume 0.5": (SampleName.MP4_UTTERANCE, {"original_speech_volume": 0.5}),
}
"""One utterance of 12 s with each option: several would overlap with late translations."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the jobs to be made depend on beside the documents.

    `media` is folder and URL of files that the target may fetch, `ordered_failure` the headers by
    which the embedded emulator is told to fail; a black box has neither.
    """

    profile: str
    is_free_of_charge: bool
    longest_seconds: float
    largest_bytes: int
    media: tuple[Path, str] | None
    ordered_failure: dict[str, str] | None

    @property
    def is_quick(self) -> bool:
        """Whether each requirement is to be touched once only."""
        return self.profile == "quick"

    @property
    def is_deep(self) -> bool:
        """Whether costly jobs are wanted."""
        return self.profile == "deep"


def format_orders(names: tuple[SampleName, ...]) -> list[JobOrder]:
    """One plain job per sample, named like it."""
    return [JobOrder(name.value, name) for name in names]


def finer_shape_orders(around: Surroundings) -> list[JobOrder]:
    """The jobs of FINER_SHAPES, none in haste; they are no part of what recorded probes share."""
    return [] if around.is_quick else format_orders(FINER_SHAPES)


def format_neighbours(name: SampleName) -> tuple[SampleName, ...]:
    """The samples that tell which feature of a refused one is to blame."""
    return tuple(item for item in FORMAT_MATRIX if features_of(item) & features_of(name))


def media_orders(around: Surroundings) -> Iterator[JobOrder]:
    """Every job of a run, the slowest last."""
    for name, (sample, options) in MIXES.items():
        yield JobOrder(name, sample, options)
    formats = FEWEST_FORMATS if around.is_quick else FORMAT_MATRIX
    # Samples speak English; a job that is told so shows whether the answer keeps it.
    for priced in PRICED:
        yield JobOrder(priced.value, priced, {"source_lang": "en"})
    others = (*SHAPES, *TALKS, *SCENES, SampleName.WAV_ONE_SECOND, *SPEECHLESS)
    yield from format_orders((*formats, *others))
    yield from _failing_orders(around)
    yield from _large_orders(around)
    if around.is_free_of_charge or around.is_deep:  # ten minutes cost 5 USD
        yield JobOrder("ten minutes", SampleName.FLAC_TEN_MINUTES)


def _failing_orders(around: Surroundings) -> Iterator[JobOrder]:
    yield JobOrder("too long", _too_long(around.longest_seconds))
    if not around.is_quick and around.longest_seconds < 601:
        yield JobOrder("too long video", SampleName.MKV_OVER_TEN_MINUTES)
    short = (SampleName.WAV_ALMOST_A_SECOND, SampleName.MP4_HALF_SECOND)
    unfit = (*short, SampleName.MP4_WITHOUT_AUDIO, *NO_MEDIA, *UNLISTED_CODECS)
    yield from format_orders(unfit)
    yield JobOrder("nothing uploaded", SampleName.MP3, is_uploaded=False)
    if around.media is not None:
        yield JobOrder("nothing there", None, source_url=f"{around.media[1]}/no-such-file.mp3")
    if around.ordered_failure is not None:
        yield JobOrder("internal error", SampleName.MP3, headers=around.ordered_failure)


def _large_orders(around: Surroundings) -> Iterator[JobOrder]:
    """Files about the size limit: fetched where the target can, else uploaded in a deep run.

    What is announced as too large need not be fetched, so that it costs nothing even in haste.
    """
    sizes = {"largest accepted": LARGEST_ACCEPTED_BYTES, "too large": around.largest_bytes + 1}
    for name, size_bytes in sizes.items():
        if around.media is not None and (name == "too large" or not around.is_quick):
            media_folder, url = around.media
            path = make_padded(size_bytes, media_folder).path
            yield JobOrder(name, None, source_url=f"{url}/{path.name}")
        elif around.is_deep and around.is_free_of_charge:
            yield JobOrder(name, SampleName.MP4, padded_to=size_bytes)


def _too_long(longest_seconds: float) -> SampleName:
    if longest_seconds < 601:
        return SampleName.FLAC_OVER_TEN_MINUTES
    return SampleName.FLAC_OVER_ONE_HOUR
