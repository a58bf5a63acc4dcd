"""Recordings that others made: HAR files, VCR cassettes and records, as exchanges to be judged.

Nothing here judges, and nothing opens a connection.
"""

from dubcheck.recordings.files import RecordingFile, recording_files
from dubcheck.recordings.places import Places
from dubcheck.recordings.record_headers import checked_targets
from dubcheck.recordings.tallies import FileTally, Tally
from dubcheck.recordings.traffic import RecordedTraffic

__all__ = [
    "FileTally",
    "Places",
    "RecordedTraffic",
    "RecordingFile",
    "Tally",
    "checked_targets",
    "recording_files",
]
