"""How loud a file is: enough to tell sound from silence, and no judgement of its quality."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dubcheck.measure.media import ANALYSIS_RATE, AudioTrack

AUDIBLE_DBFS = -50.0
"""Between a noise bed at -60 and the softest mix of a voice: speech is dubbed at -30 to -10."""

SILENT_DBFS = -120.0
"""What digital silence is reported as."""

_WINDOW = ANALYSIS_RATE // 20


def loudest_dbfs(audio: AudioTrack) -> float:
    """The level of the loudest 50 ms, in decibels below full scale."""
    return _loudest_dbfs(audio.wave)


def softest_quarter_dbfs(audio: AudioTrack) -> float:
    """The level of the loudest 50 ms of that quarter of the file in which it is lowest."""
    return min(_loudest_dbfs(quarter) for quarter in np.array_split(audio.wave, 4))


def _loudest_dbfs(wave: npt.NDArray[np.float32]) -> float:
    whole = wave[: len(wave) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    if not len(whole):
        return SILENT_DBFS
    loudest = float(np.sqrt((whole.astype(np.float64) ** 2).mean(axis=1)).max())
    return max(SILENT_DBFS, 20 * float(np.log10(loudest))) if loudest else SILENT_DBFS


def is_audible(audio: AudioTrack) -> bool:
    """Whether anything louder than a noise bed is heard."""
    return loudest_dbfs(audio) > AUDIBLE_DBFS
