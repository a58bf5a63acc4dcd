"""Media made once for all measuring tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dubcheck.measure.media import Media
from dubcheck.measure.reading import read_media
from dubcheck.measure.samples import SampleName, make


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where samples are made once for the session."""
    return tmp_path_factory.mktemp("samples")


@pytest.fixture(scope="session")
def measured(sample_folder: Path) -> Callable[[SampleName], Media]:
    """Read a sample by name, each only once."""
    seen: dict[SampleName, Media] = {}

    def read(name: SampleName) -> Media:
        if name not in seen:
            seen[name] = read_media(make(name, sample_folder).path)
        return seen[name]

    return read
