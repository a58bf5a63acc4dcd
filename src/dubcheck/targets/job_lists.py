"""The list of jobs as a client reads it: page after page, with what every page said.

Whether the pages fit together is for probes to say; nothing here judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS
from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import ENDS, DubbingApi

LARGEST_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages of one reading, in order, `limit` jobs apart; at least one page.

    `reaches_the_end` says that the last page left nothing over, by its size and its total.
    """

    pages: tuple[Answer, ...]
    limit: int
    reaches_the_end: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id in order, repeats included."""
        return tuple(job_id for page in self.pages for job_id in ids_of(page))

    @property
    def total(self) -> int:
        """The total that the first page told."""
        return total_of(self.pages[0]) or 0

    @property
    def is_at_rest(self) -> bool:
        """Whether every job has come to its end, so that nothing moves by itself."""
        return all(entry.get("status") in ENDS for page in self.pages for entry in entries_of(page))

    @property
    def has_full_pages(self) -> bool:
        """Whether each page shows each job once and, but for the last, as many as asked for."""
        full = [page for page in self.pages if ids_of(page)][:-1]
        return all(map(_is_sound, self.pages)) and all(
            len(ids_of(page)) == self.limit for page in full
        )


def read_listing(
    api: DubbingApi, limit: int = LARGEST_LIMIT, most_pages: int = 10
) -> Listing | None:
    """The list in pages of `limit`; None where a page cannot be read.

    Neither a short page nor the total alone ends the reading: either may be what is wrong. A page
    without anything new does, since there an offset does nothing.
    """
    pages: list[Answer] = []
    seen: set[str] = set()
    for number in range(most_pages):
        page = api.list_jobs({"limit": limit, "offset": number * limit})
        total = total_of(page)
        if not page.succeeded or total is None:
            return None
        pages.append(page)
        ids = ids_of(page)
        count = len(ids)
        if ids and seen.issuperset(ids):
            break
        seen.update(ids)
        if count == 0 or (count < limit and number * limit + count >= total):
            return Listing(tuple(pages), limit, reaches_the_end=True)
    return Listing(tuple(pages), limit, reaches_the_end=False)


def read_listing_with(api: DubbingApi, job_id: str | None) -> Listing | None:
    """The same as soon as the job is in it, or as it is when a list can no longer lag."""
    listing = None
    for _ in api.polls(LONGEST_LAG_SECONDS):
        listing = read_listing(api)
        if job_id is None or listing is None or job_id in listing.ids:
            break
    return listing


def _is_sound(page: Answer) -> bool:
    """Whether every job of a page can be held against other pages."""
    shown = page.field("jobs")
    return isinstance(shown, list) and len(ids_of(page)) == len(shown)


def entries_of(page: Answer) -> list[dict[str, Any]]:
    """The jobs of a page; what is no object is left out."""
    entries = page.field("jobs")
    return [item for item in entries if isinstance(item, dict)] if isinstance(entries, list) else []


def ids_of(page: Answer) -> list[str]:
    """The ids of a page in order, as far as they can be held against other pages.

    What is no text, stands behind a job that is there twice or beyond the limit of the page is
    left out: each is told as that.
    """
    limit = page.field("limit")
    most = limit if isinstance(limit, int) and limit > 0 else None
    ids: dict[str, None] = {}
    for entry in entries_of(page):
        name = entry.get("job_id")
        if isinstance(name, str):
            if name in ids:
                break
            ids[name] = None
    return list(ids)[:most]


def total_of(page: Answer) -> int | None:
    """The total of a page, or None where it is no number."""
    total = page.field("total")
    if isinstance(total, bool) or not isinstance(total, int | float):
        return None
    return int(total)


def repeated_ids(pages: tuple[Answer, ...]) -> list[str]:
    """Jobs that stand on two of the pages; twice on one page is another matter."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for page in pages:
        ids = set(ids_of(page))
        repeated |= ids & seen
        seen |= ids
    return sorted(repeated)
