"""Which account made which jobs, and what lists of jobs may show of them.

Source: Dubbing API Reference, "List Jobs" and "Authentication".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dubcheck.strategies.models.statement import Statement, stated

_LIST = "pinch.list-jobs."
_OFFSETS = f"{_LIST}offset-skips-jobs"
_FOREIGN = "pinch.auth.other-accounts-job-is-hidden"
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: what was asked for, and the ids and the total that were shown."""

    limit: int
    offset: int
    ids: Ids
    total: int | None

    @property
    def is_aligned(self) -> bool:
        """Whether pages of this limit, one after the other, have one that begins here."""
        return self.offset % self.limit == 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages of one list, read between two readings of its first page of the largest limit.

    Where the first page is the same before and after, nothing was created in between: what others
    do with the account cannot disturb. `at_rest`: no job on it was at work, which might move it.
    `grows_at_its_end`: the newest jobs are seen to come last.
    """

    head: Page
    pages: tuple[Page, ...]
    again: Page
    at_rest: bool
    grows_at_its_end: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether the list stood still."""
        return self.head.ids == self.again.ids and self.head.total == self.again.total

    @property
    def is_whole(self) -> bool:
        """Whether the first page holds the whole list and its total says so."""
        return self.head.total == len(self.head.ids) < self.head.limit

    def fits(self, page: Page) -> bool:
        """Whether a page shows, from its first job on, what the list has at that offset."""
        return begin_alike(self.head.ids[page.offset : page.offset + page.limit], page.ids)

    def fitted(self, page: Page) -> bool:
        """Whether a page shows what the list had there before some of its first jobs came."""
        return any(
            begin_alike(self.head.ids[first : first + page.limit], page.ids)
            for first in range(page.offset + 1, len(self.head.ids))
        )


def begin_alike(expected: Ids, shown: Ids) -> bool:
    """Whether two runs of jobs agree, as far as both go: how long a page is, is another promise."""
    length = min(len(expected), len(shown))
    return shown[:length] == expected[:length]


