"""Whether an output's audio was encoded at 192 kbit/s, as far as its packets can tell.

Source: vendor-docs/pinch.txt, Output format. The nominal rate is not stored in an MP4, and an AAC
encoder that is asked for 192 kbit/s spends 2 on silence, 30 on sparse speech and 130 on a quiet
mono voice. So the output's own sound is encoded again at 192 kbit/s, and only where that reference
shows its nominal rate is the output judged at all.
"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt

from dubcheck.measure.formats import AudioCodec
from dubcheck.measure.media import AudioTrack, MeasureError

DOCUMENTED_KBPS = 192.0

ACCEPTED_KBPS = (165.0, 235.0)
"""Stereo speech asked for at 192 measures 184 to 210, at 128 up to 144, at 256 from 234."""

ACCEPTED_RATIO = (0.87, 1.13)
"""To the reference: 160 kbit/s gives 0.83 to 0.86 and 256 gives 1.16 to 1.30, whatever is said."""

TELLING_REFERENCE_KBPS = (180.0, 215.0)
"""A reference outside did not show its own 192, so another encoder need not either."""

CLEARLY_TOO_LOW_RATIO = 0.7
"""With a reference of at least MEANINGFUL_REFERENCE_KBPS: 64 kbit/s gives 0.44, 96 up to 0.64, 192
over 0.9."""

MEANINGFUL_REFERENCE_KBPS = 130.0

SPENT_KBPS = 185.0
"""Speech asked for at 160 has up to 182 in its busiest second at 44.1 kHz, at 192 from 187."""

_STEADY_BYTES = 2  # packets of a constant MP3 differ by one, which is padding
_LOWEST_SAMPLE_RATE = 32_000  # under it MP3 ends at 160 kbit/s
_SHORTEST_SECONDS = 1.0
_AAC_FRAME_SAMPLES = 1024


class Agreement(Enum):
    """What can be said about a measured value and a documented one."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNDECIDABLE = "undecidable"


def audio_kbps(audio: AudioTrack) -> float:
    """Bit rate over the packets in which something is heard: over a quarter of the larger ones."""
    sizes = np.asarray(audio.packet_sizes_bytes, np.float64)
    seconds = np.asarray(audio.packet_durations_seconds, np.float64)
    if not len(sizes) or not seconds.all():
        raise MeasureError("the audio packets have no sizes or durations")
    busy = _is_busy(sizes)
    return float(sizes[busy].sum() * 8 / seconds[busy].sum() / 1000)


def reference_kbps(audio: AudioTrack) -> float:
    """What an AAC encoder asked for 192 kbit/s spends on the same sound; 0.0 if unknown."""
    sizes = np.asarray(audio.reference_sizes_bytes, np.float64)
    if not len(sizes):
        return 0.0
    return float(sizes[_is_busy(sizes)].mean() * 8 * audio.sample_rate / _AAC_FRAME_SAMPLES / 1000)


def bit_rate_agreement(audio: AudioTrack) -> Agreement:
    """Whether AAC or MP3 audio has the documented 192 kbit/s.

    UNDECIDABLE for other codecs, short or silent sound, low sample rates and whatever else would
    accuse a service that did ask its encoder for 192 kbit/s.
    """
    too_short = audio.duration_seconds < _SHORTEST_SECONDS
    if too_short or audio.sample_rate < _LOWEST_SAMPLE_RATE:
        return Agreement.UNDECIDABLE
    if audio.codec not in (AudioCodec.MP3, AudioCodec.AAC):
        return Agreement.UNDECIDABLE
    agreement = _mp3_agreement(audio) if audio.codec is AudioCodec.MP3 else _aac_agreement(audio)
    # An encoder that saves in pauses spends its rate, and less than that on the whole.
    is_low = audio_kbps(audio) < DOCUMENTED_KBPS
    saves = is_low and _busiest_second_kbps(audio) > SPENT_KBPS
    return Agreement.UNDECIDABLE if agreement is Agreement.DISAGREES and saves else agreement


def _mp3_agreement(audio: AudioTrack) -> Agreement:
    measured = audio_kbps(audio)
    # An average rate starts high, and a short file ends before it is made up for.
    if measured > ACCEPTED_KBPS[1] and not _is_steady(audio):
        return Agreement.UNDECIDABLE
    return _agreement(_is_within(measured, ACCEPTED_KBPS))


def _aac_agreement(audio: AudioTrack) -> Agreement:
    measured, reference = audio_kbps(audio), reference_kbps(audio)
    if reference > MEANINGFUL_REFERENCE_KBPS and measured < CLEARLY_TOO_LOW_RATIO * reference:
        return Agreement.DISAGREES
    if not _is_within(reference, TELLING_REFERENCE_KBPS):
        return Agreement.UNDECIDABLE
    return _agreement(
        _is_within(measured, ACCEPTED_KBPS) and _is_within(measured / reference, ACCEPTED_RATIO)
    )


def _busiest_second_kbps(audio: AudioTrack) -> float:
    """The bit rate of the second with the most bytes."""
    sizes = np.asarray(audio.packet_sizes_bytes, np.float64)
    seconds = float(np.median(np.asarray(audio.packet_durations_seconds, np.float64)))
    count = min(len(sizes), max(1, round(1 / seconds)))
    most_bytes = float(np.convolve(sizes, np.ones(count), "valid").max())
    return most_bytes * 8 / (count * seconds) / 1000


def _is_steady(audio: AudioTrack) -> bool:
    """Whether nine of ten packets are equally large, as they are at a constant rate."""
    sizes = np.asarray(audio.packet_sizes_bytes, np.float64)
    return float(np.quantile(sizes, 0.95) - np.quantile(sizes, 0.05)) <= _STEADY_BYTES


def _agreement(is_right: bool) -> Agreement:
    return Agreement.AGREES if is_right else Agreement.DISAGREES


def _is_within(value: float, band: tuple[float, float]) -> bool:
    return band[0] <= value <= band[1]


def _is_busy(sizes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    busy: npt.NDArray[np.bool_] = sizes > np.quantile(sizes, 0.95) / 4
    return busy
