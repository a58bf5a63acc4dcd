"""listJobs as an algebra of pages: what holds between pages of one list that does not change.

One defect shows in many pages; each probe leaves to the others what is theirs to tell.
"""

from __future__ import annotations

import time

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer, is_loopback
from dubcheck.targets.counted_lists import read_counted
from dubcheck.targets.foreign_jobs import create_foreign_job
from dubcheck.targets.job_lists import (
    LARGEST_LIMIT,
    Listing,
    ids_of,
    read_listing_with,
    repeated_ids,
    total_of,
)
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.quiet_lists import QuietLists, read_quietly
from dubcheck.targets.receptions import told
from dubcheck.targets.staging import Staged

NAME = "pinch.list-jobs."
FEWEST_JOBS = 8
# More than one page of the largest limit, where jobs cost neither money nor much time.
MANY_JOBS = LARGEST_LIMIT + 3
GROWTH_SECONDS = {"quick": 3.0, "standard": 6.0, "deep": 60.0}


@pytest.fixture(scope="module")
def lists(dubbing: DubbingApi, plain_job: PlainJob, staged: Staged) -> QuietLists | None:
    """Readings of a list of several jobs, or None where there is none to read.

    Another account has a job as well, which none of them may count.
    """
    if plain_job.obstacle:
        return None
    create_foreign_job(dubbing, plain_job.body)
    _create_jobs(dubbing, plain_job, GROWTH_SECONDS[staged.profile])
    read_counted(dubbing)
    return read_quietly(dubbing)


@pytest.fixture
def quiet(
    request: pytest.FixtureRequest, lists: QuietLists | None, evidence: Evidence
) -> QuietLists:
    """The readings, of a list that stood still; otherwise the probe is skipped."""
    reason = None
    if lists is None:
        reason = "no list of several jobs can be read"
    elif not lists.is_quiet:
        reason = "jobs were created all the while"
    if lists is None or reason:
        _unjudge(request, reason or "", evidence)
    assert lists is not None
    return lists


@pytest.fixture
def ordered(request: pytest.FixtureRequest, quiet: QuietLists, evidence: Evidence) -> QuietLists:
    """The readings, of a list whose order stands still too."""
    if not quiet.keeps_its_order:
        _unjudge(request, "the order of the list is not stable", evidence)
    return quiet


@pytest.fixture
def skipping(request: pytest.FixtureRequest, ordered: QuietLists, evidence: Evidence) -> QuietLists:
    """The readings, of a list in which offsets skip what they should."""
    if not ordered.skips_as_asked:
        _unjudge(request, "an offset does not skip that many jobs", evidence)
    return ordered


@pytest.fixture
def counting(
    request: pytest.FixtureRequest, skipping: QuietLists, evidence: Evidence
) -> QuietLists:
    """The readings, of a list that tells one total and shows each job once."""
    if len(skipping.totals) > 1:
        _unjudge(request, "pages tell different totals", evidence)
    if repeated_ids(skipping.whole.pages) or not skipping.whole.has_full_pages:
        _unjudge(request, "a page repeats a job or is not full", evidence)
    if not skipping.whole.reaches_the_end:
        _unjudge(request, "the list has more jobs than were read", evidence)
    return skipping


@pytest.fixture
def counted(request: pytest.FixtureRequest, counting: QuietLists, evidence: Evidence) -> QuietLists:
    """The readings, of a list whose total is the number of its jobs."""
    if counting.whole.total != len(set(counting.whole.ids)):
        _unjudge(request, "the total is not the number of jobs", evidence)
    return counting


@pytest.mark.judges(f"{NAME}order-is-stable")
def test_order_is_stable(quiet: QuietLists, evidence: Evidence) -> None:
    """While no job is created, the same page shows the same jobs in the same order."""
    _judge_order(f"{NAME}order-is-stable", quiet, evidence)


@pytest.mark.judges(f"{NAME}offset-skips-jobs")
def test_offset_skips_jobs(ordered: QuietLists, evidence: Evidence) -> None:
    """A page at an offset holds the jobs that follow that many others in the same list."""
    _judge_windows(f"{NAME}offset-skips-jobs", ordered, evidence)


@pytest.mark.judges(f"{NAME}offset-defaults-to-0")
def test_list_without_offset_starts_at_the_first_job(
    ordered: QuietLists, evidence: Evidence
) -> None:
    """Without an offset, the page starts at the first job of the list."""
    shown = ids_of(ordered.start)

    evidence.equals(
        f"{NAME}offset-defaults-to-0",
        shown,
        list(ordered.ids[: max(1, len(shown))]),
        ordered.head,
        ordered.start,
        message="the page without an offset does not start at the first job",
    )


