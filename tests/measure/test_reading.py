"""Files of a hostile server end in MeasureError, soon, and open nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dubcheck.measure import MeasureError, ReadingLimits, read_media
from dubcheck.measure.samples import SampleName, make

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{path}\n#EXT-X-ENDLIST\n"


def test_content_reads_as_its_file_does(sample_folder: Path) -> None:
    """Bytes and path of one file measure the same."""
    sample = make(SampleName.MP4, sample_folder)

    by_path, by_content = read_media(sample.path), read_media(sample.content)

    assert (by_content.container, by_content.video, by_content.size_bytes) == (
        by_path.container,
        by_path.video,
        by_path.size_bytes,
    )


@pytest.mark.parametrize("filename", ["list.m3u8", "list.mp4"])
def test_playlist_that_names_a_local_file_is_refused(
    sample_folder: Path, tmp_path: Path, filename: str
) -> None:
    """A playlist does not make the reader open another file, whatever its own name is."""
    playlist = tmp_path / filename
    playlist.write_text(PLAYLIST.format(path=make(SampleName.TS, sample_folder).path))

    with pytest.raises(MeasureError):
        read_media(playlist)


def test_concatenation_script_is_refused(sample_folder: Path, tmp_path: Path) -> None:
    """An ffconcat script does not make the reader open another file."""
    script = tmp_path / "script.mp4"
    script.write_text(f"ffconcat version 1.0\nfile '{make(SampleName.TS, sample_folder).path}'\n")

    with pytest.raises(MeasureError):
        read_media(script)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """A FIFO is refused before it is opened."""
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)

    with pytest.raises(MeasureError, match="regular file"):
        read_media(pipe)


@pytest.mark.parametrize(
    "limits",
    [
        ReadingLimits(size_bytes=1000),
        ReadingLimits(duration_seconds=1.0),
        ReadingLimits(wall_seconds=0.001),
        ReadingLimits(memory_bytes=64 << 20),
    ],
    ids=["size", "duration", "time", "memory"],
)
def test_file_beyond_a_limit_is_an_error(sample_folder: Path, limits: ReadingLimits) -> None:
    """Each limit, exceeded by the plain video, ends in MeasureError."""
    sample = make(SampleName.MP4, sample_folder)

    with pytest.raises(MeasureError):
        read_media(sample.path, limits)


def test_cut_file_is_as_long_as_what_is_left(sample_folder: Path, tmp_path: Path) -> None:
    """Half a WAV of 12 s lasts 6 s, whatever its header says."""
    whole = make(SampleName.WAV_TWELVE_SECONDS, sample_folder).content
    half = tmp_path / "half.wav"
    half.write_bytes(whole[: len(whole) // 2])

    assert read_media(half).duration_seconds == pytest.approx(6.0, abs=0.01)
