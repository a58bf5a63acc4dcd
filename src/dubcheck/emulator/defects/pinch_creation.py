"""Pinch creates jobs and lists them otherwise than asked: echoes, counts, owners and sizes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from dubcheck.emulator.defects.interception import (
    PINCH_KEY,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.ways import Document, When, answers, refuses, replaces, sent

KEY = f"Bearer {PINCH_KEY}"
OPTIONS = 6
BINARY_500_MB = 524_288_000
_COUNTED_AFTER_SECONDS = 12.0


@dataclass(slots=True)
class _Count:
    """What a list last told an account, and who came since. Units: `since` monotonic seconds."""

    total: int | None = None
    newcomers: int = 0
    since: float = 0.0


def _whole_number(call: Call, name: str) -> int:
    text = call.parameter(name) or ""
    return int(text) if text.isdigit() and len(text) < 10 else -1


def _exceeds(most: int) -> Act:
    """A limit above 100 is told as 100, but up to `most` jobs come."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        wanted = min(_whole_number(call, "limit"), most)
        if call.operation != "listJobs" or not reply.succeeded or wanted <= 100:
            return reply
        offset = max(_whole_number(call, "offset"), 0) + 100
        more = call.with_parameter("offset", str(offset))
        rest = (await following(more.with_parameter("limit", str(wanted - 100)))).document
        page = reply.document
        return reply.with_document({**page, "jobs": [*page["jobs"], *rest["jobs"]]})

    return act


async def _counted_late(call: Call, following: Next, memory: Memory) -> Reply:
    """One job that joins a counted list is not counted for longer than any list may lag."""
    reply = await following(call)
    kept = memory.kept.setdefault(call.authorization, _Count())
    if call.operation == "createJob" and reply.succeeded:
        kept.newcomers, kept.since = kept.newcomers + 1, time.monotonic()
    if call.operation != "listJobs" or not reply.succeeded:
        return reply
    page = reply.document
    is_late = kept.newcomers == 1 and time.monotonic() - kept.since < _COUNTED_AFTER_SECONDS
    if kept.total is None or not is_late:
        kept.total, kept.newcomers = page["total"], 0
    return reply.with_document({**page, "total": kept.total})


async def _counts_everybodys(call: Call, following: Next, memory: Memory) -> Reply:
    """The total counts the jobs of every account, though only those of one are listed."""
    reply = await following(call)
    if call.operation == "createJob" and reply.succeeded:
        memory.kept[str(reply.document["job_id"])] = call.authorization
    if call.operation != "listJobs" or not reply.succeeded:
        return reply
    page, owners = reply.document, list(memory.kept.values())
    foreign = len(owners) - owners.count(call.authorization)
    return reply.with_document({**page, "total": page["total"] + foreign})


def _everybodys(when: When) -> Act:
    """Every account sees the jobs of one."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        known = call.authorization.startswith(f"{KEY}_")
        if call.operation == "listJobs" and known and when(call):
            call = call.with_header("authorization", KEY)
        return await following(call)

    return act


async def _last_of_another(call: Call, following: Next, _: Memory) -> Reply:
    """The last job of a page of another account is one of the first account."""
    reply = await following(call)
    known = call.authorization.startswith(f"{KEY}_")
    if call.operation != "listJobs" or not reply.succeeded or not known:
        return reply
    theirs = await following(call.with_header("authorization", KEY))
    page, jobs = reply.document, theirs.document["jobs"][:1]
    jobs = [*page["jobs"][:-1], *jobs]
    return reply.with_document({**page, "jobs": jobs, "total": max(page["total"], len(jobs))})


def _with_options(count: int) -> When:
    return lambda call: isinstance(call.document, dict) and len(call.document) == count


def _unknown_key(operation: str) -> Act:
    """A valid token is not known to one operation."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == operation and call.is_owners:
            told = {"error": {"code": "unauthorized", "message": "The key is not valid."}}
            return json_reply(401, told)
        return await following(call)

    return act


def _tells(field: str, value: str, *when_sent: str | None) -> Act:
    """The creation tells another value, where one of these was sent; None stands for nothing."""

    def change(answer: Document, _: Call) -> Document:
        return {**answer, field: value}

    def fits(_: Document, call: Call) -> bool:
        return call.document.get(field) in when_sent

    return answers("createJob", change, when=fits)


def _defects() -> Iterator[Defect]:
    create, pages = "pinch.create-job.", "pinch.list-jobs."
    yield Defect(f"{create}echoes-auto-source-lang", "en", _tells("source_lang", "en", "auto"))
    yield Defect(f"{create}echoes-auto-source-lang", "target", _echoes_target("auto"))
    yield Defect(f"{create}source-lang-defaults-to-auto", "en", _tells("source_lang", "en", None))
    yield Defect(f"{create}source-lang-defaults-to-auto", "target", _echoes_target(None))
    limits = ("limits", "max_file_size_bytes")
    binary = replaces("createJob", BINARY_500_MB, *limits)
    agrees = f"{create}file-size-limit-agrees-with-upload-url"
    yield Defect(agrees, "binary-in-jobs", binary)
    binary = replaces("createUploadUrl", BINARY_500_MB, "max_file_size_bytes")
    yield Defect(agrees, "binary-in-upload-urls", binary)
    only = refuses("createJob", _with_options(2))
    yield Defect(f"{create}accepts-required-fields-only", "wants-options", only)
    every = refuses("createJob", _with_options(OPTIONS))
    yield Defect(f"{create}accepts-every-field", "one-too-many", every)
    both = refuses("createJob", lambda call: _has_both(call))
    yield Defect(f"{create}accepts-every-field", "lag-or-volume", both)
    yield Defect(f"{pages}page-holds-at-most-100", "one-more", _exceeds(101))
    yield Defect(f"{pages}page-holds-at-most-100", "as-many-as-asked", _exceeds(200))
    yield Defect(f"{pages}total-counts-a-new-job", "counted-late", _counted_late)
    yield Defect(f"{pages}total-counts-every-job", "of-every-account", _counts_everybodys)
    yield Defect(f"{pages}only-own-jobs-are-listed", "everybodys", _everybodys(lambda _: True))
    largest = _everybodys(lambda call: call.parameter("limit") == "100")
    yield Defect(f"{pages}only-own-jobs-are-listed", "with-the-largest-limit", largest)
    yield Defect(f"{pages}only-own-jobs-are-listed", "last-of-a-page", _last_of_another)
    for operation in ("listJobs", "getJob", "getJobResult"):
        act = _unknown_key(operation)
        yield Defect("pinch.auth.bearer-token-is-accepted", operation, act)


def _has_both(call: Call) -> bool:
    return sent("translation_lag_time")(call) and sent("original_speech_volume")(call)


def _echoes_target(asked: str | None) -> Act:
    def fits(_: Document, call: Call) -> bool:
        return bool(call.document.get("source_lang") == asked)

    return answers(
        "createJob", lambda job, _: {**job, "source_lang": job["target_lang"]}, when=fits
    )


DEFECTS = tuple(_defects())
