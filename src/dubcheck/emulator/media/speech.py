"""Whether sound is silent, where its utterances begin, and whether it is speech; numpy only.

The speech rule looks at two-second windows for what tones, noise and hum lack: a pitch that glides
from one moment to the next, in bands whose shape and level keep changing. Thresholds were chosen on
synthetic speech; whispered speech is missed, and singing and vibrato music count as speech.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dubcheck.emulator.media.description import SpeechSegment

RATE = 16_000
"""The sampling rate this module expects."""

_SILENT_PEAK = 1e-4
_FRAME = 160
_WINDOW = 2 * RATE
_STEP = RATE

_ABSOLUTE_FLOOR_DB = -65.0
_BELOW_PEAK_DB = 30.0
_ABOVE_FLOOR_DB = 10.0
_LEAST_DYNAMICS_DB = 12.0
_PAUSE_FRAMES = 25
_SHORTEST_FRAMES = 6


class SpeechMeter:
    """Takes mono sound block by block; keeps one level per 10 ms and the last unjudged windows."""

    def __init__(self) -> None:
        self._levels: list[NDArray[np.float32]] = []
        self._rest = np.empty(0, np.float32)
        self._window = np.empty(0, np.float32)
        self._peak = 0.0
        self.has_speech = False

    def add(self, mono: NDArray[np.float32]) -> None:
        """Listen to the next block."""
        if not mono.size:
            return
        self._peak = max(self._peak, float(np.abs(mono).max()))
        joined = np.concatenate((self._rest, mono))
        whole = joined.size // _FRAME * _FRAME
        frames = joined[:whole].reshape(-1, _FRAME)
        self._levels.append(np.einsum("ij,ij->i", frames, frames) / _FRAME)
        self._rest = joined[whole:]
        if not self.has_speech:
            self._window = np.concatenate((self._window, mono))
            self._judge_full_windows()

    def finish(self) -> None:
        """Judge what is left of the last window."""
        if not self.has_speech:
            self.has_speech = is_speech(self._window)

    @property
    def is_silent(self) -> bool:
        """Whether nothing but digital silence was heard."""
        return self._peak < _SILENT_PEAK

    def segments(self) -> tuple[SpeechSegment, ...]:
        """The stretches of sound between pauses of a quarter of a second and more."""
        if self.is_silent or not self._levels:
            return ()
        level = 10 * np.log10(np.concatenate(self._levels) + 1e-12)
        return _segments(level)

    def _judge_full_windows(self) -> None:
        while self._window.size >= _WINDOW and not self.has_speech:
            self.has_speech = is_speech(self._window[:_WINDOW])
            self._window = self._window[_STEP:]


def _segments(level_db: NDArray[np.float32]) -> tuple[SpeechSegment, ...]:
    peak, floor = np.percentile(level_db, (95, 10))
    peak = max(peak, level_db.max() - 10)
    relative = min(floor + _ABOVE_FLOOR_DB, peak - _LEAST_DYNAMICS_DB)
    threshold = max(_ABSOLUTE_FLOOR_DB, peak - _BELOW_PEAK_DB, relative)
    loud = np.flatnonzero(level_db > threshold)
    if not loud.size:
        return ()
    breaks = np.flatnonzero(np.diff(loud) > _PAUSE_FRAMES)
    starts = loud[np.concatenate(([0], breaks + 1))]
    ends = loud[np.concatenate((breaks, [loud.size - 1]))] + 1
    lasting = ends - starts >= _SHORTEST_FRAMES
    if not lasting.any():
        # Nothing but clicks: still one place where a translation may begin.
        starts, ends, lasting = starts[:1], ends[-1:], np.ones(1, bool)
    return tuple(
        SpeechSegment(float(start) * _FRAME / RATE, float(end) * _FRAME / RATE)
        for start, end in zip(starts[lasting], ends[lasting], strict=True)
    )


_PITCH_FRAME = 640
_HOP = 160
_LOWEST_LAG, _HIGHEST_LAG = RATE // 400, RATE // 60
_LEAST_CORRELATION = 0.5
_BAND_EDGES_HZ = (100, 300, 600, 1000, 1600, 2500, 4000, 7000)


def is_speech(mono: NDArray[np.float32]) -> bool:
    """Judge one window of up to two seconds."""
    if mono.size < _PITCH_FRAME * 8:
        return False
    frames = np.lib.stride_tricks.sliding_window_view(mono, _PITCH_FRAME)[::_HOP]
    frames = frames * np.hanning(_PITCH_FRAME).astype(np.float32)
    spectrum = np.fft.rfft(frames, 2 * _PITCH_FRAME)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    level = 10 * np.log10(power.sum(1) + 1e-9)
    audible = level > max(level.max() - 35, -45)
    lag, strength = _pitch(power)
    voiced = audible & (strength > _LEAST_CORRELATION)
    if voiced.sum() < 12:
        return False
    return _glides(lag, voiced) and _moves(power[voiced], level)


def _pitch(power: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    correlation = np.fft.irfft(power)[:, : _HIGHEST_LAG + 2]
    correlation = correlation / (correlation[:, :1] + 1e-9)
    # The Hann window's own correlation falls with the lag; undo it so that low pitches compete.
    window = np.hanning(_PITCH_FRAME)
    own = np.correlate(window, window, "full")[_PITCH_FRAME - 1 :][: _HIGHEST_LAG + 2]
    correlation = correlation / (own / own[0])
    searched = correlation[:, _LOWEST_LAG : _HIGHEST_LAG + 1]
    best = searched.argmax(1)
    rows = np.arange(len(best))
    strength = searched[rows, best]
    centre = best + _LOWEST_LAG
    left, right = correlation[rows, centre - 1], correlation[rows, centre + 1]
    curvature = left - 2 * strength + right
    shift = np.where(curvature < -1e-9, 0.5 * (left - right) / np.minimum(curvature, -1e-9), 0.0)
    return centre + np.clip(shift, -1, 1), strength


def _glides(lag: NDArray[np.float64], voiced: NDArray[np.bool_]) -> bool:
    adjacent = voiced[1:] & voiced[:-1]
    if adjacent.sum() < 8:
        return False
    semitones = np.abs(12 * np.log2(lag[1:] / lag[:-1]))
    gliding = adjacent & (semitones > 0.03) & (semitones < 1.2)
    jumping = adjacent & (semitones >= 1.2)
    pairs = adjacent.sum()
    enough = gliding.sum() >= 0.6 * pairs and jumping.sum() <= 0.5 * pairs
    return bool(enough) and _longest_run(gliding) >= 4


def _longest_run(flags: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _moves(power: NDArray[np.float32], level_db: NDArray[np.float32]) -> bool:
    hertz_per_bin = RATE / (2 * _PITCH_FRAME)
    edges = [round(hertz / hertz_per_bin) for hertz in _BAND_EDGES_HZ]
    bands = 10 * np.log10(np.add.reduceat(power, edges, axis=1)[:, :-1] + 1e-9)
    shape = bands - bands.mean(1, keepdims=True)
    low, high = np.percentile(level_db, (5, 95))
    return bool(shape.std(0).mean() >= 2.5 and high - low >= 8)