@pytest.mark.judges(f"{NAME}offset-defaults-to-0")
@pytest.mark.usefixtures("ordered")
def test_limit_without_offset_starts_at_the_first_job(
    dubbing: DubbingApi, evidence: Evidence
) -> None:
    """With a limit alone, the page is that at offset 0, whatever the limit."""
    pairs = [
        (dubbing.list_jobs({"limit": limit}), dubbing.list_jobs({"limit": limit, "offset": 0}))
        for limit in (2, 3)
    ]

    # A job that others create in between sets one pair apart, but hardly both.
    evidence.holds(
        f"{NAME}offset-defaults-to-0",
        any(ids_of(without) == ids_of(first) for without, first in pairs),
        *pairs[-1],
        message="the page with a limit alone does not start at the first job",
        expected=ids_of(pairs[-1][1]),
        actual=ids_of(pairs[-1][0]),
    )


@pytest.mark.judges(f"{NAME}pages-do-not-repeat-jobs")
def test_pages_do_not_repeat_jobs(skipping: QuietLists, evidence: Evidence) -> None:
    """No job stands on two pages that are one limit apart."""
    _judge_repetition(f"{NAME}pages-do-not-repeat-jobs", skipping, evidence)


@pytest.mark.judges(f"{NAME}pages-cover-every-job")
def test_pages_cover_every_job(skipping: QuietLists, evidence: Evidence) -> None:
    """Pages one limit apart hold every job."""
    _judge_cover(f"{NAME}pages-cover-every-job", skipping, evidence)


@pytest.mark.judges(f"{NAME}offset-beyond-the-end-is-empty")
def test_offset_beyond_the_end_is_empty(skipping: QuietLists, evidence: Evidence) -> None:
    """A page at an offset of `total` or more, and of all jobs, is answered with 200 and no jobs."""
    _judge_beyond(f"{NAME}offset-beyond-the-end-is-empty", skipping, evidence)


@pytest.mark.judges(f"{NAME}total-is-the-same-on-every-page")
def test_total_is_the_same_on_every_page(quiet: QuietLists, evidence: Evidence) -> None:
    """`total` does not depend on limit and offset."""
    evidence.holds(
        f"{NAME}total-is-the-same-on-every-page",
        len(quiet.totals) == 1,
        *quiet.answers,
        message="pages of the same list tell different totals",
        expected="one total",
        actual=quiet.totals,
    )


@pytest.mark.judges(f"{NAME}total-counts-every-job")
def test_total_counts_every_job(counting: QuietLists, evidence: Evidence) -> None:
    """`total` is the number of jobs that all pages together hold."""
    evidence.equals(
        f"{NAME}total-counts-every-job",
        counting.whole.total,
        len(set(counting.whole.ids)),
        *counting.whole.pages,
        message="`total` is not the number of jobs that can be listed",
    )


@pytest.mark.judges(f"{NAME}created-job-is-listed")
@pytest.mark.usefixtures("skipping")
def test_created_job_is_listed(
    plain_job: PlainJob, dubbing: DubbingApi, evidence: Evidence
) -> None:
    """A job just created is in the list."""
    created = dubbing.create_job(plain_job.body)
    after = read_listing_with(dubbing, job_id_of(created))

    _judge_presence(f"{NAME}created-job-is-listed", created, after, evidence)


@pytest.mark.judges(f"{NAME}total-counts-a-new-job")
@pytest.mark.usefixtures("counted")
def test_total_counts_a_new_job(
    plain_job: PlainJob, dubbing: DubbingApi, evidence: Evidence
) -> None:
    """`total` grows by one with each job created."""
    before = read_counted(dubbing)
    created = dubbing.create_job(plain_job.body)
    after = read_counted(dubbing, job_id_of(created))

    _judge_growth(f"{NAME}total-counts-a-new-job", before, created, after, evidence)


def _judge_order(requirement: str, lists: QuietLists, evidence: Evidence) -> None:
    if not lists.keeps_its_order and not lists.is_at_rest:
        evidence.unjudged(requirement, "jobs were at work, which may move them")
        return
    evidence.holds(
        requirement,
        lists.keeps_its_order,
        lists.head,
        *(lists.reordered or lists.again),
        message="the same page shows its jobs in another order when it is asked for again",
        expected=lists.ids[:5],
        actual=ids_of((lists.reordered or lists.again)[0])[:5],
    )


