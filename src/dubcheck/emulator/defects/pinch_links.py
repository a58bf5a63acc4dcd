"""Pinch links that do not work, live too short or too long, or lead to another file.

A refreshed link is told from the first one by a mark in its query, taken off when it is used.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

from dubcheck.emulator.defects.interception import (
    PINCH_KEY,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
)
from dubcheck.emulator.defects.pinch_uploads import FOLDER
from dubcheck.emulator.defects.ways import later

RESULTS = "/pinch-dubbing/results/"
LIFE_SECONDS = 172_800
WEEK_SECONDS = 604_800
_MARK = "&x-id=refreshed"
_TOKEN = "token="  # noqa: S105 - the name of a parameter
_DENIED = b"<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"

Serve = Callable[[Call, Next, Memory], Awaitable[Reply]]


def denied(text: str = "Access Denied", status: int = 403) -> Reply:
    """How storage refuses."""
    return Reply(status, (("content-type", "application/xml"),), _DENIED % text.encode())


def fetched(kind: str, serve: Serve) -> Act:
    """Serves downloads by `output` or `download` links in a way of its own."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.path.startswith(RESULTS):
            is_meant = (kind == "download") == call.query.endswith(_MARK)
            plain = replace(call, query=call.query.removesuffix(_MARK))
            return await serve(plain, following, memory) if is_meant else await following(plain)
        reply = await following(call)
        if call.operation == "getJobResult" and reply.succeeded:
            document = reply.document
            return reply.with_document(
                {**document, "download_url": document["download_url"] + _MARK}
            )
        return reply

    return act


def stored(serve: Serve) -> Act:
    """Takes uploads in a way of its own."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.method == "PUT" and call.path.startswith(FOLDER):
            return await serve(call, following, memory)
        return await following(call)

    return act


async def _now(following: Next) -> float:
    """The time by the emulator's clock, which a test may have turned."""
    reply = await following(Call("GET", "/_emulator/clock", "", (), b"", None, ""))
    return float(reply.document["now"]) if reply.succeeded else time.time()


def _signed_at(call: Call) -> float:
    text = call.parameter("X-Amz-Date") or "19700101T000000Z"
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()


def _life(call: Call) -> float:
    return float(call.parameter("X-Amz-Expires") or 0)


def _only_for(part: Callable[[float], float]) -> Serve:
    async def serve(call: Call, following: Next, _: Memory) -> Reply:
        if await _now(following) > _signed_at(call) + part(_life(call)):
            return denied("Request has expired")
        return await following(call)

    return serve


