"""Translation and original told apart in outputs: when the one starts, how loud the other is.

Measured once per job. What an option must lead to is no matter of this module.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from dubcheck.measure import (
    MeasureError,
    Media,
    is_audible,
    original_gain,
    read_media,
    translation_onset,
)
from dubcheck.measure.media import ANALYSIS_RATE, AudioTrack
from dubcheck.targets.pinch_outputs import Output, Outputs

# Options are told by comparing moments: an output on another time line shows nothing. Up to the
# first its sound is where it was, up to the second it is sought: something was cut or put before.
SAME_TIME_LINE_SECONDS = 0.3
NEARLY_AS_LONG_SECONDS = 1.0
_SHIFT_SECONDS = 0.25  # measuring itself finds the original 0.15 s to either side


@dataclass(frozen=True, slots=True)
class Reading:
    """A value measured in an output, or why there is none.

    `excess_seconds` is how much longer than its input the output is, less than 0 where shorter.
    """

    output: Output
    value: float | None = None
    trouble: str | None = None
    excess_seconds: float = 0.0

    def is_comparable_with(self, other: Reading) -> bool:
        """Whether a moment in the one output is the same moment in the other."""
        return abs(self.excess_seconds - other.excess_seconds) <= SAME_TIME_LINE_SECONDS


class Mixes:
    """Gains and onsets of the outputs of a batch, by the names of their jobs."""

    def __init__(self, outputs: Outputs):
        self._outputs = outputs
        self._sources: dict[str, Media] = {}
        self._known: dict[tuple[str, str], Reading] = {}

    def gain(self, name: str) -> Reading:
        """The factor by which the original is mixed into the output of a job."""
        return self._reading("gain", name)

    def onset(self, name: str) -> Reading:
        """Seconds from the start of the output of a job to its first translated sound."""
        return self._reading("onset", name)

    def _reading(self, what: str, name: str) -> Reading:
        if (what, name) not in self._known:
            self._known[what, name] = self._measured(what, name)
        return self._known[what, name]

    def _measured(self, what: str, name: str) -> Reading:
        output = self._outputs.of(name)
        if output.media is None:
            return Reading(output, trouble=output.trouble)
        source = self._source(output)
        if what == "gain" and output.media.audio and not is_audible(output.media.audio):
            # Of silence nothing can be said but that it is silent, which is told elsewhere.
            return Reading(output, trouble="nothing is heard in the output")
        excess = output.media.duration_seconds - source.duration_seconds
        if what == "onset":
            excess = _without_the_late_end(excess, output)
        if abs(excess) > NEARLY_AS_LONG_SECONDS:
            return Reading(output, trouble=f"the output is {_compared(excess)} than its input")
        try:
            measure = _gain if what == "gain" else _onset
            return Reading(output, measure(source, output.media, excess), excess_seconds=excess)
        except MeasureError as error:
            return Reading(output, trouble=f"the output of {name!r}: {error}")

    def _source(self, output: Output) -> Media:
        sample = output.job.sample
        assert sample is not None  # mixes are made of samples
        if sample.filename not in self._sources:
            self._sources[sample.filename] = read_media(sample.path)
        return self._sources[sample.filename]


def _without_the_late_end(excess_seconds: float, output: Output) -> float:
    """What is left where an output lasts longer by just its lag, so that nothing late is cut."""
    lag_seconds = output.job.order.options.get("translation_lag_time", 0)
    left = excess_seconds - lag_seconds
    return left if abs(left) <= SAME_TIME_LINE_SECONDS else excess_seconds


def _compared(excess_seconds: float) -> str:
    return f"{abs(excess_seconds):.2f} s {'longer' if excess_seconds > 0 else 'shorter'}"


def _gain(source: Media, output: Media, excess_seconds: float) -> float:
    """The gain where the original is heard best, if the output may have lost or won a beginning."""
    room = abs(excess_seconds) if abs(excess_seconds) > SAME_TIME_LINE_SECONDS else 0.0
    shifts = [step * _SHIFT_SECONDS for step in range(ceil(room / _SHIFT_SECONDS) + 1)]
    gains = []
    for shift in shifts:
        cut_source, cut_output = (shift, 0.0) if excess_seconds < 0 else (0.0, shift)
        gains.append(original_gain(*_as_long(_from(source, cut_source), _from(output, cut_output))))
    return max(gains, key=abs)


def _onset(source: Media, output: Media, _: float) -> float:
    return translation_onset(*_as_long(source, output))


def _from(media: Media, seconds: float) -> Media:
    if media.audio is None or not seconds:
        return media
    start = media.audio.start_seconds - seconds  # what lies before 0 is left out
    return replace(media, audio=replace(media.audio, start_seconds=start))


def _as_long(source: Media, output: Media) -> tuple[Media, Media]:
    """Both as far as both go, so that a missing end is not taken for silence in the mix."""
    if source.audio is None or output.audio is None:
        return source, output
    ends = [
        track.start_seconds + len(track.wave) / ANALYSIS_RATE
        for track in (source.audio, output.audio)
    ]
    return _until(source, source.audio, min(ends)), _until(output, output.audio, min(ends))


def _until(media: Media, audio: AudioTrack, seconds: float) -> Media:
    length = max(0, round((seconds - audio.start_seconds) * ANALYSIS_RATE))
    return replace(media, audio=replace(audio, wave=audio.wave[:length]))
