"""The translated voice on the output's time line: what is said when. No original sound in here.

Runs in children only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dubcheck.emulator.media.captions import parse_srt
from dubcheck.emulator.media.description import DubPlan
from dubcheck.emulator.media.sentences import voice_for
from dubcheck.emulator.media.synthesis import Mono, Speaker

_FADE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Line:
    """A text, the sample at which it begins and the one at which it must have ended."""

    start: int
    end: int
    text: str


class Narration:
    """Lines spoken one after the other, each only when its time has come."""

    def __init__(self, lines: list[Line], speaker: Speaker, rate: int):
        self._lines = iter(lines)
        self._next = next(self._lines, None)
        self._speaker = speaker
        self._fade = round(_FADE_SECONDS * rate)
        self._start = 0
        self._sound: Mono = np.empty(0, np.float32)

    def add_to(self, block: Mono, start: int) -> None:
        """Add to a mono block what is said from sample `start` on; blocks follow each other."""
        self._add_current(block, start)
        while self._next is not None and self._next.start < start + block.size:
            self._start, self._sound = self._next.start, self._spoken(self._next)
            self._next = next(self._lines, None)
            self._add_current(block, start)

    def _add_current(self, block: Mono, start: int) -> None:
        first = max(self._start, start)
        last = min(self._start + self._sound.size, start + block.size)
        if first < last:
            heard = self._sound[first - self._start : last - self._start]
            block[first - start : last - start] += heard

    def _spoken(self, line: Line) -> Mono:
        length = line.end - line.start
        sound = self._speaker.say(line.text, length)
        if sound.size <= length:
            return sound
        cut = sound[:length].copy()
        fade = min(self._fade, length)
        cut[length - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
        return cut


def narrate(plan: DubPlan, rate: int) -> Narration:
    """The plan's script in the voice of its language."""
    voice = voice_for(plan.target_language)
    script = _cues(plan) if plan.srt_text is not None else _onsets(plan, voice.sentence)
    return Narration(list(_lines(plan, script, rate)), Speaker(voice, rate, plan.seed), rate)


def _lines(plan: DubPlan, script: Iterator[tuple[float, str]], rate: int) -> Iterator[Line]:
    """The script in order, each line ending where the next begins, the last with the output."""
    starts = [
        (round((max(seconds - plan.trim_start_seconds, 0.0) + plan.lag_seconds) * rate), text)
        for seconds, text in sorted(script)
    ]
    ends = [*(start for start, _ in starts[1:]), round(plan.length_seconds * rate)]
    for (start, text), end in zip(starts, ends, strict=True):
        if start < end:
            yield Line(start, end, text)


def _onsets(plan: DubPlan, sentence: str) -> Iterator[tuple[float, str]]:
    for segment in plan.source_description.speech_segments:
        if _is_kept(plan, segment.start_seconds, segment.end_seconds):
            yield segment.start_seconds, sentence


def _cues(plan: DubPlan) -> Iterator[tuple[float, str]]:
    for cue in parse_srt(plan.srt_text or ""):
        if _is_kept(plan, cue.start_seconds, cue.end_seconds):
            yield cue.start_seconds, cue.spoken_text


def _is_kept(plan: DubPlan, start_seconds: float, end_seconds: float) -> bool:
    return end_seconds > plan.trim_start_seconds and start_seconds < plan.end_seconds
