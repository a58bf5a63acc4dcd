"""Variations in what Pinch accepts, refuses, and when it says so; as acts."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS
from dubcheck.emulator.variations.changes import Document, asks, declines, lacks_key, mends

_OPTIONAL = ("source_lang", "reduce_accent", "translation_lag_time", "original_speech_volume")
_KNOWN = frozenset({"source_url", "target_lang", *_OPTIONAL})
_UPLOADS = "/pinch-dubbing/uploads/"
# Names that drive the emulator's jobs to an outcome (pinch/magic.py).
_DOWNLOAD_FAILS = "https://media.example.com/emulator-download-failed.mp3"
_WORK_FAILS = "https://media.example.com/emulator-processing-failed.mp3"


def _lenient_upload(body: Document) -> None:
    if body.get("filename") == "":
        body["filename"] = "file"
    if type(body.get("filename")) in (int, float):
        body["filename"] = str(body["filename"])


def _lenient_job(body: Document) -> None:
    for name in _OPTIONAL:
        if name in body and body[name] is None:
            del body[name]
    target = body.get("target_lang")
    if isinstance(target, str) and target[2:3] in ("", "-"):
        body["target_lang"] = target[:2].lower()
    lag = body.get("translation_lag_time")
    if isinstance(lag, str) and lag.replace(".", "", 1).isdigit():
        body["translation_lag_time"] = lag = float(lag)
    if type(lag) in (int, float) and 3 < float(str(lag)) <= 5:
        body["translation_lag_time"] = 3
    if type(body.get("reduce_accent")) is int and body["reduce_accent"] in (0, 1):
        body["reduce_accent"] = bool(body["reduce_accent"])


async def _exact_scheme(call: Call, following: Next, _: Memory) -> Reply:
    given = call.authorization
    if call.operation and given and not given.startswith("Bearer "):
        call = call.with_header("authorization", "none")
    return await following(call)


def _is_no_media(kind: Any) -> bool:
    return isinstance(kind, str) and kind.startswith("text/")


def _dubs_into_itself(call: Call) -> bool:
    document = call.document
    return isinstance(document, dict) and document.get("source_lang") == document.get(
        "target_lang", "?"
    )


def _has_unknown_fields(call: Call) -> bool:
    return isinstance(call.document, dict) and not call.document.keys() <= _KNOWN


async def _refuses_missing_uploads(call: Call, following: Next, memory: Memory) -> Reply:
    if call.path.startswith(_UPLOADS) and call.method == "PUT":
        reply = await following(call)
        if reply.succeeded:
            memory.kept[call.path] = False
        return reply
    path = urlsplit(source_of(call)).path if call.operation == "createJob" else ""
    if path.startswith(_UPLOADS) and not lacks_key(call) and memory.kept.get(path, True):
        return json_reply(400, REFUSALS["pinch"])
    return await following(call)


async def _refuses_redirects(call: Call, following: Next, _: Memory) -> Reply:
    url = urlsplit(source_of(call))
    reply = await following(call)
    if call.operation != "createJob" or not reply.succeeded or url.scheme != "http":
        return reply
    if url.path.startswith(_UPLOADS) or not await asyncio.to_thread(_redirects, url.netloc, url):
        return reply
    refused = {"error": {"code": "invalid_url", "message": "The URL redirects."}}
    return json_reply(400, refused)


async def _refuses_speechless_videos(call: Call, following: Next, _: Memory) -> Reply:
    """Looks into an upload before it answers; what it looked into stays as a failed job."""
    reply = await following(call)
    if call.operation != "createJob" or not reply.succeeded:
        return reply
    path = f"{call.path}/{reply.document['job_id']}"
    asked = replace(call, method="GET", path=path, operation="getJob", body=b"")
    for _attempt in range(40):
        job = (await following(asked)).document
        if job["error"] == "processing_failed":
            return json_reply(400, REFUSALS["pinch"])
        if job["status"] in ("completed", "failed") or job["progress"]["percent"] > 40:
            break
        await asyncio.sleep(0.05)
    return reply


def _redirects(host: str, url: Any) -> bool:
    connection = http.client.HTTPConnection(host, timeout=2)
    try:
        connection.request("GET", f"{url.path}?{url.query}" if url.query else url.path)
        return 300 <= connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def source_of(call: Call) -> str:
    """The `source_url` of a request, or nothing."""
    document = call.document if call.operation == "createJob" else None
    url = document.get("source_url") if isinstance(document, dict) else None
    try:
        return url if isinstance(url, str) and urlsplit(url) else ""
    except ValueError:
        return ""


def _names_a_place(call: Call) -> bool:
    url = source_of(call)
    return bool(url) and (bool(urlsplit(url).netloc) or url.startswith(("data:", "file:")))


def otherwise(change: Callable[[Call, Next], Awaitable[Reply]]) -> Act:
    """Where a URL that names a place was refused with `invalid_url`, something else is done."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        refused = call.operation == "createJob" and reply.status == 400 and _names_a_place(call)
        if not refused or reply.document["error"]["code"] != "invalid_url":
            return reply
        return await change(call, following)

    return act