async def _once(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if reply.status == 200 and memory.count(call.query):
        return denied("This link was used already")
    return reply


def _outlives(by_seconds: float) -> Serve:
    async def serve(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        is_over = reply.status == 403 and b"Request has expired" in reply.body
        end = _signed_at(call) + _life(call)
        if not is_over or await _now(following) > end + by_seconds:
            return reply
        if call.method == "PUT":
            return Reply(200, (("etag", '"kept"'),), b"")
        return await _afresh(call, following)

    return serve


async def _afresh(call: Call, following: Next) -> Reply:
    """The same file by a link signed now."""
    job_id = call.path.removeprefix(RESULTS).partition(".")[0]
    asked = replace(
        call.with_header("authorization", f"Bearer {PINCH_KEY}"),
        method="GET",
        path=f"/api/dubbing/jobs/{job_id}/result",
        query="",
        operation="getJobResult",
        id=job_id,
    )
    url = (await following(asked)).document["download_url"]
    return await following(replace(call, query=url.partition("?")[2]))


async def _refuses(_: Call, __: Next, ___: Memory) -> Reply:
    return denied()


async def _wants_key(call: Call, following: Next, _: Memory) -> Reply:
    return await following(call) if call.authorization else denied("No key", 401)


async def _empty(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    return Reply(reply.status, reply.headers, b"") if reply.status == 200 else reply


async def _one_byte_more(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    return Reply(200, reply.headers, reply.body + b"\0") if reply.status == 200 else reply


async def _half(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    half = reply.body[: len(reply.body) // 2]
    return Reply(200, reply.headers, half) if reply.status == 200 else reply


def _if_wav(serve: Serve) -> Serve:
    async def only(call: Call, following: Next, memory: Memory) -> Reply:
        is_wav = call.path.endswith(".wav")
        return await (serve(call, following, memory) if is_wav else following(call))

    return only


async def _swept_away(call: Call, following: Next, memory: Memory) -> Reply:
    """The file itself goes when the first link has expired."""
    first = memory.kept.setdefault(call.path, _signed_at(call))
    if _signed_at(call) > first + LIFE_SECONDS:
        return denied("NoSuchKey", 404)
    return await following(call)


async def _frozen_end(call: Call, following: Next, memory: Memory) -> Reply:
    """Links of a form that tells no end, announced with the end of the first one for ever."""
    if call.path.startswith(RESULTS) and call.query.startswith(_TOKEN):
        token = parse_qs(call.query)["token"][0]
        call = replace(call, query=base64.urlsafe_b64decode(token).decode())
    reply = await following(call)
    if call.operation != "getJobResult" or not reply.succeeded:
        return reply
    document = reply.document
    address, _, query = document["download_url"].partition("?")
    token = base64.urlsafe_b64encode(query.encode()).decode()
    end = memory.kept.setdefault(call.id, document["expires_at"])
    return reply.with_document(
        {**document, "download_url": f"{address}?{_TOKEN}{token}", "expires_at": end}
    )


async def _for_a_week(call: Call, following: Next, _: Memory) -> Reply:
    """Output links that say of themselves, and are announced, to live for a week."""
    given, claimed = f"X-Amz-Expires={LIFE_SECONDS}", f"X-Amz-Expires={WEEK_SECONDS}"
    if call.path.startswith(RESULTS):
        call = replace(call, query=call.query.replace(claimed, given))
    reply = await following(call)
    if call.operation != "getJob" or not reply.succeeded or not reply.document["output_url"]:
        return reply
    job = reply.document
    end = later(job["output_expires_at"], seconds=WEEK_SECONDS - LIFE_SECONDS)
    url = job["output_url"].replace(given, claimed)
    return reply.with_document({**job, "output_url": url, "output_expires_at": end})


LIVES: tuple[tuple[str, str, Serve], ...] = (
    ("works-until-expiry", "half-its-life", _only_for(lambda seconds: seconds / 2)),
    ("works-until-expiry", "two-minutes-early", _only_for(lambda seconds: seconds - 120)),
    ("dies-after-expiry", "never", _outlives(float("inf"))),
    ("dies-after-expiry", "five-minutes-of-grace", _outlives(300)),
)
DOWNLOADS: tuple[tuple[str, Serve], ...] = (
    ("refuses", _refuses),
    ("wants-the-key", _wants_key),
    ("empty", _empty),
)


def _defects() -> Iterator[Defect]:
    for fact, slug, serve in LIVES:
        yield Defect(f"pinch.storage.upload-url-{fact}", slug, stored(serve))
        for kind in ("output", "download"):
            yield Defect(f"pinch.storage.{kind}-url-{fact}", slug, fetched(kind, serve))
    for kind in ("output", "download"):
        act = fetched(kind, _once)
        yield Defect(f"pinch.storage.{kind}-url-works-until-expiry", "works-once", act)
        for slug, serve in DOWNLOADS:
            yield Defect(f"pinch.storage.{kind}-url-downloads", slug, fetched(kind, serve))
    for slug, serve in (("not-of-wav", _if_wav(_refuses)), ("empty-if-wav", _if_wav(_empty))):
        yield Defect("pinch.storage.output-url-downloads", slug, fetched("output", serve))
    for slug, serve in (("refuses", _refuses), ("wants-the-key", _wants_key)):
        yield Defect("pinch.storage.put-is-accepted", slug, stored(serve))
    for slug, serve in (("one-byte-more", _one_byte_more), ("half-of-wav", _if_wav(_half))):
        yield Defect("pinch.get-result.serves-the-same-file", slug, fetched("download", serve))
    swept = fetched("download", _swept_away)
    yield Defect("pinch.get-result.replaces-an-expired-link", "file-is-gone", swept)
    yield Defect("pinch.get-result.later-link-lives-longer", "first-end-for-ever", _frozen_end)
    yield Defect("pinch.get-job.output-life-is-24-to-48-hours", "a-week", _for_a_week)


DEFECTS = tuple(_defects())
