"""In which order a page shows its jobs; what else a page must be is list_page.py.

Source: Dubbing API Reference, "List Jobs", whose sample shows an order and promises none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import Moment, moment_of
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.list_page import page_of
from dubcheck.rules.pinch.vocabulary import API
from dubcheck.rules.registry import exchange_rule

_ID = "pinch.list-jobs."
# Jobs created at once may be stored in another order than that in which they were stamped.
_AT_ONCE_SECONDS = 1.0
_Step = tuple[str, str]


@exchange_rule(API, "listJobs", [f"{_ID}order-is-by-creation", f"{_ID}order-direction"])
def page_order(exchange: Exchange) -> Iterator[Outcome]:
    """`created_at` either rises or falls down the page, but for jobs created at once."""
    page = page_of(exchange)
    shown = [] if page is None else [_created(job) for job in page.jobs or ()]
    stamps = [stamp for stamp in shown if stamp is not None]
    if len(stamps) < 2 or len(stamps) < len(shown):
        return
    rising, falling = _steps(stamps, _AT_ONCE_SECONDS)
    offence = _offence(rising, falling)
    yield holds(
        f"{_ID}order-is-by-creation",
        offence is None,
        "the jobs of a page are not in the order of their creation",
        expected="`created_at` rising or falling",
        actual=None if offence is None else " before ".join(offence),
    )
    if not (rising or falling):
        rising, falling = _steps(stamps, 0.0)
        if rising and falling:
            return
    if rising or falling:
        direction = "other" if rising and falling else "oldest-first" if rising else "newest-first"
        yield read(f"{_ID}order-direction", direction)


def _created(job: Any) -> tuple[str, Moment] | None:
    text = job.get("created_at") if isinstance(job, dict) else None
    moment = moment_of(text)
    return None if moment is None else (str(text), moment)


def _steps(
    stamps: list[tuple[str, Moment]], tolerance_seconds: float
) -> tuple[list[_Step], list[_Step]]:
    """The neighbours that surely rise and those that surely fall, as the page writes them."""
    rising, falling = [], []
    for (first, earlier), (second, later) in pairwise(stamps):
        if earlier.precedes(later, tolerance_seconds=tolerance_seconds):
            rising.append((first, second))
        elif later.precedes(earlier, tolerance_seconds=tolerance_seconds):
            falling.append((first, second))
    return rising, falling


def _offence(rising: list[_Step], falling: list[_Step]) -> _Step | None:
    """The first neighbours against the direction that most of the page has."""
    if not (rising and falling):
        return None
    return falling[0] if len(rising) >= len(falling) else rising[0]
