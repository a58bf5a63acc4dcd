"""A client of Pinch at work: uploads, jobs until they end, lists, results and refusals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import Credential, Exchange
from harness.traffic import Client, interleaved, timestamp

_HOST = "https://api.startpinch.example"
_STORE = "https://media.startpinch.example/pinch-dubbing"
_JOBS = "/api/dubbing/jobs"
_LANGUAGES = ("es", "fr", "de", "it", "pt")
_SIGNED = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=REDACTED&X-Amz-Date={date}"
_SIGNED += "&X-Amz-Expires={life}&X-Amz-SignedHeaders=host&X-Amz-Signature=REDACTED"
_REFUSED = {"error": {"code": "unsupported_language", "message": "Unsupported language: xx"}}
_NO_KEY = {"error": {"code": "unauthorized", "message": "Invalid or expired API token"}}
_NOT_FOUND = {"error": {"code": "not_found", "message": "No such job"}}


def pinch_traffic(seed: int) -> Iterator[Exchange]:
    """An endless day of one client."""
    return interleaved(Client("pinch", _HOST, random.Random(seed)), _job)


def _job(client: Client) -> Iterator[Exchange]:
    if client.random.random() < 0.3:
        yield from _upload(client)
    yield from _oddity(client)
    language = client.random.choice(_LANGUAGES)
    job: dict[str, Any] = {"job_id": f"dub_{client.identifier(12)}", "status": "pending"}
    job |= {"source_lang": "auto", "target_lang": language}
    created_at = timestamp(client.now + 0.25)
    job |= {"created_at": created_at, "updated_at": created_at}
    limits = {"max_duration_sec": 600, "max_file_size_bytes": 500_000_000}
    client.recent.append(job)
    yield client.exchange(
        "createJob",
        f"POST {_JOBS}",
        status=201,
        sent={"source_url": f"{_STORE}/uploads/{client.identifier(12)}", "target_lang": language},
        answer={**job, "limits": limits},
    )
    yield from _polls(client, job)
    yield from _result(client, job)
    if client.random.random() < 0.25:
        yield _list(client)


def _polls(client: Client, job: dict[str, Any]) -> Iterator[Exchange]:
    empty = {"input_duration_sec": None, "cost_usd": None}
    empty |= {"output_url": None, "output_expires_at": None}
    for stage, percent in (("downloading", 10), ("processing", 40), ("uploading", 80)):
        job |= {"status": stage, "updated_at": timestamp(client.now + 0.25)}
        progress = {"stage": stage, "percent": percent}
        yield _sight(client, {**job, "error": None, "progress": progress, **empty})
    job |= {"status": "completed", "updated_at": timestamp(client.now + 0.25)}
    full = {"input_duration_sec": 12.0, "cost_usd": 0.1, **_output(client, job)}
    for _ in range(2):
        progress = {"stage": "completed", "percent": 100}
        yield _sight(client, {**job, "error": None, "progress": progress, **full})


def _sight(client: Client, answer: dict[str, Any]) -> Exchange:
    name = answer["job_id"]
    return client.exchange("getJob", f"GET {_JOBS}/{name}", ids={"id": name}, answer=answer)


def _output(client: Client, job: dict[str, Any]) -> dict[str, str]:
    ends = timestamp(client.now + 0.25 + 172_800)
    return {"output_url": _link(client, job), "output_expires_at": ends}


def _link(client: Client, job: dict[str, Any]) -> str:
    date = timestamp(client.now + 0.25).replace("-", "").replace(":", "")
    return f"{_STORE}/results/{job['job_id']}.mp3?" + _SIGNED.format(date=date, life=172_800)


def _result(client: Client, job: dict[str, Any]) -> Iterator[Exchange]:
    name, link = job["job_id"], _link(client, job)
    answer = {"job_id": name, "download_url": link}
    answer["expires_at"] = timestamp(client.now + 0.25 + 172_800)
    yield client.exchange(
        "getJobResult", f"GET {_JOBS}/{name}/result", ids={"id": name}, answer=answer
    )
    yield client.exchange("getDownload", f"GET {link}", credential=Credential.NONE)


def _upload(client: Client) -> Iterator[Exchange]:
    name = client.identifier(16)
    date = timestamp(client.now + 0.25).replace("-", "").replace(":", "")
    link = f"{_STORE}/uploads/{name}?" + _SIGNED.format(date=date, life=3600)
    yield client.exchange(
        "createUploadUrl",
        "POST /api/dubbing/upload-url",
        sent={"filename": "talk.mp4", "content_type": "video/mp4"},
        answer={
            "upload_url": link,
            "source_url": f"{_STORE}/uploads/{name}",
            "upload_id": name,
            "max_file_size_bytes": 500_000_000,
            "expires_in_sec": 3600,
        },
    )
    yield client.exchange("putUpload", f"PUT {link}", credential=Credential.NONE)


def _list(client: Client) -> Exchange:
    jobs = [dict(item) for item in reversed(client.recent)]
    answer = {"jobs": jobs, "total": len(jobs), "limit": 10, "offset": 0}
    return client.exchange("listJobs", f"GET {_JOBS}?limit=10&offset=0", answer=answer)


def _oddity(client: Client) -> Iterator[Exchange]:
    turn = client.random.random()
    if turn < 0.3:
        sent = {"source_url": f"{_STORE}/uploads/a", "target_lang": "xx"}
        yield client.exchange("createJob", f"POST {_JOBS}", status=400, sent=sent, answer=_REFUSED)
    elif turn < 0.4:
        line = f"GET {_JOBS}?limit=10"
        wrong = Credential.WRONG
        yield client.exchange("listJobs", line, status=401, answer=_NO_KEY, credential=wrong)
    elif turn < 0.5:
        name = f"dub_{client.identifier(12)}"
        line, ids = f"GET {_JOBS}/{name}", {"id": name}
        yield client.exchange("getJob", line, status=404, answer=_NOT_FOUND, ids=ids)