class JobsModel:
    """The jobs of a walk by account; jobs that others make in the same accounts are none of it."""

    def __init__(self) -> None:
        self._makers: dict[str, set[str]] = defaultdict(set)
        self._made: dict[str, list[str]] = defaultdict(list)
        self._found: set[str] = set()
        self._counted: dict[str, tuple[int, int]] = {}

    def made_by(self, account: str) -> Ids:
        """The jobs of an account, oldest first."""
        return tuple(self._made[account])

    def created(self, account: str, job_id: str) -> Iterator[Statement]:
        """A job was created; its id must be new."""
        yield stated(
            "pinch.create-job.job-ids-are-unique",
            job_id not in self._makers,
            "a job was given the id of another",
            expected="an id that no job has",
            actual=job_id,
        )
        self._makers[job_id].add(account)
        self._made[account].append(job_id)

    def read(self, account: str, job_id: str, *, was_found: bool) -> Iterator[Statement]:
        """A job was asked for, by its own account or by another.

        That a job once found stays is a promise about its own trace, which rules judge.
        """
        if account in self._makers[job_id]:
            if job_id in self._found:
                return
            self._found |= {job_id} if was_found else set()
            yield stated(
                "pinch.get-job.created-job-is-found",
                was_found,
                "a job that was created cannot be read by its account",
                expected="the job",
                actual="a refusal",
            )
        else:
            yield stated(
                _FOREIGN,
                not was_found,
                "a job can be read with the key of another account",
                expected="a refusal",
                actual="the job",
            )

    def shown(self, account: str, ids: Iterable[str]) -> Iterator[Statement]:
        """A page of an account's list was shown; it may hold no other account's job."""
        others = {job for job, makers in self._makers.items() if account not in makers}
        if others:
            foreign = sorted(others.intersection(ids))
            yield stated(
                f"{_LIST}only-own-jobs-are-listed",
                not foreign,
                "the list shows a job that another account created",
                expected="only jobs of its own account",
                actual=foreign,
            )

    def unseen(self, account: str, ids: Iterable[str]) -> Ids:
        """Jobs of an account that are not among these; one whose id is shared is left out."""
        there = set(ids)
        return tuple(job for job in self._made[account] if job not in there)

    def listed(self, account: str, ids: Iterable[str]) -> Iterator[Statement]:
        """The whole list of an account was shown."""
        unseen = self.unseen(account, ids)
        if self._made[account]:
            yield stated(
                f"{_LIST}created-job-is-listed",
                not unseen,
                "a job that was created is not in the list",
                expected="every job that was created",
                actual=f"without {', '.join(unseen)}",
            )

    def paged(self, reading: Reading) -> Iterator[Statement]:
        """Pages of a list were shown; only of one that stood still anything can be said.

        One wrong offset shows in many ways, and is told once.
        """
        if reading.at_rest and set(reading.head.ids) == set(reading.again.ids):
            yield stated(
                f"{_LIST}order-is-stable",
                reading.head.ids == reading.again.ids,
                "the same page shows its jobs in another order when it is asked for again",
                expected=reading.head.ids[:5],
                actual=reading.again.ids[:5],
            )
        if not reading.is_quiet:
            return
        totals = {page.total for page in (reading.head, *reading.pages)}
        yield stated(
            f"{_LIST}total-is-the-same-on-every-page",
            len(totals) == 1,
            "pages of the same list tell different totals",
            expected="one total",
            actual=sorted(str(total) for total in totals),
        )
        yield from _offsets(reading)

    def paged_at_once(self, account: str, reading: Reading) -> Iterator[Statement]:
        """Windows of a list were shown right after a job was created; the head has it already.

        Another page may lag behind the head: what it showed before the newest jobs is right too.
        A list that is longer than its head and grows at its end moves no job at all.
        """
        is_known = reading.grows_at_its_end or not self.unseen(account, reading.head.ids)
        if not reading.is_quiet or not is_known:
            return
        for page in reading.pages:
            yield stated(
                _OFFSETS,
                reading.fits(page) or reading.fitted(page),
                "a page holds other jobs than the list has at its offset, while one is at work",
                expected=list(reading.head.ids[page.offset : page.offset + page.limit]),
                actual=list(page.ids),
            )

    def counted(self, account: str, reading: Reading) -> Iterator[Statement]:
        """A list that is seen whole has grown at least by what was created since it was.

        Where a job is missing in it, that is what is broken.
        """
        is_complete = not self.unseen(account, reading.head.ids)
        if not (reading.is_quiet and reading.is_whole and is_complete):
            return
        made, total = len(self._made[account]), len(reading.head.ids)
        before = self._counted.get(account)
        if before is not None and made > before[0]:
            yield stated(
                f"{_LIST}total-counts-a-new-job",
                total - before[1] >= made - before[0],
                "`total` has not grown by the jobs that were created",
                expected=f"at least {before[1]} + {made - before[0]}",
                actual=total,
            )
        self._counted[account] = (made, total)


def _offsets(reading: Reading) -> Iterator[Statement]:
    """A window that begins within a page tells of offsets; whole pages, of pages."""
    if any(len(set(page.ids)) < len(page.ids) for page in (reading.head, *reading.pages)):
        return  # a job twice on one page, which rules judge
    # Beyond the end there is nothing to compare with.
    within = [page for page in reading.pages if page.offset < len(reading.head.ids)]
    windows = [page for page in within if not page.is_aligned]
    for page in windows:
        yield stated(
            _OFFSETS,
            reading.fits(page),
            "a page holds other jobs than the list has at its offset",
            expected=list(reading.head.ids[page.offset : page.offset + page.limit]),
            actual=list(page.ids),
        )
    if not windows or not all(map(reading.fits, windows)):
        return
    pages = [page for page in within if page.is_aligned]
    shown = [job for page in pages for job in page.ids]
    repeated = sorted({job for job in shown if shown.count(job) > 1})
    yield stated(
        f"{_LIST}pages-do-not-repeat-jobs",
        not repeated,
        "a job stands on two pages",
        expected="each job on one page",
        actual=repeated,
    )
    if not repeated and all(len(page.ids) == page.limit for page in pages):
        yield stated(
            f"{_LIST}pages-cover-every-job",
            all(map(reading.fits, pages)),
            "jobs of the list stand on none of the pages",
            expected=[reading.head.ids[page.offset : page.offset + page.limit] for page in pages],
            actual=[page.ids for page in pages],
        )
