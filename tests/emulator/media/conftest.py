"""A workshop that plain tests can call, and the sound they give it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from dubcheck.emulator.media import (
    DubPlan,
    MediaDescription,
    MediaFault,
    MediaRefused,
    MediaWorkshop,
)
from dubcheck.measure.samples import SampleName, make

from .footage import RATE, Footage, Sound


class Workbench:
    """A running workshop for tests that are not coroutines."""

    def __init__(self, runner: asyncio.Runner, workshop: MediaWorkshop):
        self.run = runner.run
        self.workshop = workshop

    def probe(self, path: Path, limit_seconds: float = 600) -> MediaDescription:
        """Measure a file."""
        return self.run(self.workshop.probe(path, duration_limit_seconds=limit_seconds))

    def dub(self, source: Path, output: Path, **wishes: object) -> Path:
        """Dub a file into Spanish unless told otherwise; the container is the output's suffix."""
        return self.dub_described(source, output, self.probe(source), **wishes)

    def dub_described(
        self, source: Path, output: Path, description: MediaDescription, **wishes: object
    ) -> Path:
        """Dub a file that was measured before."""
        plan = {"container": output.suffix[1:], "target_language": "es", **wishes}
        self.run(self.workshop.dub(DubPlan(source, output, source_description=description, **plan)))
        return output

    def outcome(self, source: Path, output: Path) -> str | MediaFault:
        """What becomes of a doubtful file: "dubbed", or the fault it is refused for."""
        try:
            self.dub(source, output)
        except MediaRefused as refused:
            return refused.fault
        return "dubbed"


@pytest.fixture(scope="session")
def workbench() -> Iterator[Workbench]:
    """One workshop for the session."""
    with asyncio.Runner() as runner:
        workshop = MediaWorkshop()
        runner.run(workshop.start())
        yield Workbench(runner, workshop)
        runner.run(workshop.stop())


@pytest.fixture(scope="session")
def listen() -> Callable[[Path], Sound]:
    """Decode a file's sound to the mean of its channels at 44.1 kHz."""

    def decode(path: Path) -> Sound:
        with av.open(str(path)) as opened:
            stream = opened.streams.audio[0]
            resampler = av.AudioResampler("fltp", stream.layout, RATE)
            parts = [part for frame in opened.decode(stream) for part in resampler.resample(frame)]
            parts += resampler.resample(None)
        return np.concatenate([part.to_ndarray() for part in parts], axis=1).mean(0)

    return decode


@pytest.fixture(scope="session")
def utterance(tmp_path_factory: pytest.TempPathFactory, listen: Callable[[Path], Sound]) -> Sound:
    """Two and a half seconds: silence, one English utterance from 0.5 s on, silence."""
    sample = make(SampleName.WAV_TALK, tmp_path_factory.mktemp("talk"))
    sound = np.zeros(round(2.5 * RATE), np.float32)
    sound[RATE // 2 : 2 * RATE] = listen(sample.path)[: round(1.5 * RATE)]
    return sound


@pytest.fixture(scope="session")
def footage(utterance: Sound) -> Callable[..., Footage]:
    """Footage of the utterance unless other sound is given."""
    return partial(Footage, sound=utterance)
