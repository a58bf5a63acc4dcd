"""The model of Pinch's jobs and lists: what it states, and what it leaves alone."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from dubcheck.strategies.models import Statement
from dubcheck.strategies.models.pinch import JobsModel, Page, Reading

LIST = "pinch.list-jobs."


def page(ids: str, *, limit: int = 100, offset: int = 0, total: int = 4) -> Page:
    """A page that shows jobs named by single letters."""
    return Page(limit, offset, tuple(ids), total)


WINDOW = page("bc", limit=2, offset=1)


def reading(*pages: Page, head: str = "abcd", again: str = "abcd", total: int = 4) -> Reading:
    """A list of four jobs, read before and after the pages."""
    return Reading(page(head, total=total), pages, page(again, total=total), at_rest=True)


def broken(statements: Iterable[Statement]) -> list[str]:
    """What is stated to be broken."""
    return [item.requirement.removeprefix(LIST) for item in statements if not item.holds]


@pytest.fixture
def model() -> JobsModel:
    """Job a of one account and job x of another."""
    model = JobsModel()
    list(model.created("own", "a"))
    list(model.created("other", "x"))
    return model


def test_job_of_another_account_in_a_list_is_told(model: JobsModel) -> None:
    """A list shows no job that another account made."""
    assert broken(model.shown("own", "ax")) == ["only-own-jobs-are-listed"]


def test_job_that_nobody_of_the_walk_made_is_left_alone(model: JobsModel) -> None:
    """Earlier runs and other users have jobs of their own in an account."""
    assert broken(model.shown("own", "az")) == []


def test_id_that_two_accounts_were_given_is_no_leak(model: JobsModel) -> None:
    """Where both accounts were given one id, that is what is told, and no leak."""
    again = broken(model.created("other", "a"))

    assert again == ["pinch.create-job.job-ids-are-unique"]
    assert broken(model.shown("own", "a")) == []


def test_job_that_is_missing_in_the_whole_list_is_told(model: JobsModel) -> None:
    """Every job of an account is in its list."""
    assert broken(model.listed("own", "bcd")) == ["created-job-is-listed"]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([page("ab", limit=2), page("cd", limit=2, offset=2)], [], id="right"),
        pytest.param([page("ab", limit=2, offset=1)], ["offset-skips-jobs"], id="window one short"),
        pytest.param(
            [page("ab", limit=2), WINDOW, page("bc", limit=2, offset=2)],
            ["pages-do-not-repeat-jobs"],
            id="page repeats a job",
        ),
        pytest.param(
            [page("ab", limit=2, offset=1), page("bc", limit=2, offset=2)],
            ["offset-skips-jobs"],
            id="told once where windows slip too",
        ),
        pytest.param(
            [page("ac", limit=2), WINDOW], ["pages-cover-every-job"], id="page leaves one out"
        ),
        pytest.param([page("aa", limit=2), WINDOW], [], id="a job twice on one page"),
        pytest.param([WINDOW, page("ab", limit=2, offset=4)], [], id="beyond the end"),
        pytest.param(
            [page("ab", limit=2, total=2)], ["total-is-the-same-on-every-page"], id="another total"
        ),
    ],
)
def test_pages_of_a_quiet_list_are_compared(pages: list[Page], expected: list[str]) -> None:
    """What a page lacks or repeats is told once, under the promise that it breaks."""
    assert broken(JobsModel().paged(reading(*pages))) == expected


def test_nothing_is_said_of_a_list_that_grew_meanwhile() -> None:
    """Where others created a job between two pages, nothing can be compared."""
    grown = Reading(page("abcd"), (page("ea", limit=2),), page("eabcd", total=5), at_rest=True)

    assert broken(JobsModel().paged(grown)) == []


@pytest.mark.parametrize(
    ("window", "head", "expected"),
    [
        pytest.param("bc", "abcd", [], id="right"),
        pytest.param("ab", "abcd", ["offset-skips-jobs"], id="one short"),
        pytest.param("cd", "abcd", [], id="as before the newest job"),
        pytest.param("d", "abcd", [], id="as before the two newest jobs"),
        pytest.param("ab", "bcd", [], id="head without the new job"),
    ],
)
def test_page_right_after_a_creation_may_lag(window: str, head: str, expected: list[str]) -> None:
    """A page may show the list before its newest jobs, and never jobs that stand before it."""
    model = JobsModel()
    list(model.created("own", "a"))

    shown = reading(page(window, limit=2, offset=1), head=head, again=head)
    assert broken(model.paged_at_once("own", shown)) == expected


def test_page_of_a_list_that_grows_at_its_end_is_compared() -> None:
    """Where a new job comes beyond the first page, that page need not show it."""
    model = JobsModel()
    list(model.created("own", "z"))

    shown = replace(reading(page("ab", limit=2, offset=1)), grows_at_its_end=True)
    assert broken(model.paged_at_once("own", shown)) == ["offset-skips-jobs"]


def test_order_that_turns_is_told_where_all_is_at_rest() -> None:
    """The same page shows the same order, as long as no job is at work."""
    assert broken(JobsModel().paged(reading(again="dcba"))) == ["order-is-stable"]


def test_total_that_does_not_grow_is_told() -> None:
    """A list that is seen whole grows by what was created."""
    model = JobsModel()
    list(model.counted("own", reading()))
    list(model.created("own", "a"))

    assert broken(model.counted("own", reading())) == ["total-counts-a-new-job"]


def test_total_may_grow_by_jobs_of_others() -> None:
    """Others may use the account: more than was created is right."""
    model = JobsModel()
    list(model.counted("own", reading()))
    list(model.created("own", "e"))

    grown = reading(head="abcdefg", again="abcdefg", total=7)
    assert broken(model.counted("own", grown)) == []


def test_stranger_who_reads_a_job_is_told(model: JobsModel) -> None:
    """A job is hidden from other accounts, at the level that the catalogue gives it."""
    found = broken(model.read("other", "a", was_found=True))

    assert found == ["pinch.auth.other-accounts-job-is-hidden"]