async def _forbidden(call: Call, following: Next) -> Reply:
    return json_reply(422, {"error": {"code": "url_forbidden", "message": "Not a public URL."}})


async def _job_that_fails(call: Call, following: Next) -> Reply:
    return await following(call.with_document({**call.document, "source_url": _DOWNLOAD_FAILS}))


async def _pages_are_no_download(call: Call, following: Next, memory: Memory) -> Reply:
    if call.path.startswith(_UPLOADS) and call.method == "PUT":
        memory.kept[call.path] = call.body[:200].lstrip().lower().startswith((b"<!", b"<html"))
    if memory.kept.get(urlsplit(source_of(call)).path):
        call = call.with_document({**call.document, "source_url": _DOWNLOAD_FAILS})
    return await following(call)


async def _poor_jobs_fail(call: Call, following: Next, memory: Memory) -> Reply:
    """The account is let in, and its jobs fail: none of the listed codes tells of money."""
    reply = await following(call)
    if call.operation != "createJob" or reply.status != 402:
        return reply
    money = json.dumps({"usd": 1000}).encode()
    path = "/_emulator/balances/pinch-poor"
    host = tuple(item for item in call.headers if item[0] == "host")
    await following(replace(call, method="PUT", path=path, headers=host, body=money))
    created = await following(call.with_document({**call.document, "source_url": _WORK_FAILS}))
    empty = json.dumps({"usd": 0}).encode()
    await following(replace(call, method="PUT", path=path, headers=host, body=empty))
    return created


LENIENT: tuple[Act, ...] = (
    mends(("createUploadUrl",), _lenient_upload),
    mends(("createJob",), _lenient_job),
)
STRICT: tuple[Act, ...] = (
    _exact_scheme,
    declines(("createUploadUrl",), asks("content_type", _is_no_media)),
    declines(("createJob",), _dubs_into_itself),
    declines(("createJob",), _has_unknown_fields),
    _refuses_missing_uploads,
    _refuses_redirects,
    _refuses_speechless_videos,
)
REFUSES_URLS_OTHERWISE = otherwise(_forbidden)
LOOKS_LATER: tuple[Act, ...] = (otherwise(_job_that_fails), _pages_are_no_download, _poor_jobs_fail)


async def unprocessable(call: Call, following: Next, _: Memory) -> Reply:
    """422 wherever the plain service says 400."""
    reply = await following(call)
    wrong = call.operation is not None and reply.status == 400
    return Reply(422, reply.headers, reply.body) if wrong else reply


async def limited_creation(call: Call, following: Next, memory: Memory) -> Reply:
    """Each fourth new job comes too soon."""
    if call.operation != "createJob" or lacks_key(call) or memory.count("jobs") % 4 != 3:
        return await following(call)
    limited = {"code": "rate_limited", "message": "Too many requests."}
    return json_reply(429, {"error": limited}).with_header("retry-after", "0")
