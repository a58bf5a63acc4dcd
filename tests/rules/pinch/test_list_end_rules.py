"""What the rules say of pages behind the end of a list."""

from __future__ import annotations

from typing import Any

BEYOND = "pinch.list-jobs.offset-beyond-the-end-is-empty"


def _jobs(service: Any, count: int, start: int = 0) -> list[Any]:
    return [service.summary("pending", 60, job_id=f"j{start + n}") for n in range(count)]


def test_page_whose_total_is_its_own_count_is_not_behind_the_end(service: Any, judged: Any) -> None:
    """Where another page counts more jobs, a page that counts its own five has a wrong total."""
    service.listing(_jobs(service, 20), 60, total=200)
    service.listing(_jobs(service, 5, 195), 61, "?offset=195", offset=195, total=5)

    assert BEYOND not in judged().failed


def test_offset_that_does_nothing_is_not_told_of_the_end(service: Any, judged: Any) -> None:
    """Where a page within the list begins with its first job, no offset does anything."""
    service.listing(_jobs(service, 20), 60, total=25)
    service.listing(_jobs(service, 20), 61, "?offset=20", offset=20, total=25)
    service.listing(_jobs(service, 20), 62, "?offset=900", offset=900, total=25)

    assert BEYOND not in judged().failed


def test_jobs_behind_the_end_are_found(service: Any, judged: Any) -> None:
    """Where offsets skip within the list, jobs far behind its end are told."""
    service.listing(_jobs(service, 20), 60, total=25)
    service.listing(_jobs(service, 5, 20), 61, "?offset=20", offset=20, total=25)
    service.listing(_jobs(service, 20), 62, "?offset=900", offset=900, total=25)

    assert judged().failed == {BEYOND}
