"""Walks through Pinch with the keys of several accounts: every operation, in any order.

How long a walk is and what follows from a broken promise is for its listener to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from dubcheck.exchange import Credential
from dubcheck.rules.made_up_answers import FOREIGN_JOB
from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS
from dubcheck.strategies.models.pinch import JobsModel, Page, Reading
from dubcheck.strategies.models.statement import Statement
from dubcheck.strategies.pinch.languages import target_languages
from dubcheck.targets.api_client import Answer
from dubcheck.targets.job_lists import (
    LARGEST_LIMIT,
    entries_of,
    ids_of,
    read_listing,
    total_of,
)
from dubcheck.targets.machines.walk import Listener, Walk, step
from dubcheck.targets.pinch import ENDS, DubbingApi, job_id_of
from dubcheck.targets.receptions import is_refusal

MOST_JOBS = 4  # each may cost money
_MORE_JOBS = 2  # made only where one seems to move others
_WINDOW = (3, 1)  # limit and offset: it begins within the first page
_NUMBERS = st.integers(0, MOST_JOBS - 1)


Body = dict[str, Any]


class Account(DubbingApi):
    """The documented calls with one account's key.

    `sources` are URLs of files for its jobs, the dubbed one first; without one it makes no jobs.
    """

    def __init__(self, api: DubbingApi, credential: Credential, sources: Sequence[str]):
        super().__init__(api.client)
        self.credential = credential
        self.sources = tuple(sources)

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """Any request to the API with this account's key."""
        return super().send(method, path, **{"credential": self.credential, **options})

    @property
    def name(self) -> str:
        """What a model calls it."""
        return self.credential.value


@dataclass(frozen=True, slots=True)
class _Job:
    """A job that was asked for; `job_id` is None where none was made."""

    account: Account
    job_id: str | None


