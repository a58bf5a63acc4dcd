"""Every fault by name, with what it does; when one applies is decided in faults.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FaultKind(Enum):
    """Where a fault acts."""

    ANSWER = "answer"
    JOB = "job"
    ASSET = "asset"
    VERSION = "version"
    CALLBACK = "callback"


@dataclass(frozen=True, slots=True)
class Fault:
    """One imitation. `service` "" means both; `code` is the status or error code it brings."""

    name: str
    kind: FaultKind
    description: str
    service: str = ""
    code: str = ""


_JOB_CODES = (
    "video_too_long",
    "video_too_short",
    "video_too_large",
    "unsupported_format",
    "download_failed",
    "processing_failed",
)
_ASSET_CODES = (
    "invalid_input",
    "unsupported_media",
    "empty_transcript",
    "missing_audio_track",
    "video_duration_limit_reached",
    "video_size_limit_reached",
    "time_out_of_range",
)

_ANSWERS = (
    Fault("rate-limited", FaultKind.ANSWER, "answer 429 with Retry-After", code="429"),
    Fault("server-error", FaultKind.ANSWER, "answer 500", code="500"),
    Fault("bad-gateway", FaultKind.ANSWER, "answer 502 with an HTML page", code="502"),
    Fault("unavailable", FaultKind.ANSWER, "answer 503 with Retry-After", code="503"),
    Fault("slow-answer", FaultKind.ANSWER, "answer after 5 seconds of the emulator's clock"),
    Fault("dropped-connection", FaultKind.ANSWER, "do the work, then hang up without an answer"),
    Fault("truncated-answer", FaultKind.ANSWER, "send half of the body, then hang up"),
    Fault("malformed-answer", FaultKind.ANSWER, "send a body that is not the JSON it claims to be"),
    Fault(
        "account-limit",
        FaultKind.ANSWER,
        "answer 403 to what creates or adds something",
        service="panjaya",
        code="403",
    ),
    Fault(
        "insufficient-balance",
        FaultKind.ANSWER,
        "answer 402 to a new job",
        service="pinch",
        code="402",
    ),
)
_RESOURCES = (
    *(
        Fault(
            f"job-fails-{code.replace('_', '-')}",
            FaultKind.JOB,
            f"new jobs fail with {code}",
            "pinch",
            code,
        )
        for code in _JOB_CODES
    ),
    *(
        Fault(
            f"asset-fails-{code.replace('_', '-')}",
            FaultKind.ASSET,
            f"new assets fail with {code}",
            "panjaya",
            code,
        )
        for code in _ASSET_CODES
    ),
    Fault(
        "version-fails", FaultKind.VERSION, "the initial version of each language fails", "panjaya"
    ),
    Fault("generation-fails", FaultKind.VERSION, "generating the final video fails", "panjaya"),
)
_CALLBACKS = (
    Fault("callback-lost", FaultKind.CALLBACK, "callbacks are logged, never sent", "panjaya"),
    Fault("callback-repeated", FaultKind.CALLBACK, "each callback is sent twice", "panjaya"),
    Fault(
        "callback-reordered",
        FaultKind.CALLBACK,
        "a callback overtakes the one before it",
        "panjaya",
    ),
    Fault("callback-late", FaultKind.CALLBACK, "callbacks leave 30 seconds late", "panjaya"),
)

CATALOGUE = {fault.name: fault for fault in (*_ANSWERS, *_RESOURCES, *_CALLBACKS)}
