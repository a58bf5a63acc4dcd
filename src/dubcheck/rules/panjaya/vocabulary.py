"""The closed sets of words in the Panjaya documents, and which callers a rule may believe.

Nothing here judges.
"""

from __future__ import annotations

import re
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.callers import is_known_caller as is_known_caller
from dubcheck.rules.callers import is_refused as is_refused

API = "panjaya"
CREATORS = {"createAsset": "create-asset", "uploadAsset": "upload-asset"}
TOPICS = {
    **CREATORS,
    "getAsset": "get-asset",
    "addLanguages": "add-languages",
    "listAssets": "list-assets",
    "getVersion": "get-version",
    "reviseVersion": "revise-version",
}
OPERATIONS = tuple(TOPICS)
CALLBACK = "dubbingCallback"

TARGET_LOCALES = frozenset(
    """
    ar-AE bg-BG zh-CN hr-HR cs-CZ da-DK nl-NL en-US fil-PH fi-FI fr-FR de-DE el-GR hi-IN hu-HU
    id-ID it-IT ja-JP ko-KR lt-LT ms-MY nb-NO pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK es-ES es-MX
    sv-SE ta-IN tr-TR uk-UA vi-VN
    """.split()  # noqa: SIM905 - a list of words reads better than quotes and commas
)
SOURCE_LOCALES = TARGET_LOCALES | {"he-IL"}

DUBBING, READY, FAILED = "Dubbing", "Ready", "Failed"
ASSET_STATUSES = (DUBBING, READY, FAILED)

NOT_READY, READY_TO_EDIT, GENERATING, COMPLETED = (
    "NotReady",
    "ReadyToEdit",
    "Generating",
    "Completed",
)
VERSION_STATUSES = (NOT_READY, READY_TO_EDIT, GENERATING, COMPLETED, FAILED)

ASSET_ERROR_CODES = (
    "invalid_input",
    "unsupported_media",
    "empty_transcript",
    "missing_audio_track",
    "video_duration_limit_reached",
    "video_size_limit_reached",
    "time_out_of_range",
)
ACCOUNT_LIMIT_CODES = ("video_duration_limit_reached", "video_size_limit_reached")

EVENTS = (
    "asset_failed",
    "version_ready",
    "version_failed",
    "version_generating",
    "version_generated",
    "version_generate_failed",
)

_URL = re.compile(r"(?i)https?://[^\s/]+")


def is_answered_well(exchange: Exchange) -> bool:
    """Whether a good key was answered with a success."""
    return exchange.succeeded and is_known_caller(exchange)


def is_empty(value: Any) -> bool:
    """Whether a field is null or absent; which of the two is an open question."""
    return value is None or value is MISSING


def is_url(value: Any) -> bool:
    """Whether a value is the text of an HTTP(S) URL."""
    return isinstance(value, str) and bool(_URL.match(value))


def emptiness(value: Any) -> str:
    """The reading of a field that is empty."""
    return "null" if value is None else "absent"
