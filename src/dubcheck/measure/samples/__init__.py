"""Fixture media with known truth: `make(SampleName.MP4, folder)` returns a Sample on disk.

Samples are what probes send; measuring what comes back is the package around this one.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import av

from dubcheck.measure.samples.oddities import ODDITIES
from dubcheck.measure.samples.recipes import RECIPES, Picture, Recipe, SampleName, Track
from dubcheck.measure.samples.sounds import UTTERANCE_START_SECONDS, Sound
from dubcheck.measure.samples.writing import write_media

__all__ = [
    "RECIPES",
    "UTTERANCE_START_SECONDS",
    "Picture",
    "Recipe",
    "Sample",
    "SampleName",
    "Sound",
    "Track",
    "make",
    "make_padded",
]


_TRIES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to send. `recipe` is None for what is not playable media."""

    name: SampleName
    path: Path
    filename: str
    content_type: str
    recipe: Recipe | None

    @property
    def duration_seconds(self) -> float:
        """How long it plays; exact for WAV and FLAC, within 0.1 s elsewhere."""
        return self.recipe.duration_seconds if self.recipe else 0.0

    @property
    def picture(self) -> Picture | None:
        """Codec, size and frame rate of the video, None without one."""
        return self.recipe.picture if self.recipe else None

    @property
    def track(self) -> Track | None:
        """Codec, sound and channels of the audio, None without one."""
        return self.recipe.track if self.recipe else None

    @property
    def content(self) -> bytes:
        """The whole file; avoid for padded samples."""
        return self.path.read_bytes()


def make(name: SampleName | str, folder: Path) -> Sample:
    """Make a sample in the folder, or find it there from before.

    Safe when several processes share the folder: a file appears whole or not at all.
    """
    name = SampleName(name)
    recipe = RECIPES.get(name)
    if recipe is None:
        oddity = ODDITIES[name]
        sample = Sample(name, folder / oddity.filename, oddity.filename, oddity.content_type, None)
    else:
        filename = f"{name.value}.{recipe.container.value}"
        sample = Sample(name, folder / filename, filename, recipe.content_type, recipe)
    if sample.path.exists():
        return sample
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as private:
        draft = Path(private) / sample.filename
        if recipe is not None:
            _write(recipe, draft)
        elif name is SampleName.MP4_TRUNCATED:
            whole = make(SampleName.MP4, folder).content
            draft.write_bytes(whole[: len(whole) // 2])
        else:
            draft.write_bytes(ODDITIES[name].content)
        os.replace(draft, sample.path)
    return sample


def _write(recipe: Recipe, draft: Path) -> None:
    """Encodes a recipe, again where that failed: an encoder with threads did so once in thousands.

    Raises: av.FFmpegError, where it fails each time.
    """
    for _ in range(_TRIES - 1):
        with suppress(av.FFmpegError):
            return write_media(recipe, draft)
    return write_media(recipe, draft)


def make_padded(size_bytes: int, folder: Path) -> Sample:
    """Make the plain MP4 with a `free` box behind it, of exactly this size.

    The padding is a hole of a sparse file, so that 500 MB cost no disk; a player ignores it.
    """
    plain = make(SampleName.MP4, folder)
    content = plain.content
    padding = size_bytes - len(content)
    if not 16 <= padding < 2**32:
        raise ValueError(f"cannot pad {len(content)} bytes to {size_bytes}")
    filename = f"mp4-of-{size_bytes}-bytes.mp4"
    path = folder / filename
    draft = folder / f".{os.getpid()}-{filename}"
    with draft.open("wb") as file:
        file.write(content + padding.to_bytes(4, "big") + b"free")
        file.truncate(size_bytes)
    os.replace(draft, path)
    return Sample(plain.name, path, filename, plain.content_type, plain.recipe)
