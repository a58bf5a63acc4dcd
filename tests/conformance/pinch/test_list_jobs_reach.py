"""listJobs far from its first page, and with jobs that have failed: what is there is shown.

How pages fit together is told in test_list_jobs_paging.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS
from dubcheck.targets import Answer
from dubcheck.targets.job_lists import ids_of, read_listing_with
from dubcheck.targets.pinch import ENDS, DubbingApi, job_id_of
from dubcheck.targets.receptions import told

NAME = "pinch.list-jobs."
OFFSETS = (0, 20, 100, 10_000_000)
TRIES = 3
PATIENCE_SECONDS = 5.0


@pytest.mark.judges(f"{NAME}answers-200")
@pytest.mark.usefixtures("job_body")
def test_list_is_answered_at_every_offset(
    dubbing: DubbingApi, evidence: Evidence, explore: Explorer
) -> None:
    """However far an offset goes, the server does not fail over it again and again."""

    def send(offset: int) -> None:
        answer = _asked_again(dubbing, {"limit": 100, "offset": offset})
        evidence.holds(
            f"{NAME}answers-200",
            answer.status != 500,
            answer,
            message=f"a list is answered with a server error, {TRIES} times in a row",
            expected=200,
            actual=told(answer),
        )

    explore(st.sampled_from(OFFSETS), send)


@pytest.mark.judges(f"{NAME}created-job-is-listed")
def test_failed_job_is_listed(
    job_body: dict[str, Any], dubbing: DubbingApi, evidence: Evidence, explore: Explorer
) -> None:
    """A job that has failed stays in the list."""

    def send(filename: str) -> None:
        absent = dubbing.ask_upload_url(filename, "audio/mpeg").field("source_url")
        job_id = job_id_of(dubbing.create_job({**job_body, "source_url": absent}))
        end = None if job_id is None else dubbing.wait_for_end(job_id, PATIENCE_SECONDS)
        if job_id is None or end is None or end.field("status") != "failed":
            evidence.unjudged(f"{NAME}created-job-is-listed", "no job was seen to fail")
            return
        _judge_presence(job_id, end, dubbing, evidence)

    explore(st.just("audio.mp3"), send)


@pytest.mark.judges(f"{NAME}status-agrees-with-job")
def test_list_is_read_beside_a_job_at_work(
    job_body: dict[str, Any], dubbing: DubbingApi, explore: Explorer
) -> None:
    """While a job is at work, the list is read between answers about it, for the rules.

    What tells a list that is early from a job that is shown late is that the job's times differ.
    """

    def send(body: dict[str, Any]) -> None:
        for _ in range(TRIES):
            created = dubbing.create_job(body)
            job_id = job_id_of(created)
            end = None if job_id is None else _listed_until_its_end(job_id, dubbing)
            if end is None or end.field("updated_at") != created.field("created_at"):
                return

    explore(st.just(job_body), send)


def _listed_until_its_end(job_id: str, dubbing: DubbingApi) -> Answer | None:
    for _ in dubbing.polls(PATIENCE_SECONDS):
        answer = dubbing.get_job(job_id)
        if answer.field("status") in ENDS:
            return answer
        dubbing.list_jobs({"limit": 100})
    return dubbing.wait_for_end(job_id, LONGEST_LAG_SECONDS)


def _judge_presence(job_id: str, end: Answer, dubbing: DubbingApi, evidence: Evidence) -> None:
    listing = read_listing_with(dubbing, job_id)
    is_whole = listing is not None and listing.reaches_the_end and listing.has_full_pages
    if listing is None or not (is_whole or job_id in listing.ids):
        evidence.unjudged(f"{NAME}created-job-is-listed", "the list was not read to its end")
        return
    evidence.holds(
        f"{NAME}created-job-is-listed",
        job_id in listing.ids,
        end,
        *listing.pages,
        message="a job that has failed is not in the list",
        expected=job_id,
        actual=ids_of(listing.pages[0])[:3],
    )


def _asked_again(dubbing: DubbingApi, query: dict[str, object]) -> Answer:
    """The first answer that is no server error, or the last one that is."""
    for _ in range(TRIES - 1):
        answer = dubbing.list_jobs(query)
        if answer.status != 500:
            return answer
    return dubbing.list_jobs(query)
