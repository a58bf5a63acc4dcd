"""Variations in HTTP and time: headers, redirects, limits, clocks. JSON is in forms.py."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from dubcheck.emulator.defects.interception import Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.settings import Speed
from dubcheck.emulator.variations.changes import lacks_key
from dubcheck.emulator.variations.variation import Variation, readings, together
from dubcheck.emulator.workspace import Workspace

SLOW_SECONDS = 0.3
# With fewer requests between them, a client's every retry would be refused as well.
REFUSES_EACH = 10
_CLOSED_SECONDS = 12
_HTTP = "The documents say nothing of it; HTTP/1.1 leaves it to the server."
_LIMITED = {
    "error": {"code": "rate_limited", "message": "Too many requests."},
    "detail": "Too many requests.",
}


async def _slowly(call: Call, following: Next, _: Memory) -> Reply:
    await asyncio.sleep(SLOW_SECONDS)
    return await following(call)


async def _with_charset(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation is None:
        return reply
    reply = reply.with_header("content-type", "application/json; charset=utf-8")
    return reply.with_header("x-request-id", "r-1").with_header("cache-control", "no-store")


async def _redirected(call: Call, following: Next, _: Memory) -> Reply:
    if call.operation is None or call.method != "GET" or call.parameter("moved"):
        return await following(replace(call, query=call.query.replace("moved=1&", "")))
    query = f"?moved=1&{call.query}"
    return Reply(307, (("location", f"{quote(call.path)}{query}"),), b"")


async def _in_capitals(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    headers = ((name.upper(), value) for name, value in reply.headers if name != "content-length")
    return Reply(reply.status, (*headers, ("Server", "other/1.0"), ("Via", "1.1 edge")), reply.body)


async def _closing(call: Call, following: Next, _: Memory) -> Reply:
    return (await following(call)).with_header("connection", "close")


async def _in_chunks(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation is None or call.method == "HEAD":
        return reply
    return reply.with_header("transfer-encoding", "chunked")


async def _zipped(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation is None or "gzip" not in (call.header("accept-encoding") or ""):
        return reply
    headers = (*reply.headers, ("content-encoding", "gzip"), ("vary", "accept-encoding"))
    return Reply(reply.status, headers, gzip.compress(reply.body))


async def _other_refusals(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    is_storage = not call.path.startswith(("/api/", "/v1/"))
    if is_storage or not 400 <= reply.status < 500 or reply.status == 401:
        return reply
    given = (call.header("content-type") or "").partition(";")[0]
    if call.operation is None:
        # Panjaya's list has 404 for what is not found, a path as well.
        unknown = 400 if call.path.startswith("/api/") else 404
        return replace(reply, status={404: unknown, 405: 404}.get(reply.status, reply.status))
    is_other = given not in ("application/json", "multipart/form-data")
    return replace(reply, status=415) if is_other and reply.status == 400 else reply


async def _courteous(call: Call, following: Next, _: Memory) -> Reply:
    if not call.path.startswith(("/api/", "/v1/")):
        return await following(call)
    if call.method == "OPTIONS":
        return Reply(204, (("allow", "GET, HEAD, POST, PATCH, OPTIONS"),), b"")
    if call.method == "HEAD":
        reply = await following(replace(call, method="GET"))
        return Reply(reply.status, reply.headers, b"")
    if call.path.startswith("/api/") and call.path.endswith("/") and not lacks_key(call):
        return Reply(308, (("location", quote(call.path.rstrip("/"))),), b"")
    return await following(call)


async def _now_and_then(call: Call, following: Next, memory: Memory) -> Reply:
    """Each tenth request is refused, which the next one need not be."""
    turn = memory.count("requests") if _counts(call) else 0
    if turn % REFUSES_EACH == REFUSES_EACH - 1:
        wait = str(turn // REFUSES_EACH % 2)
        return json_reply(429, _LIMITED).with_header("retry-after", wait)
    return await following(call)


async def _all_together(call: Call, following: Next, memory: Memory) -> Reply:
    """After three hundred requests nothing is let in for longer than any window seems."""
    now = asyncio.get_running_loop().time()
    closed_until = memory.kept.get("until", 0.0)
    if _counts(call) and now >= closed_until and memory.count("requests") == 299:
        memory.kept["until"] = closed_until = now + _CLOSED_SECONDS
    if _counts(call) and now < closed_until:
        return json_reply(429, _LIMITED).with_header("retry-after", str(_CLOSED_SECONDS))
    return await following(call)


def _counts(call: Call) -> bool:
    return call.operation is not None and not lacks_key(call)


def _clock_off(seconds: float) -> Callable[[Workspace], None]:
    return lambda workspace: workspace.clock.advance(seconds)


TRANSPORT: dict[str, Variation] = {
    "slow-answers": Variation(
        "Answers everything 0.3 s later.", "No document bounds the time of an answer.", _slowly
    ),
    "slow-work": Variation(
        "Takes six seconds for a job and for an asset.",
        "No document bounds how long a job or an asset takes.",
        settings={"speed": Speed.SLOW},
    ),
    "json-with-charset": Variation(
        "Names the charset of JSON, and sends headers of its own.", _HTTP, _with_charset
    ),
    "redirected-reads": Variation(
        "Redirects each GET once, to the same path with another query.", _HTTP, _redirected
    ),
    "headers-in-capitals": Variation(
        "Writes header names in capitals, and adds those of a proxy.", _HTTP, _in_capitals
    ),
    "closed-connections": Variation(
        "Closes the connection after each answer, and compresses what may be.",
        _HTTP,
        together(_closing, _zipped),
    ),
    "chunked-answers": Variation(
        "Sends bodies in chunks, without their length.", _HTTP, _in_chunks
    ),
    "other-refusals": Variation(
        "Answers 400 to Pinch's unknown paths, 404 to unknown methods, 415 to other types.",
        "Panjaya calls its list general meanings; Pinch prints no status beside its codes.",
        _other_refusals,
    ),
    "courteous-http": Variation(
        "Answers HEAD and OPTIONS, and redirects Pinch's paths that end in a slash.",
        "Neither document says what is not there.",
        _courteous,
    ),
    "rate-limited-now-and-then": Variation(
        "Answers 429 to each tenth request, with Retry-After 0 or 1.",
        "Pinch speaks of 10 requests a minute and its own sample asks more often; Panjaya has"
        " account limits and no number.",
        _now_and_then,
        readings("pinch.errors", rate_limit_scope="each-operation"),
    ),
    "rate-limited-together": Variation(
        "Answers 429 to everything for twelve seconds, after three hundred requests.",
        "As above: to which requests a limit applies is open.",
        _all_together,
        readings("pinch.errors", rate_limit_scope="every-request"),
    ),
    "clock-fast": Variation(
        "Has a clock that is four minutes ahead, in the Date header too.",
        "No document says that the service's clock is that of its caller.",
        arrange=_clock_off(240),
    ),
    "clock-slow": Variation(
        "Has a clock that is four minutes behind, in the Date header too.",
        "No document says that the service's clock is that of its caller.",
        arrange=_clock_off(-240),
    ),
}
