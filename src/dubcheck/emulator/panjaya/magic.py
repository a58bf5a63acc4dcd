"""File names that drive an asset to an outcome without special media, as test cards do for money.

The name is that of the uploaded video's part, or the last segment of media_url; nothing is fetched
then. Any extension will do.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

SUCCESS = "succeeds"
ACCOUNT_LIMIT = "account-limit"
VERSION_FAILS = "version-fails"
GENERATION_FAILS = "generation-fails"

# Stem of the file name, and its outcome: an asset's error code, a version's fault, or a refusal.
MAGIC_NAMES = {
    "emulator-succeeds": SUCCESS,
    "emulator-invalid-input": "invalid_input",
    "emulator-unsupported-media": "unsupported_media",
    "emulator-empty-transcript": "empty_transcript",
    "emulator-missing-audio-track": "missing_audio_track",
    "emulator-duration-limit": "video_duration_limit_reached",
    "emulator-size-limit": "video_size_limit_reached",
    "emulator-time-out-of-range": "time_out_of_range",
    "emulator-version-fails": VERSION_FAILS,
    "emulator-generation-fails": GENERATION_FAILS,
    "emulator-account-limit": ACCOUNT_LIMIT,
}


def outcome_of_file(filename: str) -> str:
    """The ordered outcome, or nothing."""
    return MAGIC_NAMES.get(PurePosixPath(filename).stem, "")


def outcome_of_url(url: str) -> str:
    """The outcome that the URL's last segment orders, or nothing."""
    try:
        return outcome_of_file(unquote(urlsplit(url).path))
    except ValueError:
        return ""
