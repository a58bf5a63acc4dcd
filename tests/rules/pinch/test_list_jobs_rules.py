"""What the rules say of pages and their entries."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.rules import Kind

ID = "pinch.list-jobs."


def jobs(service: Any, count: int) -> list[Any]:
    """Entries of so many jobs, the oldest first."""
    return [
        service.summary("pending", 60, job_id=f"j{n}", created_at=f"2026-03-05T12:00:{n % 60:02}Z")
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        pytest.param("", {}, id="plain"),
        pytest.param("?limit=3", {"limit": 3, "total": 9}, id="full-page"),
        pytest.param("?limit=20&offset=6", {"offset": 6, "total": 9}, id="last-page"),
        pytest.param("?limit=1000", {"limit": 100}, id="clamped"),
        pytest.param("?limit=0", {"limit": 0}, id="zero-is-open"),
        pytest.param("?limit=abc", {"limit": 20}, id="text-is-open"),
        pytest.param("", {"limit": 20.0, "more": True}, id="fraction-and-extra"),
    ],
)
def test_faithful_page_breaks_nothing(
    query: str, changes: dict[str, Any], service: Any, judged: Any
) -> None:
    """Pages as documented, and what limits out of range may lead to, fail nothing."""
    service.listing(jobs(service, 3), 60, query, **changes)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("query", "changes", "broken"),
    [
        pytest.param("", {"limit": 10}, "limit-defaults-to-20", id="default-limit"),
        pytest.param("", {"offset": 1}, "offset-defaults-to-0", id="default-offset"),
        pytest.param("?limit=5", {"limit": 20}, "echoes-limit", id="limit"),
        pytest.param("?limit=100", {"limit": 101}, "echoes-limit", id="limit-101"),
        pytest.param("?offset=2", {"offset": 0}, "echoes-offset", id="offset"),
        pytest.param("?limit=101", {"limit": 101}, "echoed-limit-is-at-most-100", id="cap"),
        pytest.param("?limit=2", {"limit": 2}, "page-holds-at-most-limit", id="too-many"),
        pytest.param(
            "?offset=900",
            {"offset": 900, "total": 3},
            "offset-beyond-the-end-is-empty",
            id="beyond",
        ),
    ],
)
def test_wrong_page_breaks_its_own_requirement(
    query: str, changes: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """Each wrong page is found under its own id and no other."""
    service.listing(jobs(service, 3), 60, query, **changes)

    assert judged().failed == {ID + broken}


def test_page_of_more_than_100_is_found(service: Any, judged: Any) -> None:
    """A page of 101 jobs is found where the limit asked for is out of range."""
    service.listing(jobs(service, 101), 60, "?limit=200", limit=100, total=101)

    assert f"{ID}page-holds-at-most-100" in judged().failed


def test_page_larger_than_its_echoed_limit_is_found(service: Any, judged: Any) -> None:
    """A limit out of range that is said to have become 20 must have become 20."""
    service.listing(jobs(service, 30), 60, "?limit=200", limit=20, total=30)

    assert f"{ID}page-holds-at-most-limit" in judged().failed


def test_empty_page_beyond_the_end_passes(service: Any, judged: Any) -> None:
    """A page at or beyond the total that is empty passes."""
    service.listing([], 60, "?offset=3", offset=3, total=3)

    judgement = judged()

    assert judgement.failed == set()
    assert f"{ID}offset-beyond-the-end-is-empty" in judgement.passed


def test_short_page_is_found_beside_a_longer_one(service: Any, judged: Any) -> None:
    """A page that hides jobs which an earlier page showed is found, with that page."""
    service.listing(jobs(service, 6), 60, "?limit=20")
    service.listing(jobs(service, 3), 61, "?limit=5", limit=5, total=6)

    judgement = judged()

    assert judgement.failed == {f"{ID}page-is-full"}
    assert judgement.evidence(f"{ID}page-is-full") == ("x-1", "x-2")


def test_page_of_what_is_no_job_is_not_counted(service: Any, judged: Any) -> None:
    """Texts in place of jobs are told as that, not as a page that is short or not empty."""
    service.listing(jobs(service, 6), 60, "?limit=20")
    service.listing(["job"], 61, "?limit=5", limit=5, total=6)
    service.listing(["job"], 62, "?offset=300", offset=300, total=6)

    assert judged().failed == {f"{ID}jobs-are-objects"}


@pytest.mark.parametrize(
    ("seconds", "broken"),
    [
        pytest.param(1, set(), id="a-copy-may-lag"),
        pytest.param(7, set(), id="for-as-long-as-probes-wait"),
        pytest.param(9, {f"{ID}created-job-is-listed"}, id="lost"),
    ],
)
def test_jobs_that_leave_the_list_are_found(
    seconds: int, broken: set[str], service: Any, judged: Any
) -> None:
    """A list that has fewer jobs than before, by its own total, has lost them."""
    service.listing(jobs(service, 6), 60, "?limit=20")
    service.listing(jobs(service, 3), 60 + seconds, "?limit=20")

    assert judged().failed == broken


def test_page_beyond_the_end_of_a_list_that_lost_jobs_is_not_short(
    service: Any, judged: Any
) -> None:
    """Where a list has lost jobs, a page behind its new end is rightly empty."""
    service.listing(jobs(service, 6), 60, "?limit=20")
    service.listing([], 80, "?limit=2&offset=4", limit=2, offset=4, total=3)

    assert judged().failed == {f"{ID}created-job-is-listed"}


def test_total_that_promises_more_is_another_finding(service: Any, judged: Any) -> None:
    """A page that is shorter than its total may have a wrong total, which a probe tells."""
    service.listing(jobs(service, 3), 60, "?limit=5", limit=5, total=4)

    assert judged().failed == set()


def test_job_twice_on_a_page_is_found(service: Any, judged: Any) -> None:
    """A job that stands twice on one page is found."""
    service.listing([*jobs(service, 2), *jobs(service, 1)], 60)

    assert f"{ID}jobs-on-a-page-differ" in judged().failed


def test_repeated_job_does_not_make_other_pages_short(service: Any, judged: Any) -> None:
    """A page that repeats a job proves no more jobs than it names, so the next is not short."""
    entries = jobs(service, 2)
    service.listing([*entries, entries[1]], 60, total=2)
    service.listing(entries, 61)

    assert judged().failed == {f"{ID}jobs-on-a-page-differ"}


def test_wrong_updated_at_of_a_job_does_not_accuse_the_list(service: Any, judged: Any) -> None:
    """Where getJob's own `updated_at` is frozen, the list that shows it right is not accused."""
    frozen = "2026-03-05T12:00:00Z"
    service.create()
    service.see("pending", 60, updated_at=frozen)
    service.see("completed", 70, updated_at=frozen)
    service.listing([service.summary("completed", 80, updated_at="2026-03-05T12:01:05Z")], 80)
    service.see("completed", 90, updated_at=frozen)

    assert judged().failed == {"pinch.get-job.updated-at-follows-changes"}


