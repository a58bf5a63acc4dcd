"""The translated voice on the output's time line: what is said when. No original sound in here.

Runs in children only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dubcheck.emulator.media.captions import parse_srt
from dubcheck.emulator.media.description import DubPlan
from dubcheck.emulator.media.sentences import voice_for
from dubcheck.emulator.media.synthesis import Mono, Speaker

_FADE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sound and the sample at which it starts."""

    start: int
    sound: Mono


class Narration:
    """Utterances in order, none running into the next."""

    def __init__(self, utterances: tuple[Utterance, ...]):
        self._utterances = utterances

    def add_to(self, block: Mono, start: int) -> None:
        """Add to a mono block what is said from sample `start` on."""
        end = start + block.size
        for each in self._utterances:
            first, last = max(each.start, start), min(each.start + each.sound.size, end)
            if first < last:
                block[first - start : last - start] += each.sound[
                    first - each.start : last - each.start
                ]


def narrate(plan: DubPlan, rate: int) -> Narration:
    """Speak the plan's script."""
    voice = voice_for(plan.target_language)
    speaker = Speaker(voice, rate, plan.seed)
    script = _cues(plan) if plan.srt_text is not None else _onsets(plan, voice.sentence)
    utterances: list[Utterance] = []
    for seconds, text in sorted(script):
        start = round((seconds + plan.lag_seconds) * rate)
        sound = speaker.say(text)
        if utterances:
            utterances[-1] = _cut(utterances[-1], start, rate)
        utterances.append(Utterance(start, sound))
    return Narration(tuple(utterances))


def _onsets(plan: DubPlan, sentence: str) -> list[tuple[float, str]]:
    start, end = plan.trim_start_seconds, plan.end_seconds
    return [
        (max(segment.start_seconds - start, 0.0), sentence)
        for segment in plan.source_description.speech_segments
        if segment.end_seconds > start and segment.start_seconds < end
    ]


def _cues(plan: DubPlan) -> list[tuple[float, str]]:
    start, end = plan.trim_start_seconds, plan.end_seconds
    return [
        (max(cue.start_seconds - start, 0.0), cue.spoken_text)
        for cue in parse_srt(plan.srt_text or "")
        if cue.end_seconds > start and cue.start_seconds < end
    ]


def _cut(utterance: Utterance, end: int, rate: int) -> Utterance:
    length = max(end - utterance.start, 0)
    if length >= utterance.sound.size:
        return utterance
    sound = utterance.sound[:length].copy()
    fade = min(round(_FADE_SECONDS * rate), length)
    sound[length - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return Utterance(utterance.start, sound)