class JobsMachine(Walk):
    """Jobs of several accounts, made, read, waited for and listed in any order.

    What may be done next depends on what was sent, never on what was answered, so that a walk can
    be taken again.
    """

    lag_seconds = LONGEST_LAG_SECONDS

    def __init__(
        self, listener: Listener, accounts: Sequence[Account], patience_seconds: float = 5.0
    ):
        super().__init__(listener)
        self.patience_seconds = patience_seconds
        self.model = JobsModel()
        self.accounts = accounts
        self.jobs: list[_Job] = []

    @initialize(language=target_languages())
    @step
    def begin(self, language: str) -> None:
        """Every walk begins with a job, the list while that job waits, and another's list."""
        self._create(self.accounts[0], 0, language, is_paged=True)
        stranger = self.accounts[-1]
        self.say(self.model.shown(stranger.name, ids_of(self.saw(stranger.list_jobs()))))

    @precondition(lambda self: len(self.jobs) < MOST_JOBS)
    @rule(
        account=st.integers(0, 1),
        source=st.integers(0, 1),
        language=target_languages(),
        is_paged=st.booleans(),
    )
    @step
    def create(self, account: int, source: int, language: str, is_paged: bool) -> None:
        """createJob, with a file or with one that is not there; then its list, while it waits."""
        makers = [item for item in self.accounts if item.sources]
        self._create(makers[account % len(makers)], source, language, is_paged=is_paged)

    def _create(self, maker: Account, source: int, language: str, *, is_paged: bool) -> None:
        body = {"source_url": maker.sources[source % len(maker.sources)], "target_lang": language}
        self.jobs.append(_Job(maker, self._made(maker, body)))
        if is_paged:
            self._page_at_once(maker, body)

    @rule(account=st.integers(0, 1))
    @step
    def ask_upload_url(self, account: int) -> None:
        """createUploadUrl."""
        self.saw(self._account(account).ask_upload_url("audio.mp3", "audio/mpeg"))

    @precondition(lambda self: self.jobs)
    @rule(number=_NUMBERS)
    @step
    def read(self, number: int) -> None:
        """getJob with the key of its account."""
        job = self._job(number)
        self._read(job, job.account)

    @precondition(lambda self: self.jobs)
    @rule(number=_NUMBERS)
    @step
    def wait(self, number: int) -> None:
        """getJob until the job is over, for a short while."""
        job = self._job(number)
        if job.job_id is not None:
            ended = job.account.wait_for_end(job.job_id, self.patience_seconds)
            self.walked += [] if ended is None else [ended]

    @precondition(lambda self: self.jobs)
    @rule(number=_NUMBERS)
    @step
    def ask_result(self, number: int) -> None:
        """getJobResult, and getJob afterwards: a job that is not over now was not over then."""
        job = self._job(number)
        if job.job_id is not None:
            self.saw(job.account.get_result(job.job_id))
            self._read(job, job.account)

    @precondition(lambda self: self.jobs and len(self.accounts) > 1)
    @rule(number=_NUMBERS, result=st.booleans())
    @step
    def read_foreign(self, number: int, result: bool) -> None:
        """getJob or getJobResult with the key of another account."""
        job = self._job(number)
        stranger = next(item for item in self.accounts if item is not job.account)
        if job.job_id is None:
            return
        if result:
            answer = stranger.get_result(job.job_id, intent=FOREIGN_JOB)
        else:
            answer = stranger.get_job(job.job_id, intent=FOREIGN_JOB)
        self._heard(job, stranger, answer)

    @rule(account=st.integers(0, 1), limit=st.integers(2, 3), page=st.integers(0, 2))
    @step
    def page_through(self, account: int, limit: int, page: int) -> None:
        """listJobs: two pages and a window that begins within the first of them."""
        reader = self._account(account)
        offsets = (page * limit, page * limit + 1, (page + 1) * limit)
        self.confirmed(lambda: self._listed(reader, limit, offsets))

    def _listed(self, reader: Account, limit: int, offsets: tuple[int, ...]) -> list[Statement]:
        answers = [self.saw(reader.list_jobs({"limit": LARGEST_LIMIT, "offset": 0}))]
        for offset in offsets:
            answers.append(self.saw(reader.list_jobs({"limit": limit, "offset": offset})))
        answers.append(self.saw(reader.list_jobs({"limit": LARGEST_LIMIT, "offset": 0})))
        if any(not answer.succeeded or total_of(answer) is None for answer in answers):
            return []
        head, *between, again = answers
        pages = [
            _page(answer, limit, offset) for answer, offset in zip(between, offsets, strict=True)
        ]
        reading = Reading(
            _page(head, LARGEST_LIMIT, 0),
            tuple(pages),
            _page(again, LARGEST_LIMIT, 0),
            at_rest=all(entry.get("status") in ENDS for entry in entries_of(again)),
        )
        statements = [*self.model.paged(reading), *self.model.counted(reader.name, reading)]
        for answer in answers:
            statements += self.model.shown(reader.name, ids_of(answer))
        return [*statements, *self._complete(reader, again)]

    def _made(self, maker: Account, body: Body) -> str | None:
        job_id = job_id_of(self.saw(maker.create_job(body)))
        if job_id is not None:
            self.say(self.model.created(maker.name, job_id))
        return job_id

    def _page_at_once(self, maker: Account, body: Body) -> None:
        """Pages through the list before its newest job can end.

        What is broken is so with one more new job, and again: waiting would hide it.
        """
        statements = self._seen_at_work(maker)
        for _ in range(_MORE_JOBS):
            if all(item.holds for item in statements):
                break
            self._made(maker, body)
            statements = self._seen_at_work(maker)
        self.say(statements)

    def _seen_at_work(self, reader: Account) -> list[Statement]:
        answers = [
            self.saw(reader.list_jobs({"limit": limit, "offset": offset}))
            for limit, offset in ((LARGEST_LIMIT, 0), _WINDOW, (LARGEST_LIMIT, 0))
        ]
        head, window, again = answers
        if not all(answer.succeeded for answer in answers) or _states(head) != _states(again):
            return []  # what moved may have moved others: some lists stand by `updated_at`
        reading = Reading(
            _page(head, LARGEST_LIMIT, 0),
            (_page(window, *_WINDOW),),
            _page(again, LARGEST_LIMIT, 0),
            at_rest=False,
            grows_at_its_end=_is_oldest_first(head),
        )
        return list(self.model.paged_at_once(reader.name, reading))

    def _complete(self, reader: Account, head: Answer) -> list[Statement]:
        """Whether every job of the walk is listed; only what the first page lacks is looked for."""
        seen_whole = total_of(head) == len(ids_of(head)) < LARGEST_LIMIT
        if seen_whole or not self.model.unseen(reader.name, ids_of(head)):
            return list(self.model.listed(reader.name, ids_of(head)))
        whole = read_listing(reader)
        if whole is None or not (whole.reaches_the_end and whole.has_full_pages):
            return []
        self.walked += whole.pages
        return list(self.model.listed(reader.name, whole.ids))

    def _read(self, job: _Job, reader: Account) -> None:
        if job.job_id is not None:
            self._heard(job, reader, reader.get_job(job.job_id))

    def _heard(self, job: _Job, reader: Account, answer: Answer) -> None:
        self.saw(answer)
        if job.job_id is not None and (answer.succeeded or is_refusal(answer)):
            found = answer.succeeded
            self.say(self.model.read(reader.name, job.job_id, was_found=found))

    def _account(self, number: int) -> Account:
        return self.accounts[number % len(self.accounts)]

    def _job(self, number: int) -> _Job:
        return self.jobs[number % len(self.jobs)]


def _states(page: Answer) -> list[tuple[Any, ...]]:
    return [tuple(map(entry.get, ("job_id", "status", "updated_at"))) for entry in entries_of(page)]


def _is_oldest_first(page: Answer) -> bool:
    """Whether a full page begins with an older job than it ends with; one server writes alike."""
    moments = [entry.get("created_at") for entry in entries_of(page)]
    first, *_, last = moments if len(moments) == LARGEST_LIMIT else ("", "")
    return isinstance(first, str) and isinstance(last, str) and first < last


def _page(answer: Answer, limit: int, offset: int) -> Page:
    return Page(limit, offset, tuple(ids_of(answer)), total_of(answer))
