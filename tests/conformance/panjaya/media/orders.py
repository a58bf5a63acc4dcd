"""The assets that the probes of Panjaya's media need: one table per topic, by name, nothing sent.

What each must come to is said by the probes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dubcheck.measure.samples import SampleName, make

from ..refusals import SRT
from .batch import AssetOrder

PLAIN, REVISED = "plain", "revised"
WITH_OPTIONS, FRACTIONAL = "with options", "fractional length"
BEYOND_WITH_OPTIONS = "end beyond, with options"
# Whole seconds, apart from the one that is about fractions: services that round are told apart.
LONG_SECONDS = 6.0
EXACT_SECONDS = 2.0
SEVERAL = ("es-ES", "fr-FR", "de-DE")
OPTIONS = {
    "languages": [{"locale": SEVERAL[0], "srt": SRT}, {"locale": SEVERAL[1]}],
    "speakers_count": 1,
    "auto_generate": "off",
    "lips_model": "real_face",
}
# Cut when it is given; a rule holds what is read later against that.
LONG_NAME = "Interview, first take; " * 11 + "The End"

FRACTIONAL_SAMPLE = SampleName.MP4_TWO_FIFTHS_OVER
PLAIN_SAMPLE, _LONG = SampleName.MP4_SMALL, SampleName.MP4_TALK
# Sound and picture end together: no service can measure another length.
_EXACT = SampleName.MOV_H264_PCM


def _trimmed(name: str, sample: SampleName, **times: float) -> AssetOrder:
    fields = {"start": "start_time", "end": "end_time"}
    return AssetOrder(name, sample, {fields[key]: value for key, value in times.items()})


TRIMS = (
    AssetOrder("exact length", _EXACT),
    AssetOrder(FRACTIONAL, FRACTIONAL_SAMPLE, {"name": LONG_NAME}),
    _trimmed("both inside", _LONG, start=2, end=4),
    _trimmed("start only", _LONG, start=4),
    _trimmed("end only", _LONG, end=2),
    _trimmed("fractions", _LONG, start=1.25, end=3.75),
    _trimmed("zero start", PLAIN_SAMPLE, start=0),
    _trimmed("from zero", _LONG, start=0, end=2),
    _trimmed("end at duration", _EXACT, end=2),
    _trimmed("start at duration", _EXACT, start=2),
    _trimmed("start beyond", PLAIN_SAMPLE, start=9),
    _trimmed("end beyond", PLAIN_SAMPLE, end=9),
    _trimmed("start just beyond", _EXACT, start=2.5),
    _trimmed("end just beyond", _EXACT, end=2.5),
    _trimmed("end beyond a start", PLAIN_SAMPLE, start=1, end=9),
    AssetOrder(BEYOND_WITH_OPTIONS, PLAIN_SAMPLE, {**OPTIONS, "end_time": 9}, SampleName.WAV_TONE),
    _trimmed("end before start", _LONG, start=4, end=2),
    _trimmed("end equal to start", _LONG, start=3, end=3),
    _trimmed("negative start", PLAIN_SAMPLE, start=-1),
    _trimmed("negative end", PLAIN_SAMPLE, end=-1),
    _trimmed("zero end", PLAIN_SAMPLE, end=0),
)
# The one is notified only where notices can come; the other is there for its notices alone.
FETCHED, CREATED_FAILING = "created, notified", "created, failing, notified"
CREATED = (FETCHED, CREATED_FAILING)
UNFETCHED, CREATED_SEVERAL = "nothing there, created", "several languages, created"
CREATED_WORKFLOW = "workflow, created"
CREATED_FAULTS = {
    sample: f"{sample.value}, created"
    for sample in (SampleName.M4A, SampleName.MP4_WITHOUT_AUDIO, SampleName.MP4_SILENT)
}
CREATED_BEYOND = {"start": "start beyond, created", "end": "end beyond, created"}
# Of a video of 2 s.
CREATED_SENSELESS = {
    "end before start": {"start_time": 1.5, "end_time": 0.5},
    "end equal to start": {"start_time": 1, "end_time": 1},
    "negative start": {"start_time": -1},
    "negative end": {"end_time": -1},
}
ERRORS = tuple(
    AssetOrder(sample.value, sample)
    for sample in (
        SampleName.M4A,
        SampleName.MP4_SILENT,
        SampleName.MP4_TONE,
        SampleName.MP4_WITHOUT_AUDIO,
        SampleName.MP4_WHITE_NOISE,
        SampleName.TEXT_NAMED_MP4,
        SampleName.RANDOM_BYTES,
    )
)
# Only the embedded emulator has an account that can be at its limits.
LIMITS = (
    AssetOrder("duration limit", PLAIN_SAMPLE, fault="asset-video-duration-limit-reached"),
    AssetOrder("size limit", PLAIN_SAMPLE, fault="asset-video-size-limit-reached"),
    AssetOrder("account limit", PLAIN_SAMPLE, fault="account-limit"),
)
# Of which assets, and of which of their languages (None: the only one), final videos are made.
FINAL_VIDEOS = (
    (PLAIN, None),
    (REVISED, SEVERAL[0]),
    ("original background", None),
    ("background file", None),
    ("background url", None),
    *((name, None) for name in ("both inside", "fractions", "start only", "end only")),
)


def created(name: str) -> str:
    """The asset that is like another one, but made by createAsset."""
    return f"{name}, created"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the assets to be made depend on beside the documents.

    URLs are None where the target cannot reach the suite; files to be fetched lie in `folder`.
    `is_embedded`: the target is told which of its assets fail, and which get a final video.
    """

    folder: Path
    callback_url: str | None
    media_url: str | None
    is_embedded: bool


