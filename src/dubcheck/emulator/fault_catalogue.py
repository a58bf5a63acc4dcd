"""Every fault by name, with what it does; when one applies is decided in faults.py."""

from __future__ import annotations

from enum import Enum

import msgspec


class FaultKind(Enum):
    """Where a fault acts: on any answer, or on what a request creates."""

    ANSWER = "answer"
    JOB = "job"
    ASSET = "asset"
    VERSION = "version"
    CALLBACK = "callback"


class Fault(msgspec.Struct, frozen=True):
    """One imitation of what real services do at times.

    `service` "" means both APIs and storage; `code` is the status or error code it brings.
    `operations` restricts it to some, and to requests with a valid key; empty means every request.
    """

    name: str
    kind: FaultKind
    description: str
    service: str = ""
    code: str = ""
    operations: frozenset[str] = frozenset()


_ANSWERS = (
    Fault("rate-limited", FaultKind.ANSWER, "answer 429 with Retry-After", code="429"),
    Fault("server-error", FaultKind.ANSWER, "answer 500", code="500"),
    Fault("bad-gateway", FaultKind.ANSWER, "answer 502 with an HTML page", code="502"),
    Fault("unavailable", FaultKind.ANSWER, "answer 503 with Retry-After", code="503"),
    Fault("slow-answer", FaultKind.ANSWER, "answer 5 seconds late (on the emulator's clock)"),
    Fault("dropped-connection", FaultKind.ANSWER, "do the work, then hang up without an answer"),
    Fault("truncated-answer", FaultKind.ANSWER, "send half of the body, then hang up"),
    Fault("malformed-answer", FaultKind.ANSWER, "send JSON whose last character is missing"),
    Fault(
        "insufficient-balance",
        FaultKind.ANSWER,
        "answer 402 to a new job",
        "pinch",
        "402",
        frozenset({"createJob"}),
    ),
    Fault(
        "account-limit",
        FaultKind.ANSWER,
        "answer 403 to what creates an asset or adds languages",
        "panjaya",
        "403",
        frozenset({"createAsset", "uploadAsset", "addLanguages"}),
    ),
)

_JOBS = tuple(
    Fault(f"job-{code.replace('_', '-')}", FaultKind.JOB, f"new jobs fail: {code}", "pinch", code)
    for code in (
        "video_too_long",
        "video_too_short",
        "video_too_large",
        "unsupported_format",
        "download_failed",
        "processing_failed",
    )
)

_ASSETS = tuple(
    Fault(
        f"asset-{code.replace('_', '-')}",
        FaultKind.ASSET,
        f"new assets fail: {code}",
        "panjaya",
        code,
    )
    for code in (
        "invalid_input",
        "unsupported_media",
        "empty_transcript",
        "missing_audio_track",
        "video_duration_limit_reached",
        "video_size_limit_reached",
        "time_out_of_range",
    )
)

_VERSIONS = tuple(
    Fault(name, FaultKind.VERSION, description, "panjaya", name)
    for name, description in (
        ("version-fails", "the initial version of each language fails"),
        ("generation-fails", "generating the final video fails"),
    )
)

_CALLBACKS = tuple(
    Fault(name, FaultKind.CALLBACK, description, "panjaya")
    for name, description in (
        ("callback-lost", "callbacks are logged and never sent"),
        ("callback-repeated", "each callback is sent twice"),
        ("callback-reordered", "a callback is overtaken by the one after it"),
        ("callback-late", "callbacks leave 30 seconds late"),
    )
)

CATALOGUE = {fault.name: fault for fault in (*_ANSWERS, *_JOBS, *_ASSETS, *_VERSIONS, *_CALLBACKS)}
