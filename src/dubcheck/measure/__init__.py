"""How the judge makes media and measures what a service returns; nothing here knows the APIs.

Samples to send are in the subpackage `samples`, which this module does not import.
"""

from dubcheck.measure.bit_rates import Agreement, audio_kbps, bit_rate_agreement
from dubcheck.measure.containers import container_of
from dubcheck.measure.decoder import ReadingLimits
from dubcheck.measure.formats import AudioCodec, Container, VideoCodec
from dubcheck.measure.gains import ABSENT_BELOW, GAIN_TOLERANCE, original_gain
from dubcheck.measure.levels import (
    AUDIBLE_DBFS,
    is_audible,
    loudest_dbfs,
    softest_quarter_dbfs,
)
from dubcheck.measure.likeness import (
    frame_rate_of,
    has_duration,
    has_frame_rate,
    has_resolution,
)
from dubcheck.measure.media import AudioTrack, MeasureError, Media, VideoTrack
from dubcheck.measure.onsets import (
    LAG_TOLERANCE_SECONDS,
    speech_onset,
    translation_lag,
    translation_onset,
)
from dubcheck.measure.reading import read_media

__all__ = [
    "ABSENT_BELOW",
    "AUDIBLE_DBFS",
    "GAIN_TOLERANCE",
    "LAG_TOLERANCE_SECONDS",
    "Agreement",
    "AudioCodec",
    "AudioTrack",
    "Container",
    "MeasureError",
    "Media",
    "ReadingLimits",
    "VideoCodec",
    "VideoTrack",
    "audio_kbps",
    "bit_rate_agreement",
    "container_of",
    "frame_rate_of",
    "has_duration",
    "has_frame_rate",
    "has_resolution",
    "is_audible",
    "loudest_dbfs",
    "original_gain",
    "read_media",
    "softest_quarter_dbfs",
    "speech_onset",
    "translation_lag",
    "translation_onset",
]
