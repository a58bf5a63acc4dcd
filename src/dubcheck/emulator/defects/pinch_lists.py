"""Pinch lists that page wrongly or disagree with their jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.ways import Document, answers, crashes, replaces, restates

Jobs = list[dict[str, Any]]


def _page(change: Callable[[Document, Call], None], when: Any = lambda *_: True) -> Act:
    def changed(page: Document, call: Call) -> Document:
        change(page, call)
        return page

    return answers("listJobs", changed, when=when)


def _asked(change: Callable[[Call], Call]) -> Act:
    """Looks at another query than the one that was asked; the echo is put right again."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation != "listJobs":
            return await following(call)
        right = await following(call)
        wrong = await following(change(call))
        if not right.succeeded or not wrong.succeeded:
            return right
        page = {**right.document, "jobs": wrong.document["jobs"]}
        return right.with_document(page)

    return act


def _shifted(call: Call) -> Call:
    return call.with_parameter("offset", str(_offset(call) + 1)) if _is_later_page(call) else call


def _repeating(call: Call) -> Call:
    return call.with_parameter("offset", str(_offset(call) - 1)) if _is_later_page(call) else call


def _is_later_page(call: Call) -> bool:
    """Whether whole pages lie before it; offsets that are no page's are another matter."""
    limit = call.parameter("limit") or "20"
    return limit.isdigit() and int(limit) > 1 and _offset(call) > 0 == _offset(call) % int(limit)


def _first_page(call: Call) -> Call:
    return replace(call, query="&".join(p for p in call.query.split("&") if "offset" not in p))


def _offset(call: Call) -> int:
    text = call.parameter("offset") or "0"
    return int(text) if text.isdigit() else 0


def _in_jobs(change: Callable[[dict[str, Any]], None], last_only: bool = False) -> Act:
    def changed(page: Document, _: Call) -> None:
        for job in page["jobs"][-1:] if last_only else page["jobs"]:
            change(job)

    return _page(changed)


def _truncated(page: Document, _: Call) -> None:
    page["jobs"] = page["jobs"][:-1] if len(page["jobs"]) > 2 else page["jobs"]


def _doubled(page: Document, _: Call) -> None:
    if len(page["jobs"]) > 1:
        page["jobs"][-1] = page["jobs"][0]


def _overfull(page: Document, call: Call) -> None:
    limit = call.parameter("limit") or ""
    if len(page["jobs"]) == page["limit"] and page["jobs"] and limit.isdigit() and int(limit) <= 50:
        extra = {**page["jobs"][-1], "job_id": page["jobs"][-1]["job_id"] + "x"}
        page["jobs"].append(extra)


def _wrapped(page: Document, call: Call) -> None:
    if not page["jobs"] and _offset(call) and page["total"]:
        page["jobs"] = [{"job_id": "dub_ghost", **_GHOST}]


_GHOST = {
    "status": "completed",
    "source_lang": "en",
    "target_lang": "es",
    "created_at": "2026-03-05T14:30:00Z",
    "updated_at": "2026-03-05T14:35:22Z",
}


async def _turning(call: Call, following: Next, memory: Memory) -> Reply:
    reply = await following(call)
    if call.operation != "listJobs" or not reply.succeeded or memory.count("pages") % 2:
        return reply
    return reply.with_document({**reply.document, "jobs": reply.document["jobs"][::-1]})


