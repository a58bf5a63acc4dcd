"""The closed sets of words in the Pinch documents, and which callers a rule may believe.

Nothing here judges.
"""

from __future__ import annotations

import math
from typing import Any

from dubcheck.exchange import MISSING, Credential, Exchange

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

# These say nothing about the request itself: the caller, the account or the pace is at fault.
CALLER_REFUSALS = (401, 402, 403, 429)


def is_known_caller(exchange: Exchange) -> bool:
    """Whether the key was good; in recorded traffic only a success shows that."""
    credential = exchange.request.credential
    return credential.is_valid or (credential is Credential.UNKNOWN and exchange.succeeded)


def is_refused(exchange: Exchange) -> bool:
    """Whether the request itself was refused, rather than its caller or its pace."""
    response = exchange.response
    return response is not None and response.is_refusal and response.status not in CALLER_REFUSALS


def as_number(value: Any) -> float | None:
    """The value if it is a JSON number; NaN and Infinity, which Python reads, are none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < math.inf else None


def is_empty(value: Any) -> bool:
    """Whether a field is null or absent; which of the two is an open question."""
    return value is None or value is MISSING
