"""How loud the original speech is in an output; what it should be is the callers' matter."""

from __future__ import annotations

import numpy as np

from dubcheck.measure.media import AudioTrack, MeasureError, Media
from dubcheck.measure.spectra import Pair, spectra_of

ABSENT_BELOW = 0.02
"""A gain under this is no original at all: 384 outputs without it measured at most 0.002."""

GAIN_TOLERANCE = 0.05
"""Largest error allowed: LAME alone takes away up to 0.05, AAC and measuring under 0.01."""

_LOUDEST_SHARE = 0.25


def original_gain(source: Media, output: Media) -> float:
    """The factor by which the source's speech is mixed into the output.

    A weighted median over the loudest quarter of the source's time-frequency bins, so that bins
    owned by the translation do not count. Trustworthy only if the source has no loud background:
    a service that keeps backgrounds keeps one whatever the volume.
    """
    return gain_between(spectra_of(sound_of(source), sound_of(output)))


def sound_of(media: Media) -> AudioTrack:
    """The audio of a file. Raises: MeasureError without any."""
    if media.audio is None or not len(media.audio.wave):
        raise MeasureError("has no sound")
    return media.audio


def gain_between(pair: Pair) -> float:
    """The gain, from spectra."""
    level = np.abs(pair.original)
    if level.max() == 0:
        raise MeasureError("the source is silent, so its gain cannot be measured")
    loud = level >= np.quantile(level[level > 0], 1 - _LOUDEST_SHARE)
    weights = level[loud]
    ratios = np.real(pair.output[loud] / pair.original[loud])
    order = np.argsort(ratios)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(ratios[order][middle])
