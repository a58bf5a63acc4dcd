"""Pages of a list that has grown beyond the largest limit; how long one may be, a rule says.

Named to come after the probes that let the list grow.
"""

from __future__ import annotations

import pytest

from dubcheck.targets.pinch import DubbingApi


@pytest.mark.judges("pinch.list-jobs.page-holds-at-most-100")
@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize("limit", [101, 200])
def test_page_beyond_the_largest_limit_is_asked_for(limit: int, dubbing: DubbingApi) -> None:
    """A page of more than 100 jobs is asked for, where there may be as many."""
    dubbing.list_jobs({"limit": limit})
