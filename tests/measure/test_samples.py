"""Samples are what their table says; what is sent with them is no concern here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest

from dubcheck.measure import samples
from dubcheck.measure.formats import (
    AUDIO_FORMATS,
    DOCUMENTED_VIDEO_CODECS,
    VIDEO_CONTAINERS,
    VIDEO_FILE_AUDIO_CODECS,
)
from dubcheck.measure.media import MeasureError, Media
from dubcheck.measure.reading import read_media
from dubcheck.measure.samples import RECIPES, Recipe, SampleName, make, make_padded
from dubcheck.measure.samples.features import FORMAT_MATRIX, features_of
from dubcheck.measure.samples.oddities import ODDITIES

PLAYABLE = [name for name in RECIPES if name is not SampleName.FLAC_OVER_ONE_HOUR]
EXACT = [name for name in PLAYABLE if name.value.startswith(("wav", "flac"))]
Measured = Callable[[SampleName], Media]


def spoken_id(name: SampleName) -> str:
    """The sample's own name as test id."""
    return name.value


@pytest.mark.parametrize("name", PLAYABLE, ids=spoken_id)
def test_sample_has_the_container_and_tracks_of_its_recipe(
    measured: Measured, name: SampleName
) -> None:
    """A sample reads back with the container, codecs, channels and size of its recipe."""
    recipe = RECIPES[name]

    media = measured(name)

    actual = (
        media.container,
        media.video and (media.video.codec, media.video.width, media.video.height),
        media.audio and (media.audio.codec, media.audio.channels),
    )
    assert actual == (
        recipe.container,
        recipe.picture and (recipe.picture.codec, recipe.picture.width, recipe.picture.height),
        recipe.track and (recipe.track.codec, recipe.track.channels),
    )


@pytest.mark.parametrize("name", PLAYABLE, ids=spoken_id)
def test_sample_lasts_as_long_as_its_recipe(measured: Measured, name: SampleName) -> None:
    """A sample's decoded duration is within 0.05 s of its recipe's."""
    duration_seconds = measured(name).duration_seconds

    assert duration_seconds == pytest.approx(RECIPES[name].duration_seconds, abs=0.05)


@pytest.mark.parametrize("name", EXACT, ids=spoken_id)
def test_lossless_sample_lasts_exactly_as_long_as_its_recipe(
    measured: Measured, name: SampleName
) -> None:
    """A WAV or FLAC sample has exactly the samples that its duration asks for."""
    assert measured(name).duration_seconds == RECIPES[name].duration_seconds


@pytest.mark.parametrize("name", ODDITIES, ids=spoken_id)
def test_oddity_is_no_readable_media(sample_folder: Path, name: SampleName) -> None:
    """A page, text, picture, noise, nothing and half a video are all refused by the reader."""
    sample = make(name, sample_folder)

    with pytest.raises(MeasureError):
        read_media(sample.path)


def test_every_sample_name_has_exactly_one_source() -> None:
    """Each sample name stands in the recipes or among the oddities, never in both."""
    assert sorted([*RECIPES, *ODDITIES], key=spoken_id) == sorted(SampleName, key=spoken_id)


def test_format_matrix_covers_every_documented_feature() -> None:
    """The matrix holds 7 containers, 7 video codecs, 7 audio codecs and 7 audio formats."""
    covered = {feature for name in FORMAT_MATRIX for feature in features_of(name)}

    assert covered == {
        *VIDEO_CONTAINERS,
        *DOCUMENTED_VIDEO_CODECS,
        *VIDEO_FILE_AUDIO_CODECS,
        *AUDIO_FORMATS,
    }


def test_sample_is_made_once(sample_folder: Path) -> None:
    """A second call finds the file of the first one and leaves it as it is."""
    first = make(SampleName.WAV_MONO, sample_folder)
    written = first.path.stat().st_mtime_ns

    second = make("wav-mono", sample_folder)

    assert (second, second.path.stat().st_mtime_ns) == (first, written)


def test_padded_sample_has_the_size_asked_for_and_still_plays(sample_folder: Path) -> None:
    """A video padded to 10,000,000 bytes has exactly that size and its 50 frames."""
    sample = make_padded(10_000_000, sample_folder)

    media = read_media(sample.path)

    assert (media.size_bytes, media.video and media.video.frame_count) == (10_000_000, 50)


class Encoder:
    """An encoder that fails so many times before it writes."""

    def __init__(self, failures: int):
        self._failures = failures

    def __call__(self, _: Recipe, path: Path) -> None:
        """Writes, once it has failed often enough."""
        self._failures -= 1
        if self._failures >= 0:
            raise av.ArgumentError(22, "Invalid argument")
        path.write_bytes(b"media")


def test_encoder_that_fails_by_chance_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A sample is made although its encoder failed twice."""
    monkeypatch.setattr(samples, "write_media", Encoder(failures=2))

    assert make(SampleName.MP3, tmp_path).content == b"media"


def test_encoder_that_always_fails_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After the third failure nothing is made."""
    monkeypatch.setattr(samples, "write_media", Encoder(failures=3))

    with pytest.raises(av.ArgumentError):
        make(SampleName.MP3, tmp_path)
