"""Names that drive a job to an outcome without special media, as test cards do for money.

The name is the `filename` given for an upload URL, or the last segment of `source_url`; nothing is
fetched or opened then. Any extension will do.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from dubcheck.emulator.pinch.jobs import JobError

SUCCESS = "succeeds"

# Stem of the name, and the job's outcome: success, or the error code that it fails with.
MAGIC_NAMES = {
    "emulator-succeeds": SUCCESS,
    **{f"emulator-{error.value.replace('_', '-')}": error.value for error in JobError},
}


def outcome_of_name(filename: str) -> str:
    """The ordered outcome, or nothing."""
    return MAGIC_NAMES.get(PurePosixPath(filename).stem, "")


@lru_cache(maxsize=1024)
def outcome_of_url(url: str) -> str:
    """The outcome that the URL's last segment orders, or nothing."""
    try:
        return outcome_of_name(unquote(urlsplit(url).path))
    except ValueError:
        return ""