def _judge_windows(requirement: str, lists: QuietLists, evidence: Evidence) -> None:
    for offset, page in lists.windows:
        evidence.holds(
            requirement,
            lists.fits(offset, page),
            lists.head,
            page,
            message=f"the page at offset {offset} holds other jobs than the list has there",
            expected=list(lists.ids[offset : offset + lists.limit]),
            actual=ids_of(page),
        )


def _judge_repetition(requirement: str, lists: QuietLists, evidence: Evidence) -> None:
    for pages in (lists.pages, lists.whole.pages):
        repeated = repeated_ids(pages)
        evidence.holds(
            requirement,
            not repeated,
            *pages,
            message="a job stands on two pages",
            expected="each job on one page",
            actual=repeated,
        )


def _judge_beyond(requirement: str, lists: QuietLists, evidence: Evidence) -> None:
    # Which status any page has is judged by itself.
    usual = lists.head.status
    for page in lists.beyond:
        if page.status == usual and not isinstance(page.field("jobs"), list):
            evidence.unjudged(requirement, "the page has no array of jobs", page)
            continue
        evidence.holds(
            requirement,
            page.status == usual and page.field("jobs") == [],
            page,
            message="a page beyond the end of the list is not an empty page",
            expected=f"{usual} without jobs",
            actual=f"{told(page)} with {len(ids_of(page))} jobs",
        )


def _judge_cover(requirement: str, lists: QuietLists, evidence: Evidence) -> None:
    shown = {job_id for page in lists.pages for job_id in ids_of(page)}
    missing = sorted(set(lists.ids) - shown)
    full = all(len(ids_of(page)) == lists.limit for page in lists.pages[:-1])
    if repeated_ids(lists.pages) or not full:
        evidence.unjudged(requirement, "a page repeats a job or is not full")
        return
    evidence.holds(
        requirement,
        not missing,
        lists.head,
        *lists.pages,
        message="jobs of the list stand on none of the pages",
        expected="every job on a page",
        actual=missing,
    )


def _judge_presence(
    requirement: str, created: Answer, after: Listing | None, evidence: Evidence
) -> None:
    job_id = job_id_of(created)
    if job_id is None or after is None:
        evidence.unjudged(requirement, "no job was created, or the list cannot be read")
    elif job_id not in after.ids and not (after.reaches_the_end and after.has_full_pages):
        evidence.unjudged(requirement, "the list was not read to its end")
    else:
        evidence.holds(
            requirement,
            job_id in after.ids,
            created,
            *after.pages,
            message="a job that was just created is not in the list",
            expected=job_id,
            actual=after.ids[:3],
        )


def _judge_growth(
    requirement: str,
    before: Listing | None,
    created: Answer,
    after: Listing | None,
    evidence: Evidence,
) -> None:
    job_id = job_id_of(created)
    if before is None or after is None or job_id is None:
        evidence.unjudged(requirement, "no job was created, or the list cannot be read")
        return
    if job_id not in after.ids:
        evidence.unjudged(requirement, "the created job is not listed", created, after.pages[0])
        return
    # Jobs that others created meanwhile count as well.
    others = set(after.ids) - set(before.ids) - {job_id}
    evidence.holds(
        requirement,
        1 <= after.total - before.total <= 1 + len(others),
        before.pages[0],
        created,
        after.pages[0],
        message="`total` does not grow by one with a job that was created",
        expected=f"{before.total} + 1",
        actual=after.total,
    )


def _create_jobs(dubbing: DubbingApi, plain_job: PlainJob, seconds: float) -> None:
    """Makes the list long enough to have pages; jobs without a file fail at no cost."""
    wanted = MANY_JOBS if is_loopback(dubbing.client.target.base_url) else FEWEST_JOBS
    absent = dubbing.ask_upload_url("audio.mp3", "audio/mpeg").field("source_url")
    cheap = {**plain_job.body, "source_url": absent}
    body = cheap if isinstance(absent, str) else plain_job.body
    deadline = time.monotonic() + seconds
    there = total_of(dubbing.list_jobs({"limit": 1})) or 0
    for number in range(there, wanted):
        if number >= FEWEST_JOBS and time.monotonic() > deadline:
            return
        if not dubbing.create_job(body).succeeded:
            body = plain_job.body
            if number >= FEWEST_JOBS:
                return


def _unjudge(request: pytest.FixtureRequest, reason: str, evidence: Evidence) -> None:
    for marker in request.node.iter_markers("judges"):
        for name in marker.args:
            evidence.unjudged(name, reason)
    pytest.skip(reason)