@pytest.mark.parametrize(
    ("order", "reading"),
    [([0, 9, 18], "oldest-first"), ([18, 9, 0], "newest-first"), ([9, 0, 18], "other")],
    ids=["oldest-first", "newest-first", "other"],
)
def test_order_is_a_reading(order: list[int], reading: str, service: Any, judged: Any) -> None:
    """Either direction is a reading; another order breaks the inferred requirement only."""
    entries = jobs(service, 20)
    service.listing([entries[n] for n in order], 60)

    judgement = judged()

    assert judgement.readings[f"{ID}order-direction"] == {reading}
    assert judgement.failed == ({f"{ID}order-is-by-creation"} if reading == "other" else set())


@pytest.mark.parametrize(
    "stamps",
    [["05.100", "04.200", "09.000"], ["05", "04", "09"]],
    ids=["by-0.9-s", "in-whole-seconds"],
)
def test_jobs_created_at_once_may_stand_in_either_order(
    stamps: list[str], service: Any, judged: Any
) -> None:
    """Neighbours less than a second apart the other way round are no other order."""
    entries = [
        service.summary("pending", 60, job_id=stamp, created_at=f"2026-03-05T12:00:{stamp}Z")
        for stamp in stamps
    ]
    service.listing(entries, 60)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}order-direction"] == {"oldest-first"}


