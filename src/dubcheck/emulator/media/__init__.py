"""Media as the emulated services see it: probing, synthetic speech, dubbing, captions.

Everything that opens a file runs in limited child processes; nothing here may know an API's routes,
statuses or error codes. Importing this package loads neither PyAV nor numpy.
"""

from dubcheck.emulator.media.captions import Cue, SrtMalformed, parse_srt
from dubcheck.emulator.media.description import (
    DubPlan,
    MediaDescription,
    MediaFault,
    MediaRefused,
    SpeechSegment,
)
from dubcheck.emulator.media.workshop import MediaWorkshop

__all__ = [
    "Cue",
    "DubPlan",
    "MediaDescription",
    "MediaFault",
    "MediaRefused",
    "MediaWorkshop",
    "SpeechSegment",
    "SrtMalformed",
    "parse_srt",
]
