"""A job is watched from the queue to its end, and what was not seen is explained."""

from __future__ import annotations

from typing import Any, cast

import pytest

from dubcheck.exchange import MISSING
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_courses import watched, why_not_seen


def shown(status: str) -> Answer:
    """A job as getJob shows it; no status for an error of the service."""
    document: Any = {"status": status} if status else MISSING
    return Answer(cast(Any, None), 200 if status else 500, b"", {}, document)


class ShownJob:
    """A service whose one job is shown in given statuses, the last one again and again."""

    patience_seconds = 90.0

    def __init__(self, *statuses: str):
        self.statuses = list(statuses)

    def get_job(self, _: str) -> Answer:
        """The job at its next moment."""
        return shown(self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0])


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses made; time passes by them alone."""
    made: list[float] = []
    monkeypatch.setattr("dubcheck.targets.pinch_courses.time.sleep", made.append)
    monkeypatch.setattr("dubcheck.targets.pinch_courses.time.monotonic", lambda: sum(made))
    return made


def course_of(*statuses: str) -> list[str]:
    """The statuses that watching such a job shows."""
    dubbing = cast(DubbingApi, ShownJob(*statuses))
    return [str(answer.field("status")) for answer in watched(dubbing, "dub_1", 0.01)]


def test_job_long_in_the_queue_is_watched_to_its_end(pauses: list[float]) -> None:
    """After 300 answers in the queue, the statuses that follow are still seen."""
    course = course_of(*["pending"] * 300, "downloading", "processing", "completed")

    assert course[300:] == ["downloading", "processing", "completed"]
    assert (pauses[0], pauses[299], pauses[300]) == (0.01, 0.25, 0.01)


def test_job_that_stays_in_the_queue_is_watched_until_patience_ends(pauses: list[float]) -> None:
    """A job pending for ever costs 90 s and no more requests than they hold."""
    course = course_of("pending")

    assert sum(pauses) == pytest.approx(90.0, abs=0.5)
    assert len(course) < 600


@pytest.mark.usefixtures("pauses")
def test_job_at_work_is_asked_for_200_times() -> None:
    """Once it has left the queue, 200 answers are enough."""
    assert len(course_of("pending", "processing")) == 201


@pytest.mark.parametrize(
    ("course", "reason"),
    [
        ([], "no job could be watched"),
        (["pending", "pending"], "the job was still pending when it was last looked at"),
        (["pending", "downloading", "failed"], "the job failed"),
        (
            ["pending", "pending", "processing", "completed"],
            "not seen in 2 answers since the job was no longer pending; "
            "it may have lasted too short a time",
        ),
    ],
    ids=["none", "queued", "failed", "too-short"],
)
def test_missing_status_is_explained_from_the_end_of_the_queue(
    course: list[str], reason: str
) -> None:
    """Answers in the queue do not count against a status that comes after it."""
    assert why_not_seen("uploading", [shown(status) for status in course]) == reason
