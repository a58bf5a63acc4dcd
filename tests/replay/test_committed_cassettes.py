"""What is committed in cassettes/: size, form, and what each says about itself."""

from pathlib import Path

import pytest
import vcr
import yaml

from dubcheck.replay.media_shelf import digest, references_in

CASSETTES = Path(__file__).parents[2] / "cassettes"
MEDIA = CASSETTES / "media"
FILES = sorted(path for api in ("pinch", "panjaya") for path in (CASSETTES / api).rglob("*.yaml"))
PROBES = [path for path in FILES if path.name != "stage.yaml"]


def test_no_cassette_is_larger_than_200_kb() -> None:
    """A cassette can be read and reviewed."""
    large = {path.name: size for path in FILES if (size := path.stat().st_size) > 200_000}

    assert FILES
    assert large == {}


def test_all_cassettes_together_are_small() -> None:
    """A checkout is not burdened: at most 8 MB with all media."""
    sizes = [path.stat().st_size for path in CASSETTES.rglob("*") if path.is_file()]

    assert sum(sizes) <= 8_000_000


def test_each_cassette_says_what_it_was_recorded_from() -> None:
    """Target kind, base URL, date and suite version stand in its metadata."""
    wanted = {"recorded_from", "base_url", "date", "suite_version"}

    lacking = [path.name for path in PROBES if wanted - set(_metadata(path))]

    assert lacking == []


def test_committed_cassettes_come_from_the_emulator() -> None:
    """None of them speaks of the live services."""
    assert {_metadata(path)["recorded_from"] for path in PROBES} == {"emulator"}


def test_media_are_what_they_are_named_for() -> None:
    """Every file of the shelf holds the content of its digest, and somebody refers to it."""
    referred = {name for path in FILES for name in references_in(path.read_bytes())}

    wrong = [path.name for path in MEDIA.iterdir() if digest(path.read_bytes()) != path.name]
    orphans = [path.name for path in MEDIA.iterdir() if path.name not in referred]

    assert wrong == []
    assert orphans == []


@pytest.mark.parametrize("path", PROBES[::40], ids=lambda path: path.stem)
def test_cassette_is_plain_vcr(path: Path) -> None:
    """Anyone's VCR reads it, without this project."""
    with vcr.use_cassette(str(path), record_mode="none") as cassette:
        count = len(cassette)

    assert count == len(_document(path)["interactions"])


def _document(path: Path) -> dict[str, object]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, object] = yaml.load(path.read_text(encoding="utf-8"), loader)
    return document


def _metadata(path: Path) -> dict[str, object]:
    metadata = _document(path)["metadata"]
    assert isinstance(metadata, dict)
    return metadata
