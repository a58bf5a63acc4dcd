"""A list of jobs read in many ways while nothing changes in it, so that the ways can be compared.

Others may create jobs meanwhile; then everything is read again. Judging is left to probes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dubcheck.strategies.models.pinch import begin_alike
from dubcheck.targets.api_client import Answer
from dubcheck.targets.job_lists import (
    LARGEST_LIMIT,
    Listing,
    entries_of,
    ids_of,
    read_listing,
    total_of,
)
from dubcheck.targets.pinch import ENDS, DubbingApi

_WANTED_PAGES = 5
_ATTEMPTS = 4
_REST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class QuietLists:
    """Readings of one and the same list.

    `head` and `again` are the first page of the largest limit, read first and, twice in a row,
    last: what they show depends on no offset, and so the others are held against them. `pages` are
    small ones, `limit` apart, over the jobs of the head; `windows` small ones at other offsets;
    `start` was asked for without parameters; `whole` goes to the end of the list, and `beyond`
    begins there or behind.
    """

    head: Answer
    limit: int
    pages: tuple[Answer, ...]
    windows: tuple[tuple[int, Answer], ...]
    start: Answer
    whole: Listing
    beyond: tuple[Answer, ...]
    again: tuple[Answer, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The jobs of the head."""
        return tuple(ids_of(self.head))

    @property
    def keeps_its_order(self) -> bool:
        """Whether the jobs that the first and a last reading show stand in the same order."""
        return not self.reordered

    @property
    def reordered(self) -> tuple[Answer, ...]:
        """The last readings that show the jobs of the first one in another order."""
        return tuple(page for page in self.again if not _in_one_order(self.ids, ids_of(page)))

    @property
    def is_quiet(self) -> bool:
        """Whether no job came between the first and the last readings."""
        same_jobs = all(set(self.ids) == set(ids_of(page)) for page in self.again)
        same_total = all(total_of(self.head) == total_of(page) for page in self.again)
        return same_total and (same_jobs or not self.keeps_its_order)

    @property
    def is_at_rest(self) -> bool:
        """Whether no job was at work, which might move it within a list by its last change."""
        return all(
            entry.get("status") in ENDS
            for page in (self.head, *self.again)
            for entry in entries_of(page)
        )

    @property
    def skips_as_asked(self) -> bool:
        """Whether each window shows the jobs that the head has at its offset."""
        return all(self.fits(offset, page) for offset, page in self.windows)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every page that could hold jobs, in the order of reading."""
        windows = tuple(answer for _, answer in self.windows)
        return (self.head, *self.pages, *windows, self.start, *self.whole.pages, *self.again)

    @property
    def totals(self) -> list[int]:
        """The different totals that the pages told."""
        return sorted({total for total in map(total_of, self.answers) if total is not None})

    def fits(self, offset: int, page: Answer) -> bool:
        """Whether a page shows, from its first job on, what the head has at that offset."""
        return begin_alike(self.ids[offset : offset + self.limit], tuple(ids_of(page)))


def _in_one_order(first: Sequence[str], second: Sequence[str]) -> bool:
    shared = {*first} & {*second}
    return [item for item in first if item in shared] == [item for item in second if item in shared]


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
    for _ in api.polls(_REST_SECONDS):
        whole = read_listing(api)
        if whole is None or whole.is_at_rest:
            return


def _read(api: DubbingApi) -> QuietLists | None:
    head = _page(api, LARGEST_LIMIT, 0)
    count = len(ids_of(head))
    if count < 2 or total_of(head) is None:
        return None
    limit = max(1, -(-count // _WANTED_PAGES))
    pages = tuple(_page(api, limit, offset) for offset in range(0, count, limit))
    # Offsets at which no page of that limit begins; near the end of the head as well.
    offsets = sorted({1, min(limit + 1, count - 1), max(1, count - limit + 1)})
    windows = tuple((offset, _page(api, limit, offset)) for offset in offsets)
    start = api.list_jobs()
    whole = read_listing(api)
    if whole is None:
        return None
    end = max(len(set(whole.ids)), *(total_of(page) or 0 for page in whole.pages))
    return QuietLists(
        head=head,
        limit=limit,
        pages=pages,
        windows=windows,
        start=start,
        whole=whole,
        # Not far behind: where offsets do nothing, that is told by the windows alone.
        beyond=tuple(_page(api, limit, offset) for offset in (end, end + 50)),
        again=(_page(api, LARGEST_LIMIT, 0), _page(api, LARGEST_LIMIT, 0)),
    )


def _page(api: DubbingApi, limit: int, offset: int) -> Answer:
    return api.list_jobs({"limit": limit, "offset": offset})