def test_order_is_found_by_its_first_offence_only(service: Any, judged: Any) -> None:
    """Of a long page in another order, the finding names two jobs."""
    entries = jobs(service, 20)
    service.listing([entries[n] for n in (0, 3, 9, 6, 15, 12)], 60)

    offence = next(item for item in judged().outcomes if item.kind is Kind.FAIL)

    assert offence.actual == "2026-03-05T12:00:09Z before 2026-03-05T12:00:06Z"


def test_refused_documented_limit_is_found(pinch: Any, judged: Any) -> None:
    """A limit within bounds that has no id of its own breaks `answers-200` when refused."""
    error = {"error": {"code": "bad", "message": "no"}}
    pinch("listJobs", status=400, answer=error, url="/api/dubbing/jobs?limit=99")

    assert judged().failed == {f"{ID}answers-200"}


@pytest.mark.parametrize("query", ["?limit=100", "?limit=0", "?offset=-1", "?limit=5&limit=6"])
def test_other_refusals_are_left_to_probes(query: str, pinch: Any, judged: Any) -> None:
    """Refusals that are open, or have an id of their own, are not told twice."""
    error = {"error": {"code": "bad", "message": "no"}}
    pinch("listJobs", status=400, answer=error, url=f"/api/dubbing/jobs{query}")

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"status": "failed"}, "status-agrees-with-job", id="status"),
        pytest.param({"status": "processing"}, "status-agrees-with-job", id="old-status"),
        pytest.param({"target_lang": "fr"}, "target-lang-agrees-with-job", id="target"),
        pytest.param(
            {"created_at": "2026-03-05T12:00:09Z"}, "created-at-agrees-with-job", id="created"
        ),
        pytest.param(
            {"updated_at": "2026-03-05T12:00:19Z"}, "updated-at-agrees-with-job", id="updated"
        ),
        pytest.param(
            {"updated_at": "2026-03-05T12:00:09Z"}, "updated-at-agrees-with-job", id="old-update"
        ),
    ],
)
def test_wrong_entry_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """Each wrong value of an entry is found under its own id."""
    service.create()
    service.see("completed", 20)
    service.listing([service.summary("completed", 30, **changes)], 30)
    service.see("completed", 31)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        pytest.param({"status": "uploading"}, 27, id="seconds-behind"),
        pytest.param({"updated_at": "2026-03-05T12:00:09Z"}, 27, id="update-seconds-behind"),
        pytest.param({"source_lang": "en"}, 25, id="detected"),
        pytest.param({"created_at": "2026-03-05T13:00:00.250+01:00"}, 25, id="other-notation"),
    ],
)
def test_permissible_entry_breaks_nothing(
    changes: dict[str, Any], seconds: float, service: Any, judged: Any
) -> None:
    """A list seconds behind, a detected language and another notation are legal."""
    service.create()
    service.see("completed", 20)
    service.listing([service.summary("completed", seconds, **changes)], seconds)
    service.see("completed", 30)

    assert judged().failed == set()


def test_status_that_may_have_changed_is_not_judged(service: Any, judged: Any) -> None:
    """An entry between two different statuses of its job may show either."""
    service.see("processing", 5)
    service.listing([service.summary("uploading", 6)], 6)
    service.see("completed", 12)

    assert judged().failed == set()
