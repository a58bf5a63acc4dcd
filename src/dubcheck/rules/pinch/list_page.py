"""One page of the list against what was asked for.

Where an echo is wrong, that is the finding; how many jobs such a page holds is not held against it.

Source: Dubbing API Reference, "List Jobs".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, passed
from dubcheck.rules.pinch.request_oracle import LARGEST_LIMIT, objections_to
from dubcheck.rules.pinch.vocabulary import API, as_number, is_known_caller, is_refused
from dubcheck.rules.registry import exchange_rule

_ID = "pinch.list-jobs."
DEFAULT_LIMIT = 20
LONGEST_LAG_SECONDS = 8.0  # no document says how soon every copy of a list shows a job
_LIMITS_WITH_OWN_ID = (1, 20, 100)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was shown: what was asked for (None where nothing plain was), what was echoed."""

    exchange: Exchange
    asked_limit: int | None
    asked_offset: int | None
    is_documented: bool
    limit: float | None
    offset: float | None
    total: float | None
    jobs: tuple[Any, ...] | None

    @property
    def used_limit(self) -> float | None:
        """The limit of the page, where the echo is the one that the request means."""
        meant = DEFAULT_LIMIT if self.asked_limit is None else self.asked_limit
        return self.limit if self.is_documented and self.limit == meant else None

    @property
    def used_offset(self) -> float | None:
        """The offset of the page, where the echo is the one that the request means."""
        meant = self.asked_offset or 0
        return self.offset if self.is_documented and self.offset == meant else None


def page_of(exchange: Exchange) -> Page | None:
    """The page of a successful answer to a good key."""
    if exchange.operation != "listJobs" or not exchange.succeeded or not is_known_caller(exchange):
        return None
    jobs = exchange.field("jobs")
    is_documented = not objections_to(exchange)
    asked = dict(exchange.request.query) if is_documented else {}
    return Page(
        exchange=exchange,
        asked_limit=int(asked["limit"]) if "limit" in asked else None,
        asked_offset=int(asked["offset"]) if "offset" in asked else None,
        is_documented=is_documented,
        limit=as_number(exchange.field("limit")),
        offset=as_number(exchange.field("offset")),
        total=as_number(exchange.field("total")),
        jobs=tuple(jobs) if _are_objects(jobs) else None,
    )


def _are_objects(jobs: Any) -> bool:
    """Whether they can be counted as jobs; a list of anything else is told as that."""
    return isinstance(jobs, list) and all(isinstance(job, dict) for job in jobs)


@exchange_rule(API, "listJobs", [f"{_ID}answers-200"])
def listed_status(exchange: Exchange) -> Iterator[Outcome]:
    """A list with documented parameters is answered with 200.

    Refusals of the limits and offsets that have an id of their own are told by their probes.
    """
    if exchange.response is None or not is_known_caller(exchange) or objections_to(exchange):
        return
    asked = dict(exchange.request.query)
    has_own_id = int(asked.get("limit", 2)) in _LIMITS_WITH_OWN_ID or int(asked.get("offset", 0))
    if exchange.succeeded or (is_refused(exchange) and not has_own_id):
        yield holds(
            f"{_ID}answers-200",
            exchange.response.status == 200,
            "a list with documented parameters is answered with another status",
            expected=200,
            actual=exchange.response.status,
        )


@exchange_rule(API, "listJobs", [f"{_ID}limit-{limit}-is-accepted" for limit in (1, 20, 100)])
def accepted_limit(exchange: Exchange) -> Iterator[Outcome]:
    """Limits that were accepted; refusals are told by probes."""
    page = page_of(exchange)
    if page is not None and page.asked_limit in _LIMITS_WITH_OWN_ID:
        yield passed(f"{_ID}limit-{page.asked_limit}-is-accepted")


@exchange_rule(
    API,
    "listJobs",
    [
        f"{_ID}limit-defaults-to-20",
        f"{_ID}offset-defaults-to-0",
        f"{_ID}echoes-limit",
        f"{_ID}echoes-offset",
        f"{_ID}echoed-limit-is-at-most-100",
    ],
)
def echoes(exchange: Exchange) -> Iterator[Outcome]:
    """`limit` and `offset` of the answer are those that were used."""
    page = page_of(exchange)
    if page is None:
        return
    if page.is_documented:
        if page.limit is not None:
            yield _limit_echo(page, page.limit)
        if page.offset is not None:
            yield _offset_echo(page, page.offset)
    elif page.limit is not None:
        yield holds(
            f"{_ID}echoed-limit-is-at-most-100",
            page.limit <= LARGEST_LIMIT,
            "the answer tells a limit above 100",
            expected="at most 100",
            actual=page.limit,
        )


def _limit_echo(page: Page, shown: float) -> Outcome:
    slug = "limit-defaults-to-20" if page.asked_limit is None else "echoes-limit"
    meant = DEFAULT_LIMIT if page.asked_limit is None else page.asked_limit
    message = "the answer tells another limit than the request means"
    return holds(_ID + slug, shown == meant, message, expected=meant, actual=shown)


def _offset_echo(page: Page, shown: float) -> Outcome:
    slug = "offset-defaults-to-0" if page.asked_offset is None else "echoes-offset"
    meant = page.asked_offset or 0
    message = "the answer tells another offset than the request means"
    return holds(_ID + slug, shown == meant, message, expected=meant, actual=shown)


@exchange_rule(
    API,
    "listJobs",
    [
        f"{_ID}page-holds-at-most-limit",
        f"{_ID}page-holds-at-most-100",
    ],
)
def page_size(exchange: Exchange) -> Iterator[Outcome]:
    """How many jobs a page may hold at most."""
    page = page_of(exchange)
    if page is None or page.jobs is None:
        return
    if page.used_limit is not None:
        yield _at_most("page-holds-at-most-limit", page, page.used_limit)
    elif not page.is_documented and page.limit is not None and 1 <= page.limit < LARGEST_LIMIT:
        yield _at_most("page-holds-at-most-limit", page, page.limit)
    elif not page.is_documented and (page.limit is None or page.limit <= LARGEST_LIMIT):
        yield _at_most("page-holds-at-most-100", page, LARGEST_LIMIT)


def _at_most(slug: str, page: Page, most: float) -> Outcome:
    count = len(page.jobs or ())
    message = "the page holds more jobs than it may"
    return holds(_ID + slug, count <= most, message, expected=f"at most {most:g}", actual=count)
