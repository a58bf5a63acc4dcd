"""What the rules say of a list that is ahead of the jobs it shows."""

from __future__ import annotations

from typing import Any

import pytest

DISAGREES = {"pinch.list-jobs.status-agrees-with-job"}
STARTED, EARLY, ENDED = (f"2026-03-05T12:00:0{second}Z" for second in (3, 4, 9))


@pytest.mark.parametrize(
    ("updated_at", "again", "failed"),
    [
        pytest.param(ENDED, 7, set(), id="job-lags"),
        pytest.param(EARLY, 7, DISAGREES, id="changed-once-more"),
        pytest.param(ENDED, 13.5, DISAGREES, id="longer-than-any-lag"),
    ],
)
def test_list_that_is_ahead_of_its_job_is_found(
    updated_at: str, again: float, failed: set[str], service: Any, judged: Any
) -> None:
    """A list that says completed too early is found, but no getJob that lags behind its list."""
    service.see("processing", 4, updated_at=STARTED)
    service.listing([service.summary("completed", 5, updated_at=updated_at)], 5)
    service.see("processing", 6, updated_at=STARTED)
    service.see("processing", again, updated_at=STARTED)
    service.see("completed", 20, updated_at=ENDED)

    assert judged().failed & DISAGREES == failed
