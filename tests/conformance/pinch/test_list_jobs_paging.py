"""listJobs as an algebra of pages: what holds between pages of one list that does not change.

One defect shows in many pages; each probe leaves to the others what is theirs to tell.
"""

from __future__ import annotations

import time

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer, is_loopback
from dubcheck.targets.job_lists import LARGEST_LIMIT, Listing, ids_of, read_listing, total_of
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.quiet_lists import (
    MOST_PAGES,
    QuietLists,
    follows,
    read_quietly,
    totals_of,
)
from dubcheck.targets.receptions import told
from dubcheck.targets.staging import Staged

NAME = "pinch.list-jobs."
FEWEST_JOBS = 8
# More than one page of the largest limit, where jobs cost neither money nor much time.
MANY_JOBS = LARGEST_LIMIT + 3
GROWTH_SECONDS = {"quick": 3.0, "standard": 12.0, "deep": 60.0}


@pytest.fixture(scope="module")
def lists(dubbing: DubbingApi, plain_job: PlainJob, staged: Staged) -> QuietLists | None:
    """Readings of a list of several jobs, or None where there is none to read."""
    if plain_job.obstacle:
        return None
    _create_jobs(dubbing, plain_job, GROWTH_SECONDS[staged.profile])
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
    if quiet.whole.ids != quiet.again.ids:
        _unjudge(request, "the order of the list is not stable", evidence)
    return quiet


@pytest.fixture
def skipping(request: pytest.FixtureRequest, ordered: QuietLists, evidence: Evidence) -> QuietLists:
    """The readings, of a list in which offsets skip what they should."""
    if not all(follows(ordered, offset, page) for offset, page in ordered.windows):
        _unjudge(request, "an offset does not skip that many jobs", evidence)
    return ordered


@pytest.mark.judges(f"{NAME}order-is-stable")
def test_order_is_stable(quiet: QuietLists, evidence: Evidence) -> None:
    """While no job is created, the same pages show the same jobs in the same order."""
    same = quiet.whole.ids == quiet.again.ids

    if not same and not quiet.is_at_rest:
        evidence.unjudged(f"{NAME}order-is-stable", "jobs were at work all the while")
        return
    evidence.holds(
        f"{NAME}order-is-stable",
        same,
        quiet.whole.pages[0],
        quiet.again.pages[0],
        message="the same page shows its jobs in another order when it is asked for again",
        expected=quiet.whole.ids[:5],
        actual=quiet.again.ids[:5],
    )


@pytest.mark.judges(f"{NAME}offset-skips-jobs")
def test_offset_skips_jobs(ordered: QuietLists, evidence: Evidence) -> None:
    """A page at an offset holds the jobs that follow that many others in the same list."""
    for offset, page in ordered.windows:
        expected = ordered.whole.ids[offset : offset + ordered.pages.limit]
        evidence.equals(
            f"{NAME}offset-skips-jobs",
            ids_of(page),
            list(expected),
            ordered.whole.pages[0],
            page,
            message=f"the page at offset {offset} holds other jobs than the list has there",
        )


@pytest.mark.judges(f"{NAME}offset-defaults-to-0")
def test_list_without_offset_starts_at_the_first_job(
    ordered: QuietLists, evidence: Evidence
) -> None:
    """Without an offset, the page starts at the first job of the list."""
    shown = ids_of(ordered.start)

    evidence.equals(
        f"{NAME}offset-defaults-to-0",
        shown,
        list(ordered.whole.ids[: max(1, len(shown))]),
        ordered.whole.pages[0],
        ordered.start,
        message="the page without an offset does not start at the first job",
    )


@pytest.mark.judges(f"{NAME}pages-do-not-repeat-jobs")
def test_pages_do_not_repeat_jobs(skipping: QuietLists, evidence: Evidence) -> None:
    """No job stands on two pages that are one limit apart."""
    for listing in (skipping.pages, skipping.whole):
        repeated = _on_two_pages(listing)
        evidence.holds(
            f"{NAME}pages-do-not-repeat-jobs",
            not repeated,
            *listing.pages,
            message="a job stands on two pages",
            expected="each job on one page",
            actual=repeated,
        )


