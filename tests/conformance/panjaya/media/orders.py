"""The assets that the probes of Panjaya's media need: one table per topic, by name, nothing sent.

What each must come to is said by the probes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dubcheck.measure.samples import SampleName, make

from .batch import AssetOrder

PLAIN = "plain"
# Whole seconds, apart from the one that is about fractions: services that round are told apart.
LONG_SECONDS = 6.0
EXACT_SECONDS = 2.0
SEVERAL = ("es-ES", "fr-FR", "de-DE")

_PLAIN, _LONG = SampleName.MP4_SMALL, SampleName.MP4_TALK
# Sound and picture end together: no service can measure another length.
_EXACT = SampleName.MOV_H264_PCM


def _trimmed(name: str, sample: SampleName, **times: float) -> AssetOrder:
    fields = {"start": "start_time", "end": "end_time"}
    return AssetOrder(name, sample, {fields[key]: value for key, value in times.items()})


TRIMS = (
    AssetOrder("exact length", _EXACT),
    _trimmed("both inside", _LONG, start=2, end=4),
    _trimmed("start only", _LONG, start=4),
    _trimmed("end only", _LONG, end=2),
    _trimmed("fractions", _LONG, start=1.25, end=3.75),
    _trimmed("zero start", _PLAIN, start=0),
    _trimmed("end at duration", _EXACT, end=2),
    _trimmed("start at duration", _EXACT, start=2),
    _trimmed("start beyond", _PLAIN, start=9),
    _trimmed("end beyond", _PLAIN, end=9),
    _trimmed("end before start", _LONG, start=4, end=2),
    _trimmed("end equal to start", _LONG, start=3, end=3),
    _trimmed("negative start", _PLAIN, start=-1),
    _trimmed("negative end", _PLAIN, end=-1),
    _trimmed("zero end", _PLAIN, end=0),
)
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
    AssetOrder("duration limit", _PLAIN, fault="asset-video-duration-limit-reached"),
    AssetOrder("size limit", _PLAIN, fault="asset-video-size-limit-reached"),
    AssetOrder("account limit", _PLAIN, fault="account-limit"),
)


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
    yield AssetOrder("several languages", _PLAIN, {**_notified(around), **_spoken(*SEVERAL)})
    yield AssetOrder(PLAIN, _PLAIN)
    yield from TRIMS
    yield from ERRORS
    if around.callback_url is not None:
        yield AssetOrder("failing, notified", SampleName.MP4_SILENT, _notified(around))
        if around.media_url is not None:
            for name, sample in (("created", _PLAIN), ("created, failing", SampleName.MP4_SILENT)):
                url = _served(around, sample)
                yield AssetOrder(f"{name}, notified", sample, _notified(around), media_url=url)


def _ordered(around: Surroundings) -> Iterator[AssetOrder]:
    """Assets whose final video is wanted, or which fail on order."""
    yield AssetOrder("original background", SampleName.MP4_UTTERANCE)
    yield AssetOrder("background file", _PLAIN, background=SampleName.WAV_TONE)
    if around.media_url is not None:
        track = {"background_url": _served(around, SampleName.WAV_TONE)}
        yield AssetOrder("background url", _PLAIN, track, media_url=_served(around, _PLAIN))
    for name, fault in (
        ("failing version", "version-fails"),
        ("failing generation", "generation-fails"),
    ):
        yield AssetOrder(name, _PLAIN, _notified(around), fault=fault)
    yield from LIMITS


def _notified(around: Surroundings) -> dict[str, Any]:
    """Each asset of its own is found in a notice by its id, so that all share one address."""
    url = around.callback_url
    return {} if url is None else {"callback_url": f"{url}/media"}


def _spoken(*locales: str) -> dict[str, Any]:
    return {"languages": [{"locale": locale} for locale in locales]}


def _served(around: Surroundings, sample: SampleName) -> str:
    return f"{around.media_url}/{make(sample, around.folder).filename}"
