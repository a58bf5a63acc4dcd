"""What several pages of one run say together.

Source: Dubbing API Reference, "List Jobs".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS, Page, page_of
from dubcheck.rules.pinch.vocabulary import API
from dubcheck.rules.registry import run_rule
from dubcheck.rules.settling import resting_on, settle

_ID = "pinch.list-jobs."
# A total may be stale or wrong by a few, which is another promise.
_SURELY_BEYOND = 100


@run_rule(API, [f"{_ID}page-is-full", f"{_ID}created-job-is-listed"])
def full_pages(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A short page hides jobs only where another page, over before it, shows that there are more.

    Without such a page the total may be what is wrong, which is another promise. Where the page is
    all that its total counts, it is not cut short: jobs that were listed have left the list.
    """
    pages = [page for page in map(page_of, exchanges) if page is not None]
    return settle(_fullness([page for page in pages if page.used_offset is not None]))


def _fullness(pages: list[Page]) -> Iterator[Outcome]:
    for page in pages:
        if page.jobs is None or page.used_limit is None:
            continue
        if len(page.jobs) >= page.used_limit:
            yield resting_on(passed(f"{_ID}page-is-full"), page.exchange)
            continue
        witness = _witness(page, pages)
        if witness is not None:
            yield from _shortfall(page, witness)
        elif page.total is not None and _reach(page) >= page.total:
            yield resting_on(passed(f"{_ID}page-is-full"), page.exchange)


def _shortfall(page: Page, witness: Page) -> Iterator[Outcome]:
    if page.total is None or page.total > _reach(page):
        yield _short(page, witness)
    elif _is_long_before(witness.exchange, page.exchange):
        yield _lost(page, witness)


def _is_long_before(earlier: Exchange, later: Exchange) -> bool:
    # A list may be read from a copy that lags: it shows what it showed a moment ago.
    is_timed = earlier.is_timed and later.is_timed
    return is_timed and later.started_at - earlier.ended_at >= LONGEST_LAG_SECONDS


def _short(page: Page, witness: Page) -> Outcome:
    finding = failed(
        f"{_ID}page-is-full",
        "the page is not full, though an earlier page shows that there are more jobs",
        expected=f"{min(page.used_limit or 0, _reach(witness) - (page.used_offset or 0)):g} jobs",
        actual=len(page.jobs or ()),
    )
    return resting_on(finding, witness.exchange, page.exchange)


def _lost(page: Page, witness: Page) -> Outcome:
    finding = failed(
        f"{_ID}created-job-is-listed",
        "the list has fewer jobs than it showed before, though no job can be deleted",
        expected=f"at least {_reach(witness):g} jobs",
        actual=page.total,
    )
    return resting_on(finding, witness.exchange, page.exchange)


def _reach(page: Page) -> float:
    """The offset at which the page ends; where it has jobs, at least so many exist for good."""
    names = [job.get("job_id") for job in page.jobs or ()]
    # Ids of another form tell no jobs apart, which is a finding of its own.
    are_ids = all(isinstance(name, str) for name in names)
    return (page.used_offset or 0) + len(set(names) if are_ids else names)


def _witness(page: Page, pages: list[Page]) -> Page | None:
    # A page that ends beyond its own total shows no more jobs: its offset is wrong, told elsewhere.
    for other in pages:
        if (
            other.jobs
            and other.exchange.request.credential is page.exchange.request.credential
            and other.exchange.ended_at <= page.exchange.started_at
            and _reach(page) < _reach(other) <= (other.total or 0)
        ):
            return other
    return None


@run_rule(API, [f"{_ID}offset-beyond-the-end-is-empty"], looks_at_parts=False)
def pages_beyond_the_end(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A page far beyond the end holds no jobs.

    Where another page counts more jobs, the total may be what is wrong; and where offsets do
    nothing within the list either, that is the finding.
    """
    by_caller: dict[object, list[Page]] = defaultdict(list)
    for page in map(page_of, exchanges):
        if page is not None and page.used_offset is not None and page.total is not None:
            by_caller[page.exchange.request.credential].append(page)
    for pages in by_caller.values():
        yield from settle(_beyond(pages))


def _beyond(pages: list[Page]) -> Iterator[Outcome]:
    most = max(page.total or 0 for page in pages)
    for page in pages:
        offset, total = page.used_offset or 0, page.total or 0
        if page.jobs is None or offset < total:
            continue
        if not page.jobs:
            yield resting_on(passed(f"{_ID}offset-beyond-the-end-is-empty"), page.exchange)
        elif offset >= most + _SURELY_BEYOND and not _does_nothing(pages):
            finding = failed(
                f"{_ID}offset-beyond-the-end-is-empty",
                "a page far beyond the end of the list holds jobs",
                expected="no jobs",
                actual=len(page.jobs),
            )
            yield resting_on(finding, page.exchange)


def _does_nothing(pages: list[Page]) -> bool:
    """Whether a page within the list begins with a job with which one at offset 0 began."""
    starts = {_first(page) for page in pages if page.used_offset == 0} - {None}
    return any(
        _first(page) in starts for page in pages if 0 < (page.used_offset or 0) < (page.total or 0)
    )


def _first(page: Page) -> str | None:
    identifier = page.jobs[0].get("job_id") if page.jobs else None
    return identifier if isinstance(identifier, str) else None


@run_rule(API, [f"{_ID}jobs-on-a-page-differ"])
def distinct_jobs(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """No job stands twice on a page; an id that two jobs were given is another finding."""
    created = Counter(
        str(item.field("job_id"))
        for item in exchanges
        if item.operation == "createJob" and item.succeeded
    )
    ambiguous = {identifier for identifier, count in created.items() if count > 1}
    return settle(_repetitions(exchanges, ambiguous))


def _repetitions(exchanges: tuple[Exchange, ...], ambiguous: set[str]) -> Iterator[Outcome]:
    for page in map(page_of, exchanges):
        if page is None or not page.jobs:
            continue
        entries = [job.get("job_id") for job in page.jobs if isinstance(job, dict)]
        ids = [item for item in entries if isinstance(item, str)]  # the schema tells of others
        counted = Counter(item for item in ids if item not in ambiguous)
        repeated = [item for item, count in counted.items() if count > 1]
        if len(counted) > 1 or repeated:
            outcome = holds(
                f"{_ID}jobs-on-a-page-differ",
                not repeated,
                "a job stands twice on one page",
                expected="each job once",
                actual=repeated,
            )
            yield resting_on(outcome, page.exchange)
