"""Waiting for what a Ready asset may show a little later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of


class PaperStudio(StudioApi):
    """A studio that answers getAsset from a list and waits a second between two looks."""

    def __init__(self, shown: list[Answer]):
        self._shown = shown
        self._settling_seconds = 10.0

    def get_asset(self, asset_id: str, **options: Any) -> Answer:
        """The next answer; the last one again and again."""
        return self._shown.pop(0) if len(self._shown) > 1 else self._shown[0]

    def polls(self) -> Iterator[float]:
        """Seconds, none of which passes."""
        return iter(float(second) for second in range(90))


def answer(status: str, *versions: str) -> Answer:
    """An asset as getAsset shows it."""
    document = {"status": status, "version_ids": list(versions)}
    exchange: Any = None
    return Answer(exchange, 200, b"", {}, document)


def has_version(asset: Answer) -> bool:
    """Whether the asset shows any version."""
    return bool(version_ids_of(asset))


def test_version_that_appears_later_is_awaited() -> None:
    """A Ready asset is read again until it shows its version."""
    studio = PaperStudio([answer("Ready"), answer("Ready", "v1")])

    settled = studio.settled("a1", answer("Ready"), has_version)

    assert version_ids_of(settled) == ["v1"]


@pytest.mark.parametrize("status", ["Ready", "Failed"])
def test_version_that_never_appears_ends_the_wait(status: str) -> None:
    """An asset without a version is given back as it was last seen, a failed one at once."""
    studio = PaperStudio([answer(status)])

    settled = studio.settled("a1", answer(status), has_version)

    assert version_ids_of(settled) == []


def test_versions_by_their_ids_are_found() -> None:
    """The key of a version is its id, where it holds none itself."""
    exchange: Any = None
    by_id = {"v1": {"status": "NotReady"}, "v2": {"status": "Failed"}}
    inside = {"current": {"id": "v3"}}
    document = {"languages": [{"versions": by_id}, {"versions": inside}]}

    shown = version_ids_of(Answer(exchange, 200, b"", {}, document))

    assert shown == ["v1", "v2", "v3"]


def test_versions_beside_the_languages_are_told_apart() -> None:
    """A version that names its language is of it, wherever it stands; the asset's is the source."""
    exchange: Any = None
    versions = [{"id": "v1", "locale": "es-ES"}, {"id": "v2", "locale": "fr-FR"}, {"id": "v3"}]
    document = {"locale": "en-US", "languages": [], "versions": versions}
    asset = Answer(exchange, 200, b"", {}, document)

    shown = [version_ids_of(asset, locale) for locale in ("fr-FR", "en-US", None)]

    assert shown == [["v2"], [], ["v1", "v2", "v3"]]
