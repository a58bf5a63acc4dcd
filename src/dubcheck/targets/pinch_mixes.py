"""Translation and original told apart in outputs: when the one starts, how loud the other is.

Measured once per job. What an option must lead to is no matter of this module.
"""

from __future__ import annotations

from dataclasses import dataclass

from dubcheck.measure import MeasureError, Media, original_gain, read_media, translation_onset
from dubcheck.targets.pinch_outputs import Output, Outputs

# Options are told by comparing moments: an output on another time line shows nothing.
SAME_TIME_LINE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """A value measured in an output, or why there is none."""

    output: Output
    value: float | None = None
    trouble: str | None = None


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
        longer = output.media.duration_seconds - source.duration_seconds
        if abs(longer) > SAME_TIME_LINE_SECONDS:
            return Reading(output, trouble=f"the output is {longer:+.2f} s longer than its input")
        try:
            measure = original_gain if what == "gain" else translation_onset
            return Reading(output, measure(source, output.media))
        except MeasureError as error:
            return Reading(output, trouble=f"the output of {name!r}: {error}")

    def _source(self, output: Output) -> Media:
        sample = output.job.order.sample
        assert sample is not None  # mixes are made of samples
        if sample.filename not in self._sources:
            self._sources[sample.filename] = read_media(sample.path)
        return self._sources[sample.filename]
