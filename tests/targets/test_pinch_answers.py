"""What the probes of Pinch read from answers: refusals, pages of the list, fates of source URLs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from dubcheck.exchange import MISSING
from dubcheck.targets import Answer
from dubcheck.targets.job_lists import read_listing, repeated_ids
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.receptions import (
    is_about_something_else,
    is_refusal,
    is_silence,
    is_unreached,
)
from dubcheck.targets.source_trials import Fate, Trial


def answer(status: int | None, document: Any = MISSING) -> Answer:
    """An answer without the exchange behind it."""
    return Answer(cast(Any, None), status, b"", {}, document)


def page(*ids: str, total: int) -> Answer:
    """A page of the list with these jobs."""
    return answer(200, {"jobs": [{"job_id": job_id} for job_id in ids], "total": total})


class ListOfPages:
    """Answers listJobs with given pages, the last one again and again."""

    def __init__(self, *pages: Answer):
        self.pages = list(pages)

    def list_jobs(self, _: object = None) -> Answer:
        """The next page."""
        return self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]


def listed(*pages: Answer) -> DubbingApi:
    """An API whose list has these pages."""
    return cast(DubbingApi, ListOfPages(*pages))


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_refusal_is_a_4xx_about_the_value(status: int) -> None:
    """400, 403, 404, 409 and 422 turn down what was sent."""
    assert is_refusal(answer(status))


@pytest.mark.parametrize("status", [200, 500, 503, None, 401, 402, 429])
def test_refusal_is_nothing_else(status: int | None) -> None:
    """No success, no failure of the service, nothing about key, money or pace is a refusal."""
    assert not is_refusal(answer(status))


def test_silence_and_other_grounds_are_told_apart() -> None:
    """A gateway's 503 is silence, while 429 is an answer about the pace; 500 is neither."""
    assert is_silence(answer(503))
    assert is_about_something_else(answer(429))
    assert not is_silence(answer(500))


@pytest.mark.parametrize(
    ("failure", "url", "expected"),
    [
        ("ConnectError: no such name", "https://uploads.s3.example/x", True),
        ("ConnectTimeout: ", "https://203.0.113.9/x", True),
        ("ConnectError: refused", "http://127.0.0.1:9/x", False),
        ("ReadTimeout: ", "https://uploads.s3.example/x", False),
    ],
    ids=["unknown-name", "timeout", "dead-port-here", "silent-host"],
)
def test_host_elsewhere_may_be_out_of_reach(failure: str, url: str, expected: bool) -> None:
    """Without a connection to a host elsewhere nobody is at fault; a dead port here is one."""
    seen = SimpleNamespace(failure=failure, request=SimpleNamespace(url=url))

    assert is_unreached(Answer(cast(Any, seen), None, b"", {}, MISSING)) is expected


def test_listing_goes_on_until_a_page_is_short_and_the_total_reached() -> None:
    """Two pages of two and one of one make five jobs, in order."""
    api = listed(page("a", "b", total=5), page("c", "d", total=5), page("e", total=5))

    listing = read_listing(api, limit=2)

    assert listing is not None
    assert listing.ids == ("a", "b", "c", "d", "e")
    assert listing.reaches_the_end


def test_listing_is_not_cut_by_a_total_that_is_too_small() -> None:
    """A full page is followed by another request, whatever the total says."""
    api = listed(page("a", "b", total=1), page("c", total=1))

    listing = read_listing(api, limit=2)

    assert listing is not None
    assert listing.ids == ("a", "b", "c")


def test_listing_stops_where_offsets_do_nothing() -> None:
    """A page that shows nothing new ends the reading, short of the end."""
    listing = read_listing(listed(page("a", "b", total=9)), limit=2)

    assert listing is not None
    assert listing.ids == ("a", "b", "a", "b")
    assert not listing.reaches_the_end


def test_listing_is_none_where_a_page_cannot_be_read() -> None:
    """A refused page is no empty page."""
    assert read_listing(listed(answer(500)), limit=2) is None


def test_repeated_jobs_stand_on_two_pages() -> None:
    """A job twice on one page is another matter."""
    pages = (page("a", "a", total=3), page("b", total=3), page("b", total=3))

    assert repeated_ids(pages) == ["b"]


@pytest.mark.parametrize(
    ("created", "end", "fate"),
    [
        (answer(400), None, Fate.REFUSED),
        (answer(201), None, Fate.UNENDED),
        (answer(500), None, Fate.UNCLEAR),
        (answer(201), answer(200, {"status": "completed"}), Fate.COMPLETED),
        (answer(201), answer(200, {"status": "failed"}), Fate.FAILED),
    ],
    ids=["refused", "unended", "server-error", "completed", "failed"],
)
def test_trial_has_a_fate(created: Answer, end: Answer | None, fate: Fate) -> None:
    """A source URL is refused, fails, completes, or comes to no end."""
    assert Trial("https://cdn.example.com/a.mp4", created, end).fate is fate


@pytest.mark.parametrize(
    "error",
    ["download_failed", "download_failed: no answer", {"code": "download_failed", "message": ""}],
    ids=["code", "text", "object"],
)
def test_trial_finds_the_code_in_each_form(error: object) -> None:
    """The code of a failed job is found as a string, within a text, and in an object."""
    end = answer(200, {"status": "failed", "error": error})

    assert Trial("https://cdn.example.com/a.mp4", answer(201), end).code == "download_failed"
