"""Entries of HAR files and cassettes about one Pinch job, made by hand. Nothing is judged here."""

from __future__ import annotations

import json
from typing import Any

HOST = "https://api.startpinch.com"
JOBS = f"{HOST}/api/dubbing/jobs"
SENT = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "es"}
LIMITS = {"max_duration_sec": 600, "max_file_size_bytes": 500_000_000}
JSON = "application/json"


def created(**changes: Any) -> dict[str, Any]:
    """The answer to the creation of the job `dub_1` at noon."""
    plain = {
        "job_id": "dub_1",
        "status": "pending",
        "source_lang": "auto",
        "target_lang": "es",
        "created_at": "2026-03-05T12:00:00Z",
        "limits": LIMITS,
    }
    return {**plain, **changes}


def shown(status: str, **changes: Any) -> dict[str, Any]:
    """The answer of getJob about the job `dub_1`."""
    plain = {
        **created(status=status),
        "error": None,
        "progress": {"stage": status, "percent": 10},
        "input_duration_sec": None,
        "cost_usd": None,
        "output_url": None,
        "output_expires_at": None,
        "updated_at": "2026-03-05T12:00:00Z",
    }
    del plain["limits"]
    return {**plain, **changes}


def har_entry(
    method: str, url: str, status: int, answer: Any = None, sent: Any = None, **changes: Any
) -> dict[str, Any]:
    """One entry of a HAR file, at noon of 5 March 2026 unless `at` names another second."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    entry: dict[str, Any] = {
        "startedDateTime": f"2026-03-05T12:00:{changes.pop('at', 0):02d}.000Z",
        "time": 20,
        "request": {"method": method, "url": url, "headers": [], "bodySize": 0},
        "response": {
            "status": status,
            "headers": [{"name": "Content-Type", "value": JSON}],
            "content": {"size": len(text), "mimeType": JSON, "text": text},
            "bodySize": len(text),
        },
    }
    if sent is not None:
        entry["request"]["postData"] = {"mimeType": JSON, "text": json.dumps(sent)}
    return {**entry, **changes}


def interaction(
    method: str, url: str, status: int, answer: Any = None, sent: Any = None, **changes: Any
) -> dict[str, Any]:
    """One interaction of a cassette, as vcrpy writes it; `date` is its Date header."""
    headers = {"Content-Type": [JSON]}
    if "date" in changes:
        headers["Date"] = [changes.pop("date")]
    body = None if sent is None else json.dumps(sent)
    return {
        "request": {"method": method, "uri": url, "headers": {}, "body": body},
        "response": {
            "status": {"code": status, "message": ""},
            "headers": headers,
            "body": {"string": answer if isinstance(answer, str | bytes) else json.dumps(answer)},
        },
        **changes,
    }
