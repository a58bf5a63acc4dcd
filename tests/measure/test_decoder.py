"""The warm process that decodes outlives what its children meet, and is replaced where it dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dubcheck.measure import MeasureError, ReadingLimits
from dubcheck.measure.decoder import Decoder
from dubcheck.measure.samples import SampleName, make

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is kept without fork")


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    """A decoder of its own."""
    decoder = Decoder()
    yield decoder
    decoder.stop()


@pytest.fixture(scope="module")
def path(sample_folder: Path) -> Path:
    """A sound file that is no trouble."""
    return make(SampleName.MP3, sample_folder).path


def codec_of(decoder: Decoder, path: Path) -> object:
    """The codec that is told of the file's sound."""
    facts, _ = decoder.decode(path, ReadingLimits())
    return facts["audio"]["codec"]


def test_files_share_a_process(decoder: Decoder, path: Path) -> None:
    """The second file costs no further interpreter."""
    codec_of(decoder, path)
    first = decoder.pid

    codec_of(decoder, path)

    assert decoder.pid == first


def test_crash_of_a_child_is_an_error_of_its_file_alone(decoder: Decoder, path: Path) -> None:
    """A child that the kernel ends is told by its signal; the next file is read."""
    with pytest.raises(MeasureError, match="died with status -"):
        decoder.decode(path, ReadingLimits(cpu_seconds=0))

    assert codec_of(decoder, path) == "mp3"


def test_file_that_takes_too_long_ends_alone(decoder: Decoder, path: Path) -> None:
    """What is not decoded in its time is told so; the next file is read."""
    with pytest.raises(MeasureError, match="within 0 s"):
        decoder.decode(path, ReadingLimits(wall_seconds=0.0))

    assert codec_of(decoder, path) == "mp3"


def test_process_that_died_is_replaced(decoder: Decoder, path: Path) -> None:
    """A decoder whose process was ended from outside starts another one."""
    codec_of(decoder, path)
    first = decoder.pid or 0
    os.killpg(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert codec_of(decoder, path) == "mp3"
    assert decoder.pid != first


def test_secrets_of_the_environment_stay_outside(
    monkeypatch: pytest.MonkeyPatch, decoder: Decoder, path: Path
) -> None:
    """The process that meets foreign files knows no key."""
    monkeypatch.setenv("PINCH_KEY", "pk_of_the_environment")

    codec_of(decoder, path)

    environment = Path(f"/proc/{decoder.pid}/environ")
    assert not environment.exists() or b"pk_of" not in environment.read_bytes()