def asset_orders(around: Surroundings) -> Iterator[AssetOrder]:
    """Every asset of a run, those that take longest first."""
    if around.is_embedded:
        yield from _ordered(around)
    several = {**notified(around, "several languages"), **_spoken(*SEVERAL)}
    yield AssetOrder("several languages", PLAIN_SAMPLE, several)
    yield AssetOrder(PLAIN, PLAIN_SAMPLE)
    options = {**OPTIONS, **notified(around, WITH_OPTIONS)}
    yield AssetOrder(WITH_OPTIONS, PLAIN_SAMPLE, options, background=SampleName.WAV_TONE)
    yield from TRIMS
    yield from ERRORS
    yield from _served_ones(around)
    yield from _notified_ones(around)


def _served_ones(around: Surroundings) -> Iterator[AssetOrder]:
    """A sound video that the service fetches itself, and the same trims and faults of such."""
    if around.media_url is None:
        return
    url = _served(around, PLAIN_SAMPLE)
    yield AssetOrder(FETCHED, PLAIN_SAMPLE, notified(around, FETCHED), media_url=url)
    for field, name in CREATED_BEYOND.items():
        times = {f"{field}_time": 9}
        yield AssetOrder(name, PLAIN_SAMPLE, {**notified(around, name), **times}, media_url=url)
    for name, senseless in CREATED_SENSELESS.items():
        yield AssetOrder(created(name), PLAIN_SAMPLE, senseless, media_url=url)
    for sample, name in CREATED_FAULTS.items():
        told = notified(around, name)
        yield AssetOrder(name, sample, told, media_url=_served(around, sample))


def _notified_ones(around: Surroundings) -> Iterator[AssetOrder]:
    if around.callback_url is None:
        return
    name = "failing, notified"
    yield AssetOrder(name, SampleName.MP4_SILENT, notified(around, name))
    if around.media_url is None:
        return
    name, url = CREATED_FAILING, _served(around, SampleName.MP4_SILENT)
    yield AssetOrder(name, SampleName.MP4_SILENT, notified(around, name), media_url=url)
    name, url = UNFETCHED, f"{around.media_url}/no-such-file.mp4"
    yield AssetOrder(name, PLAIN_SAMPLE, notified(around, name), media_url=url)
    name, url = CREATED_SEVERAL, _served(around, PLAIN_SAMPLE)
    change = {**notified(around, name), **_spoken(*SEVERAL[:2])}
    yield AssetOrder(name, PLAIN_SAMPLE, change, media_url=url)


def _ordered(around: Surroundings) -> Iterator[AssetOrder]:
    """Assets whose final video is wanted, or which fail on order."""
    yield AssetOrder("original background", SampleName.MP4_UTTERANCE)
    yield AssetOrder(REVISED, PLAIN_SAMPLE, _spoken(*SEVERAL[:2]))
    yield AssetOrder("background file", PLAIN_SAMPLE, background=SampleName.WAV_TONE)
    if around.media_url is not None:
        track = {"background_url": _served(around, SampleName.WAV_TONE)}
        yield AssetOrder(
            "background url", PLAIN_SAMPLE, track, media_url=_served(around, PLAIN_SAMPLE)
        )
    for name, fault in (
        ("failing version", "version-fails"),
        ("failing generation", "generation-fails"),
    ):
        yield AssetOrder(name, PLAIN_SAMPLE, notified(around, name), fault=fault)
    yield from LIMITS


def workflow_orders(around: Surroundings) -> Iterator[AssetOrder]:
    """Assets for the whole workflow of a client: an upload, and a video fetched from a URL."""
    yield AssetOrder("workflow", PLAIN_SAMPLE)
    if around.media_url is not None:
        url = _served(around, PLAIN_SAMPLE)
        yield AssetOrder(CREATED_WORKFLOW, PLAIN_SAMPLE, media_url=url)


def notified(around: Surroundings, name: str) -> dict[str, Any]:
    """An address of its own for the notices about an asset, also beside other workers' assets."""
    if around.callback_url is None:
        return {}
    place = "-".join(name.replace(",", "").split())
    return {"callback_url": f"{around.callback_url}/media-{os.getpid()}/{place}?dubcheck={place}"}


def _spoken(*locales: str) -> dict[str, Any]:
    return {"languages": [{"locale": locale} for locale in locales]}


def _served(around: Surroundings, sample: SampleName) -> str:
    return f"{around.media_url}/{make(sample, around.folder).filename}"
