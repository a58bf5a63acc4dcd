"""The closed sets of words in the Pinch documents, and which callers a rule may believe.

Nothing here judges.
"""

from __future__ import annotations

import math
from typing import Any

from dubcheck.exchange import MISSING
from dubcheck.rules.callers import is_known_caller as is_known_caller
from dubcheck.rules.callers import is_refused as is_refused

API = "pinch"
OPERATIONS = ("createUploadUrl", "createJob", "listJobs", "getJob", "getJobResult")

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh")
AUTO = "auto"
SOURCE_LANGUAGES = (AUTO, *LANGUAGES)

STATUS_ORDER = ("pending", "downloading", "processing", "uploading", "completed")
FAILED, COMPLETED, PENDING = "failed", "completed", "pending"
STATUSES = (*STATUS_ORDER, FAILED)
TERMINAL_STATUSES = (COMPLETED, FAILED)

JOB_ERROR_CODES = (
    "video_too_long",
    "video_too_short",
    "video_too_large",
    "unsupported_format",
    "download_failed",
    "processing_failed",
)
POOR_JOB_ERROR = "insufficient_balance"


def as_number(value: Any) -> float | None:
    """The value if it is a JSON number; NaN and Infinity, which Python reads, are none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < math.inf else None


def is_empty(value: Any) -> bool:
    """Whether a field is null or absent; which of the two is an open question."""
    return value is None or value is MISSING
