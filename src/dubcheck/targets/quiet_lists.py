"""A list of jobs read in many ways while nothing changes in it, so that the ways can be compared.

Others may create jobs meanwhile; then everything is read again. Judging is left to probes.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from dubcheck.targets.api_client import Answer
from dubcheck.targets.job_lists import LARGEST_LIMIT, Listing, ids_of, read_listing, total_of
from dubcheck.targets.pinch import DubbingApi

MOST_PAGES = 10
_WANTED_PAGES = 5
_ATTEMPTS = 4
_REST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class QuietLists:
    """Readings of one and the same list.

    `whole` and `again` are in the largest pages, first and last; `pages` in small ones; `windows`
    are single small pages at other offsets; `start` was asked for without parameters; `beyond` are
    pages that begin at the end or behind it.
    """

    whole: Listing
    pages: Listing
    windows: tuple[tuple[int, Answer], ...]
    start: Answer
    beyond: tuple[Answer, ...]
    again: Listing

    @property
    def is_quiet(self) -> bool:
        """Whether no job came or went between the first and the last reading."""
        same_jobs = set(self.whole.ids) == set(self.again.ids)
        return same_jobs and self.whole.total == self.again.total

    @property
    def is_at_rest(self) -> bool:
        """Whether no job was at work, which might move it within a list by its last change."""
        return self.whole.is_at_rest and self.again.is_at_rest

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every page that holds jobs or could, in the order of reading."""
        windows = tuple(answer for _, answer in self.windows)
        return (*self.whole.pages, *self.pages.pages, *windows, self.start, *self.again.pages)


def read_quietly(api: DubbingApi) -> QuietLists | None:
    """The readings, quiet if a few attempts suffice; None where a list cannot be read."""
    lists = None
    for _ in range(_ATTEMPTS):
        _await_rest(api)
        lists = _read(api)
        if lists is None or lists.is_quiet:
            break
    return lists


def _await_rest(api: DubbingApi) -> None:
    deadline = time.monotonic() + _REST_SECONDS
    for _ in api.polls(_REST_SECONDS):
        whole = read_listing(api, LARGEST_LIMIT, MOST_PAGES)
        if whole is None or whole.is_at_rest or time.monotonic() > deadline:
            return


def _read(api: DubbingApi) -> QuietLists | None:
    whole = read_listing(api, LARGEST_LIMIT, MOST_PAGES)
    if whole is None or not whole.ids:
        return None
    count = len(whole.ids)
    limit = max(1, min(LARGEST_LIMIT, -(-count // _WANTED_PAGES)))
    pages = read_listing(api, limit, MOST_PAGES)
    # Offsets that no page of that limit begins at, near either end.
    offsets = sorted({offset for offset in (1, limit + 1, count - 1) if 0 < offset < count})
    windows = tuple((offset, _page(api, limit, offset)) for offset in offsets)
    start = api.list_jobs()
    end = max(whole.total, count)
    beyond = tuple(_page(api, limit, offset) for offset in (end, end + 1000))
    again = read_listing(api, LARGEST_LIMIT, MOST_PAGES)
    if pages is None or again is None:
        return None
    return QuietLists(whole, pages, windows, start, beyond, again)


def _page(api: DubbingApi, limit: int, offset: int) -> Answer:
    return api.list_jobs({"limit": limit, "offset": offset})


def follows(lists: QuietLists, offset: int, page: Answer) -> bool:
    """Whether a small page holds the jobs that stand at its offset in the whole list."""
    expected = lists.whole.ids[offset : offset + lists.pages.limit]
    return tuple(ids_of(page)) == expected


def totals_of(lists: QuietLists) -> list[int]:
    """The total that each page told."""
    return [total for total in map(total_of, lists.answers) if total is not None]
