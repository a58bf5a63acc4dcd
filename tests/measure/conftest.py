"""Media made once for all measuring tests, and a way to write sound whose truth is known."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import count
from pathlib import Path

import av
import numpy as np
import pytest

from dubcheck.measure import Media, read_media
from dubcheck.measure.samples import SampleName, make
from dubcheck.measure.samples.sounds import Wave

ENCODERS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac", ".mp4": "aac"}


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


@pytest.fixture(scope="session")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Media]:
    """Encode a wave by suffix and bit rate, and read the file back."""
    folder = tmp_path_factory.mktemp("encoded")
    numbers = count()

    def encode(wave: Wave, suffix: str, kbps: int = 192, sample_rate: int = 44_100) -> Media:
        path = folder / f"{next(numbers)}{suffix}"
        layout = "mono" if len(wave) == 1 else "stereo"
        with av.open(str(path), "w") as output:
            stream = output.add_stream(ENCODERS[suffix], rate=sample_rate, layout=layout)
            stream.bit_rate = kbps * 1000
            stream.codec_context.open()
            blocks = av.AudioResampler(
                stream.codec_context.format.name,
                layout,
                sample_rate,
                stream.codec_context.frame_size or 1024,
            )
            frame = av.AudioFrame.from_ndarray(np.clip(wave, -1, 1), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = sample_rate, 0
            frame.time_base = Fraction(1, sample_rate)
            for block in [*blocks.resample(frame), *blocks.resample(None)]:
                output.mux(stream.encode(block))
            output.mux(stream.encode(None))
        return read_media(path)

    return encode
