"""The sound of a dub: original, background and narration summed, exact to the sample.

Runs in children only. Gains are plain factors: no limiter, no normalisation, so that a volume asked
for is the volume measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dubcheck.emulator.media.containers import (
    has_presentation_times,
    medium_start_seconds,
    open_media,
    picture_stream,
    sound_stream,
)
from dubcheck.emulator.media.description import (
    DubPlan,
    MediaFault,
    MediaRefused,
    SpeechSegment,
)
from dubcheck.emulator.media.narration import narrate
from dubcheck.emulator.media.sound import Samples, SoundDecoder

BLOCK = 1 << 15
_MARGIN_SECONDS = 0.15


class SoundReader:
    """The sound of a file from a given second on, in stereo, silence after its end."""

    def __init__(self, path: Path, rate: int, start_seconds: float):
        self._blocks = _stereo_blocks(path, rate)
        self._waiting: list[Samples] = []
        self._length = 0
        self._skip(round(start_seconds * rate))

    def take(self, length: int) -> Samples:
        """The next `length` samples."""
        while self._length < length and (block := next(self._blocks, None)) is not None:
            self._waiting.append(block)
            self._length += block.shape[1]
        missing = np.zeros((2, max(length - self._length, 0)), np.float32)
        joined = np.concatenate((*self._waiting, missing), axis=1)
        self._waiting = [joined[:, length:]]
        self._length = joined.shape[1] - length
        return joined[:, :length]

    def _skip(self, length: int) -> None:
        while length > 0:
            step = min(length, BLOCK)
            self.take(step)
            length -= step


def _stereo_blocks(path: Path, rate: int) -> Iterator[Samples]:
    with open_media(path) as opened:
        audio, video = sound_stream(opened), picture_stream(opened)
        if audio is None:
            raise MediaRefused(MediaFault.NO_AUDIO, "no audio track")
        origin = medium_start_seconds([audio] if video is None else [audio, video])
        decoder = SoundDecoder(audio, rate, origin if has_presentation_times(opened) else None)
        for packet in opened.demux(audio):
            for block in decoder.decode(packet):
                yield _stereo(block)


def _stereo(block: Samples) -> Samples:
    # The mean over channels stays what it was, which is what makes a gain exact for any layout.
    if block.shape[0] == 2:
        return block
    return np.repeat(block.mean(0, keepdims=True, dtype=np.float32), 2, axis=0)


def mixed_blocks(plan: DubPlan, rate: int) -> Iterator[Samples]:
    """The output's sound from its first to its last sample, in blocks of at most BLOCK."""
    total = round(plan.length_seconds * rate)
    narration = narrate(plan, rate)
    volume = OriginalVolume(plan, rate)
    original = (
        SoundReader(plan.source_path, rate, plan.trim_start_seconds) if volume.is_heard else None
    )
    background = (
        None if plan.background_path is None else SoundReader(plan.background_path, rate, 0)
    )
    for start in range(0, total, BLOCK):
        length = min(BLOCK, total - start)
        voice = np.zeros(length, np.float32)
        narration.add_to(voice, start)
        mix = np.repeat(voice[np.newaxis], 2, axis=0)
        if original is not None:
            mix += original.take(length) * volume.between(start, start + length)
        if background is not None:
            mix += background.take(length)
        yield mix


class OriginalVolume:
    """How loud the original is at each moment: the plan's volume, and full between its utterances
    where the plan keeps the background."""

    def __init__(self, plan: DubPlan, rate: int):
        self._rate = rate
        self._volume = plan.original_volume
        self._keeps_pauses = plan.keep_background and plan.background_path is None
        self._start_seconds = plan.trim_start_seconds
        segments = plan.source_description.speech_segments if self._keeps_pauses else ()
        self._seconds, self._gains = np.array(_envelope(segments, self._volume)).T

    @property
    def is_heard(self) -> bool:
        """Whether anything of the original is in the mix."""
        return self._volume > 0 or self._keeps_pauses

    def between(self, start: int, end: int) -> Samples | np.float32:
        """The gain of each sample from `start` to `end`."""
        if not self._keeps_pauses:
            return np.float32(self._volume)
        times = np.arange(start, end) / self._rate + self._start_seconds
        return np.asarray(np.interp(times, self._seconds, self._gains), np.float32)[np.newaxis]


def _envelope(segments: tuple[SpeechSegment, ...], volume: float) -> list[tuple[float, float]]:
    """Points of time and gain between which the gain changes evenly."""
    points = [(-1.0, 1.0)]
    for each in segments:
        if points[-1][0] >= each.start_seconds - _MARGIN_SECONDS:
            # Too short a pause to rise in: the gain stays down.
            points.pop()
        else:
            points.append((each.start_seconds - _MARGIN_SECONDS, 1.0))
        points.append((each.start_seconds - _MARGIN_SECONDS / 2, volume))
        points.append((each.end_seconds + _MARGIN_SECONDS / 2, volume))
        points.append((each.end_seconds + _MARGIN_SECONDS, 1.0))
    return points
