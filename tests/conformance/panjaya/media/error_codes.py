"""The code in an asset's `error`, whose form and keys no document prints.

Source: vendor-docs/panjaya.txt, Get Asset: a code and a message; list of common codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

LISTED_CODES = (
    "invalid_input",
    "unsupported_media",
    "empty_transcript",
    "missing_audio_track",
    "video_duration_limit_reached",
    "video_size_limit_reached",
    "time_out_of_range",
)
_LISTED = re.compile(rf"\b({'|'.join(LISTED_CODES)})\b")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


def error_code(error: Any) -> str | None:
    """A text that is a code, else a listed code among other words, else None."""
    texts = list(_texts(error))
    for text in texts:
        if _CODE.fullmatch(text):
            return text
    for text in texts:
        if found := _LISTED.search(text):
            return found[1]
    return None


def _texts(error: Any) -> Iterator[str]:
    if isinstance(error, str):
        yield error.strip()
    elif isinstance(error, dict):
        # The likeliest key first, as the message of another may look like a code.
        yield from _texts(error.get("code"))
        for value in error.values():
            yield from _texts(value)