def hides_jobs(is_hidden: Callable[[Call, Memory], bool]) -> Act:
    """Jobs whose creation this is true of are in no list, and in no total."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation == "createJob" and reply.succeeded and is_hidden(call, memory):
            memory.kept[str(reply.document["job_id"])] = call.authorization
        if call.operation != "listJobs" or not reply.succeeded:
            return reply
        page = reply.document
        page["jobs"] = [job for job in page["jobs"] if job["job_id"] not in memory.kept]
        page["total"] -= list(memory.kept.values()).count(call.authorization)
        return reply.with_document(page)

    return act


def _is_not_the_first(_: Call, memory: Memory) -> bool:
    return memory.count("jobs") >= 1


def _expects_success(job: dict[str, Any]) -> None:
    if job["status"] not in ("completed", "failed"):
        job.update(status="completed")


def _crashes_from(offset: int) -> Act:
    return crashes("listJobs", lambda call: _offset(call) >= offset)


DEFECTS = (
    Defect("pinch.list-jobs.answers-200", "206", restates("listJobs", 200, 206)),
    Defect(
        "pinch.list-jobs.limit-defaults-to-20",
        "10",
        _page(
            lambda page, _: page.update(limit=10), lambda _, call: call.parameter("limit") is None
        ),
    ),
    Defect(
        "pinch.list-jobs.offset-defaults-to-0",
        "1",
        _page(
            lambda page, _: page.update(offset=1), lambda _, call: call.parameter("offset") is None
        ),
    ),
    Defect(
        "pinch.list-jobs.echoes-limit",
        "always-20",
        _page(
            lambda page, _: page.update(limit=20),
            lambda _, call: (call.parameter("limit") or "") in ("1", "2", "3", "5"),
        ),
    ),
    Defect("pinch.list-jobs.echoes-offset", "always-0", replaces("listJobs", 0, "offset")),
    Defect(
        "pinch.list-jobs.echoed-limit-is-at-most-100",
        "as-asked",
        _page(
            lambda page, call: page.update(limit=int(call.parameter("limit") or 0)),
            lambda _, call: (
                (call.parameter("limit") or "").isdigit()
                and int(call.parameter("limit") or 0) > 100
            ),
        ),
    ),
    Defect("pinch.list-jobs.page-holds-at-most-limit", "one-more", _page(_overfull)),
    Defect("pinch.list-jobs.page-is-full", "one-less", _page(_truncated)),
    Defect("pinch.list-jobs.offset-skips-jobs", "ignored", _asked(_first_page)),
    Defect("pinch.list-jobs.offset-beyond-the-end-is-empty", "ghost", _page(_wrapped)),
    Defect("pinch.list-jobs.pages-do-not-repeat-jobs", "off-by-one", _asked(_repeating)),
    Defect("pinch.list-jobs.pages-cover-every-job", "off-by-one", _asked(_shifted)),
    Defect("pinch.list-jobs.jobs-on-a-page-differ", "last-is-first", _page(_doubled)),
    Defect("pinch.list-jobs.order-is-stable", "turns", _turning),
    Defect(
        "pinch.list-jobs.total-counts-every-job",
        "one-more",
        _page(lambda page, _: page.update(total=page["total"] + 1)),
    ),
    Defect(
        "pinch.list-jobs.total-counts-every-job",
        "never-over-100",
        _page(lambda page, _: page.update(total=min(page["total"], 100))),
    ),
    Defect(
        "pinch.list-jobs.total-is-the-same-on-every-page",
        "page-size",
        _page(lambda page, _: page.update(total=len(page["jobs"]))),
    ),
    Defect(
        "pinch.list-jobs.total-is-the-same-on-every-page",
        "what-is-left",
        _page(lambda page, call: page.update(total=max(page["total"] - _offset(call), 0))),
    ),
    Defect(
        "pinch.list-jobs.total-is-the-same-on-every-page",
        "own-count-on-later-pages",
        _page(
            lambda page, _: page.update(total=len(page["jobs"])), lambda _, call: _offset(call) > 0
        ),
    ),
    Defect("pinch.list-jobs.created-job-is-listed", "forgets", hides_jobs(_is_not_the_first)),
    Defect("pinch.list-jobs.answers-200", "crashes-on-the-second-hundred", _crashes_from(100)),
    Defect("pinch.list-jobs.answers-200", "crashes-on-large-offsets", _crashes_from(1_000_000)),
    Defect(
        "pinch.list-jobs.target-lang-agrees-with-job",
        "always-es",
        _in_jobs(lambda job: job.update(target_lang="fr")),
    ),
    Defect(
        "pinch.list-jobs.status-agrees-with-job",
        "always-pending",
        _in_jobs(lambda job: job.update(status="pending")),
    ),
    Defect(
        "pinch.list-jobs.status-agrees-with-job",
        "completed-too-early",
        _in_jobs(_expects_success),
    ),
    Defect(
        "pinch.list-jobs.created-at-agrees-with-job",
        "an-hour-off",
        _in_jobs(lambda job: job.update(created_at=job["created_at"].replace("Z", "+01:00"))),
    ),
    Defect(
        "pinch.list-jobs.updated-at-agrees-with-job",
        "is-created-at",
        _in_jobs(lambda job: job.update(updated_at="2026-03-05T14:30:00Z")),
    ),
)
