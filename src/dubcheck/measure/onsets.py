"""When speech starts: the source's own, and the translation's in an output that may hold both."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dubcheck.measure.gains import gain_between, sound_of
from dubcheck.measure.media import ANALYSIS_RATE, MeasureError, Media
from dubcheck.measure.spectra import HOP, WINDOW, on_time_line, short_time_spectrum, spectra_of

LAG_TOLERANCE_SECONDS = 0.25
"""Errors over 576 dubs were -0.04 to +0.07 s, at worst 0.18 s; real voices vary by 0.1 s more."""

_FRAMES_IN_A_ROW = 8
_SHARE_OF_BINS = 0.06
_EXCESS = 4.0
# A bin counts from 30 dB under the loudest on: codec noise and the -60 dB bed stay far below.
_FLOOR = 1e-3
_LOUD_QUANTILE = 0.999


def speech_onset(media: Media) -> float:
    """Seconds from the start of a file to its first speech-loud sound.

    Raises: MeasureError, if nothing is heard.
    """
    power = np.abs(short_time_spectrum(on_time_line(sound_of(media)))) ** 2
    return _first_run(power > _floor(power))


def translation_onset(source: Media, output: Media) -> float:
    """Seconds from the start of the output to the first sound that the source does not explain.

    Reliable for a source with one utterance; further ones overlap with late translations.
    Raises: MeasureError, if the output holds nothing but the source.
    """
    pair = spectra_of(sound_of(source), sound_of(output))
    explained = gain_between(pair) ** 2 * np.abs(pair.original) ** 2
    power = np.abs(pair.output) ** 2
    return _first_run(power > np.maximum(_EXCESS * explained, _floor(power)))


def translation_lag(source: Media, output_without_lag: Media, output: Media) -> float:
    """Seconds by which one output's translation starts later than another's of the same source.

    A difference, because a voice has a lead silence of its own that is nobody's promise.
    """
    return translation_onset(source, output) - translation_onset(source, output_without_lag)


def _floor(power: npt.NDArray[np.float64]) -> float:
    return float(np.quantile(power, _LOUD_QUANTILE)) * _FLOOR


def _first_run(busy_bins: npt.NDArray[np.bool_]) -> float:
    busy = (busy_bins.mean(axis=1) > _SHARE_OF_BINS).astype(np.int64)
    runs = np.convolve(busy, np.ones(_FRAMES_IN_A_ROW, np.int64), "valid")
    starts = np.nonzero(runs == _FRAMES_IN_A_ROW)[0]
    if not len(starts):
        raise MeasureError("no onset of speech is heard")
    return float(starts[0] * HOP + WINDOW / 2) / ANALYSIS_RATE
