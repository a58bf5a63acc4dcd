"""Short-time spectra and alignment of waves at ANALYSIS_RATE; arrays in, arrays out.

Nothing here knows files or what a spectrum is compared for: gains.py and onsets.py do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dubcheck.measure.media import ANALYSIS_RATE, AudioTrack

Wave = npt.NDArray[np.float64]
Spectrum = npt.NDArray[np.complex128]

WINDOW = 512
HOP = 128
# Speech has its energy here, and every documented codec keeps it.
LOWEST_HERTZ, HIGHEST_HERTZ = 200, 4000
# Codecs delay by up to 46 ms (WMA); more than this is no codec.
LONGEST_DELAY_SECONDS = 0.15
# Peak over root mean square of the cross-correlation: below it the original is not in the output.
CLEAR_PEAK = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Spectra of an original and what was made of it, on one time line. Shape: (frames, bins)."""

    original: Spectrum
    output: Spectrum


def spectra_of(original: AudioTrack, output: AudioTrack) -> Pair:
    """Bring two tracks to one time line and length, and transform them."""
    heard, made = on_time_line(original), on_time_line(output)
    length = max(len(heard), len(made), WINDOW)
    heard, made = _padded(heard, length), _padded(made, length)
    delay = _delay_samples(heard, made)
    return Pair(short_time_spectrum(_delayed(heard, delay)), short_time_spectrum(made))


def short_time_spectrum(wave: Wave) -> Spectrum:
    """Hann-windowed spectra of the speech band."""
    whole = _padded(wave, max(len(wave), WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(whole, WINDOW)[::HOP]
    spectrum: Spectrum = np.fft.rfft(frames * np.hanning(WINDOW), axis=1)
    hertz = np.fft.rfftfreq(WINDOW, 1 / ANALYSIS_RATE)
    return spectrum[:, (hertz >= LOWEST_HERTZ) & (hertz <= HIGHEST_HERTZ)]


def on_time_line(track: AudioTrack) -> Wave:
    """The samples of a track, with silence for the time before it starts."""
    start = round(track.start_seconds * ANALYSIS_RATE)
    wave = track.wave.astype(np.float64)
    return np.concatenate([np.zeros(start), wave]) if start >= 0 else wave[-start:]


def _padded(wave: Wave, length: int) -> Wave:
    return np.pad(wave, (0, length - len(wave)))


def _delay_samples(original: Wave, output: Wave) -> float:
    """Delay of the output by phase correlation, 0 if there is no clear peak."""
    size = _fast_size(2 * len(original))
    cross = np.fft.rfft(output, size) * np.conj(np.fft.rfft(original, size))
    correlation = np.fft.irfft(cross / (np.abs(cross) + 1e-12), size)
    reach = round(LONGEST_DELAY_SECONDS * ANALYSIS_RATE)
    near = np.concatenate([correlation[-reach:], correlation[: reach + 1]])
    peak = int(np.argmax(near))
    if near[peak] < CLEAR_PEAK * np.sqrt(np.mean(near**2)) or not 0 < peak < 2 * reach:
        return 0.0
    before, at, after = near[peak - 1 : peak + 2]
    curvature = before - 2 * at + after
    fraction = 0.5 * (before - after) / curvature if curvature else 0.0
    return float(peak - reach + fraction)


def _delayed(wave: Wave, samples: float) -> Wave:
    """Shift by a fraction of a sample: 1/8 of one is already 2 % of gain at 4 kHz."""
    if samples == 0.0:
        return wave
    size = _fast_size(len(wave) + 2 * round(LONGEST_DELAY_SECONDS * ANALYSIS_RATE))
    phase = np.exp(-2j * np.pi * np.fft.rfftfreq(size) * samples)
    shifted: Wave = np.fft.irfft(np.fft.rfft(wave, size) * phase, size)
    return shifted[: len(wave)]


def _fast_size(length: int) -> int:
    return 1 << (length - 1).bit_length()