@pytest.mark.judges(f"{NAME}pages-cover-every-job")
def test_pages_cover_every_job(skipping: QuietLists, evidence: Evidence) -> None:
    """Pages one limit apart hold every job of the account."""
    requirement = f"{NAME}pages-cover-every-job"
    missing = sorted(set(skipping.whole.ids) - set(skipping.pages.ids))

    if not skipping.whole.reaches_the_end or not skipping.pages.reaches_the_end:
        evidence.unjudged(requirement, "the list has more jobs than were read")
    elif _on_two_pages(skipping.pages) or not skipping.pages.has_full_pages:
        evidence.unjudged(requirement, "a page repeats a job or is not full")
    else:
        evidence.holds(
            requirement,
            not missing,
            *skipping.pages.pages,
            message="jobs of the list stand on none of the pages",
            expected="every job on a page",
            actual=missing,
        )


@pytest.mark.judges(f"{NAME}offset-beyond-the-end-is-empty")
def test_offset_beyond_the_end_is_empty(quiet: QuietLists, evidence: Evidence) -> None:
    """A page at an offset of `total` or more is answered with 200 and no jobs."""
    for page in quiet.beyond:
        evidence.holds(
            f"{NAME}offset-beyond-the-end-is-empty",
            page.status == 200 and page.field("jobs") == [],
            page,
            message="a page beyond the end of the list is not an empty page",
            expected="200 without jobs",
            actual=f"{told(page)} with {len(ids_of(page))} jobs",
        )


@pytest.mark.judges(f"{NAME}total-is-the-same-on-every-page")
def test_total_is_the_same_on_every_page(quiet: QuietLists, evidence: Evidence) -> None:
    """`total` does not depend on limit and offset."""
    totals = sorted(set(totals_of(quiet)))

    evidence.holds(
        f"{NAME}total-is-the-same-on-every-page",
        len(totals) == 1,
        *quiet.answers,
        message="pages of the same list tell different totals",
        expected="one total",
        actual=totals,
    )


@pytest.mark.judges(f"{NAME}total-counts-every-job")
def test_total_counts_every_job(skipping: QuietLists, evidence: Evidence) -> None:
    """`total` is the number of jobs that all pages together hold."""
    requirement = f"{NAME}total-counts-every-job"

    if len(set(totals_of(skipping))) > 1 or not skipping.whole.reaches_the_end:
        evidence.unjudged(requirement, "pages tell different totals, or the list is too long")
    elif _on_two_pages(skipping.whole) or ids_of(skipping.beyond[0]):
        evidence.unjudged(requirement, "pages do not show each job once")
    else:
        evidence.equals(
            requirement,
            skipping.whole.total,
            len(set(skipping.whole.ids)),
            *skipping.whole.pages,
            message="`total` is not the number of jobs that can be listed",
        )


@pytest.mark.judges(f"{NAME}created-job-is-listed", f"{NAME}total-counts-a-new-job")
def test_created_job_is_listed_and_counted(
    quiet: QuietLists, plain_job: PlainJob, dubbing: DubbingApi, evidence: Evidence
) -> None:
    """A job just created is in the list, and `total` grows by one."""
    before = read_listing(dubbing, LARGEST_LIMIT, MOST_PAGES)
    created = dubbing.create_job(plain_job.body)
    after = read_listing(dubbing, LARGEST_LIMIT, MOST_PAGES)

    del quiet  # it was only to be there
    _judge_new_job(before, created, after, evidence)


def _judge_new_job(
    before: Listing | None, created: Answer, after: Listing | None, evidence: Evidence
) -> None:
    listed, counted = f"{NAME}created-job-is-listed", f"{NAME}total-counts-a-new-job"
    job_id = job_id_of(created)
    if before is None or after is None or job_id is None:
        for name in (listed, counted):
            evidence.unjudged(name, "no job was created, or the list cannot be read")
        return
    if job_id in after.ids or after.reaches_the_end:
        evidence.holds(
            listed,
            job_id in after.ids,
            created,
            *after.pages,
            message="a job that was just created is not in the list",
            expected=job_id,
            actual=after.ids[:3],
        )
    # Jobs that others created meanwhile count as well.
    growth = after.total - before.total
    newcomers = set(after.ids) - set(before.ids) - {job_id}
    evidence.holds(
        counted,
        growth == 1 or 1 < growth <= 1 + len(newcomers),
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


def _on_two_pages(listing: Listing) -> list[str]:
    seen: set[str] = set()
    repeated: set[str] = set()
    for page in listing.pages:
        ids = set(ids_of(page))
        repeated |= ids & seen
        seen |= ids
    return sorted(repeated)


def _unjudge(request: pytest.FixtureRequest, reason: str, evidence: Evidence) -> None:
    for marker in request.node.iter_markers("judges"):
        for name in marker.args:
            evidence.unjudged(name, reason)
    pytest.skip(reason)
