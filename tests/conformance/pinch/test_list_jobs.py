"""listJobs: limits, offsets and entries one by one.

How pages fit together is in test_list_jobs_paging.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dubcheck.exchange import Credential
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.job_lists import Listing, entries_of, ids_of, read_listing
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.receptions import is_refusal, told

# Which echoed value shows which reading; None stands for a page without jobs.
QUESTIONS: list[tuple[str, dict[str, object], dict[float | None, str]]] = [
    ("limit-above-100", {"limit": 101}, {100: "clamps-to-100", 20: "uses-the-default"}),
    ("limit-above-100", {"limit": 1000}, {100: "clamps-to-100", 20: "uses-the-default"}),
    (
        "limit-zero",
        {"limit": 0},
        {None: "empty-page", 20: "uses-the-default", 1: "clamps-to-1"},
    ),
    (
        "negative-limit",
        {"limit": -1},
        {None: "empty-page", 20: "uses-the-default", 1: "clamps-to-1"},
    ),
    ("text-limit", {"limit": "ten"}, {20: "uses-the-default"}),
    ("fractional-limit", {"limit": 1.5}, {1: "rounds", 2: "rounds", 20: "uses-the-default"}),
    ("negative-offset", {"offset": -1}, {0: "uses-0"}),
    ("text-offset", {"offset": "ten"}, {0: "uses-0"}),
]


def _questions() -> list[Any]:
    return [
        pytest.param(
            f"pinch.list-jobs.{slug}",
            query,
            readings,
            id="-".join(f"{name}-{value}" for name, value in query.items()),
            marks=pytest.mark.judges(f"pinch.list-jobs.{slug}"),
        )
        for slug, query, readings in QUESTIONS
    ]


@pytest.mark.parametrize(
    ("limit", "requirement"),
    [
        pytest.param(
            limit,
            f"pinch.list-jobs.limit-{limit}-is-accepted",
            id=str(limit),
            marks=pytest.mark.judges(f"pinch.list-jobs.limit-{limit}-is-accepted"),
        )
        for limit in (1, 20, 100)
    ],
)
def test_list_accepts_limit(
    limit: int, requirement: str, dubbing: DubbingApi, reception: Reception
) -> None:
    """A limit of 1, of 20 and of 100 is accepted."""
    answer = dubbing.list_jobs({"limit": limit, "offset": 0})

    reception.accepted(requirement, answer)


@pytest.mark.parametrize(("question", "query", "readings"), _questions())
def test_list_reading_is_noted(
    question: str,
    query: Mapping[str, object],
    readings: Mapping[float | None, str],
    dubbing: DubbingApi,
    evidence: Evidence,
) -> None:
    """A limit or an offset that the document does not rule on leads to one of the readings."""
    answer = dubbing.list_jobs(query)

    reading = _reading(answer, next(iter(query)), readings)
    _note(question, reading, answer, evidence)


def test_entry_stands_beside_its_job(completed_plain_job: Answer, dubbing: DubbingApi) -> None:
    """An entry of the list is read between two answers about its job, for the rules to compare."""
    job_id = job_id_of(completed_plain_job) or ""

    dubbing.get_job(job_id)
    read_listing(dubbing, 100, 10)
    dubbing.get_job(job_id)


@pytest.mark.judges("pinch.list-jobs.only-own-jobs-are-listed")
@pytest.mark.usefixtures("job_body")
def test_list_holds_own_jobs_only(dubbing: DubbingApi, evidence: Evidence) -> None:
    """The list of one account holds no job of another."""
    own = read_listing(dubbing, 100, 10)

    foreign = dubbing.list_jobs({"limit": 100}, credential=Credential.POOR)

    _judge_isolation("pinch.list-jobs.only-own-jobs-are-listed", own, foreign, evidence)


def _reading(answer: Answer, name: str, readings: Mapping[float | None, str]) -> str | None:
    if is_refusal(answer):
        return "refuses"
    if not answer.succeeded:
        return None
    if None in readings and not entries_of(answer) and answer.field(name) not in readings:
        return readings[None]
    echoed = answer.field(name)
    return readings.get(echoed) if isinstance(echoed, int | float) else None


def _note(question: str, reading: str | None, answer: Answer, evidence: Evidence) -> None:
    if reading is None:
        reason = f"{told(answer)} with limit {answer.field('limit')}, which shows no known reading"
        evidence.unjudged(question, reason, answer)
    else:
        evidence.reads(question, reading, answer)


def _judge_isolation(
    requirement: str, own: Listing | None, foreign: Answer, evidence: Evidence
) -> None:
    if own is None or not foreign.succeeded:
        evidence.unjudged(requirement, f"the second list cannot be read: {told(foreign)}", foreign)
        return
    shared = sorted(set(own.ids) & set(ids_of(foreign)))
    evidence.holds(
        requirement,
        not shared,
        own.pages[0],
        foreign,
        message="the list shows jobs that another account created",
        expected="only jobs of its own account",
        actual=shared,
    )
