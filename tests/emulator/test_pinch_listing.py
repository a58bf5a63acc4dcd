"""Paging through Pinch jobs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.emulator.conftest import PinchCustomer

SOURCE = "https://cdn.example.com/video.mp4"


@pytest.fixture(scope="module")
def job_ids(customer: PinchCustomer) -> list[str]:
    """Ids of 25 jobs in order of creation."""
    return [customer.create(SOURCE) for _ in range(25)]


@pytest.mark.parametrize(
    ("query", "limit", "offset", "expected"),
    [
        pytest.param("", 20, 0, slice(0, 20), id="defaults"),
        pytest.param("?limit=5", 5, 0, slice(0, 5), id="limit"),
        pytest.param("?limit=5&offset=22", 5, 22, slice(22, 25), id="last-page"),
        pytest.param("?offset=25", 20, 25, slice(0, 0), id="beyond-the-end"),
        pytest.param("?limit=100", 100, 0, slice(0, 25), id="largest"),
        pytest.param("?limit=1000", 100, 0, slice(0, 25), id="too-large-counts-as-100"),
        pytest.param("?offset=" + "9" * 5000, 20, 10**18, slice(0, 0), id="huge-offset"),
    ],
)
def test_list_gives_the_asked_page(
    customer: PinchCustomer,
    job_ids: list[str],
    query: str,
    limit: int,
    offset: int,
    expected: slice,
) -> None:
    """A page holds the jobs from offset in order of creation, and echoes total, limit, offset."""
    page = customer.http.get(f"/api/dubbing/jobs{query}").json()

    assert [job["job_id"] for job in page["jobs"]] == job_ids[expected]
    assert (page["total"], page["limit"], page["offset"]) == (25, limit, offset)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5", "offset=-1", "offset=x", "limit=١"],
)
def test_list_refuses_a_senseless_page(customer: PinchCustomer, query: str) -> None:
    """A limit or offset that is no whole number in range is 400."""
    assert customer.http.get(f"/api/dubbing/jobs?{query}").status_code == 400


def test_list_shows_nothing_of_another_key(customer: PinchCustomer, job_ids: list[str]) -> None:
    """Another key lists no job, and finds none by id."""
    other = PinchCustomer(customer.server, customer.server.settings.pinch_other_key)

    page = other.http.get("/api/dubbing/jobs").json()

    assert (page["jobs"], page["total"]) == ([], 0)
    assert other.http.get(f"/api/dubbing/jobs/{job_ids[0]}").status_code == 404


def test_same_seed_gives_the_same_ids(start: Callable[..., PinchCustomer]) -> None:
    """Two emulators with one seed name their first jobs alike, another seed otherwise."""
    ids = [start(seed=seed).create(SOURCE) for seed in (7, 7, 8)]

    assert ids[0] == ids[1] != ids[2]
