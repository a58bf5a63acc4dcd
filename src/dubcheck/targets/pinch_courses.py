"""The course of one job: every answer about it, and why a status was not among them.

Many jobs at once are pinch_jobs.py; that a status must be shown is said by probes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import ENDS, DubbingApi
from dubcheck.targets.receptions import is_refusal

WAITING = "pending"
_MOST_ANSWERS = 200  # in the queue, and as many more at work
_LONGEST_PAUSE_IN_QUEUE_SECONDS = 0.25


def watched(dubbing: DubbingApi, job_id: str, pause_seconds: float) -> Iterator[Answer]:
    """Every answer about a job that is asked for again and again, up to its end.

    How long it waits in a queue says nothing of its course: 200 answers are counted from there.
    After as many in the queue it is asked for less often, until patience ends.
    """
    started, queued, worked = time.monotonic(), 0, 0
    while worked < _MOST_ANSWERS and time.monotonic() - started <= dubbing.patience_seconds:
        answer = dubbing.get_job(job_id)
        yield answer
        if answer.field("status") in ENDS or is_refusal(answer):
            return
        is_queued = answer.field("status") == WAITING
        queued, worked = queued + is_queued, worked + (not is_queued)
        is_long_queued = is_queued and queued >= _MOST_ANSWERS
        slowest = max(pause_seconds, _LONGEST_PAUSE_IN_QUEUE_SECONDS)
        time.sleep(slowest if is_long_queued else pause_seconds)


def why_not_seen(status: str, course: Sequence[Answer]) -> str:
    """Why a course holds no answer with this status, counted from when the job left the queue."""
    if not course:
        return "no job could be watched"
    if status == WAITING:
        return f"not seen in {len(course)} answers; it may have lasted too short a time"
    waiting = [place for place, item in enumerate(course) if item.field("status") == WAITING]
    answers = len(course) - (waiting[-1] + 1 if waiting else 0)
    if not answers:
        return "the job was still pending when it was last looked at"
    if course[-1].field("status") == "failed":
        return "the job failed"
    return (
        f"not seen in {answers} answers since the job was no longer pending; "
        "it may have lasted too short a time"
    )
