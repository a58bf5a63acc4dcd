"""What a job costs.

Source: Dubbing API Reference, "Overview" (0.50 USD per minute of input) and the sample of "Get Job
Status", where 61.5 s cost 0.51: pro rata, and not rounded up to the next cent or minute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, read, unjudged
from dubcheck.rules.pinch.job_fields import shown_status
from dubcheck.rules.pinch.job_history import JobHistory, in_sequence, job_rule
from dubcheck.rules.pinch.vocabulary import API, COMPLETED, FAILED, as_number, is_empty
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.pricing."
USD_PER_SECOND = 0.50 / 60
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Price:
    """What one completed job cost, and what its shown duration costs exactly.

    `doubt_usd` is what the digits cut off the duration may have cost.
    """

    exchange: Exchange
    cost_usd: float
    exact_usd: float
    doubt_usd: float

    @property
    def is_pro_rata(self) -> bool:
        """Exact, rounded to the nearest cent, or cut to the cent."""
        excess = self.cost_usd - self.exact_usd
        slack = self.doubt_usd + _TINY
        return -0.01 - slack <= excess <= 0.005 + slack

    @property
    def is_of_milliseconds(self) -> bool:
        """Whether it fits a thousandth of the shown duration, which no input has in seconds."""
        if self.exact_usd < 1000 * USD_PER_SECOND:
            return False
        seconds = replace(self, exact_usd=self.exact_usd / 1000, doubt_usd=self.doubt_usd / 1000)
        return seconds.is_pro_rata

    @property
    def readings(self) -> frozenset[str]:
        """Every way of rounding that leads to this price; at half a cent either neighbour."""
        cents, shown = self.exact_usd * 100, self.cost_usd * 100
        ways = {
            "nearest-cent": _is_whole(shown) and abs(shown - cents) <= 0.5 + _TINY,
            "cuts-to-cent": _is_whole(shown) and round(shown) == math.floor(cents + _TINY),
            "exact": abs(self.cost_usd - self.exact_usd) <= _TINY,
        }
        return frozenset(way for way, fits in ways.items() if fits)


def _is_whole(cents: float) -> bool:
    return abs(cents - round(cents)) <= _TINY


def price_of(exchange: Exchange) -> Price | None:
    """The price that a completed job shows."""
    duration = as_number(exchange.field("input_duration_sec"))
    cost = as_number(exchange.field("cost_usd"))
    if shown_status(exchange) != COMPLETED or duration is None or cost is None:
        return None
    if duration <= 0 or cost < 0 or not math.isfinite(duration + cost):
        return None
    _, _, decimals = repr(duration).partition(".")
    unit_seconds = 10.0 ** -len(decimals)
    return Price(exchange, cost, duration * USD_PER_SECOND, unit_seconds / 2 * USD_PER_SECOND)


@job_rule(f"{_ID}cost-is-pro-rata")
def pro_rata(history: JobHistory) -> Iterator[Outcome]:
    """The cost is that of the shown duration, to the cent; a later change is told as that."""
    prices = (price_of(item) for item in history.with_status(COMPLETED))
    price = next((item for item in prices if item is not None), None)
    if price is not None and not price.is_pro_rata and price.is_of_milliseconds:
        reason = "the cost is that of a duration in milliseconds, which is told as such"
        yield resting_on(unjudged(f"{_ID}cost-is-pro-rata", reason), price.exchange)
    elif price is not None:
        outcome = holds(
            f"{_ID}cost-is-pro-rata",
            price.is_pro_rata,
            "the cost is not 0.50 USD per minute of input",
            expected=f"{price.exact_usd:.4f} USD, exact or in cents",
            actual=price.cost_usd,
        )
        yield resting_on(outcome, price.exchange)


@job_rule(f"{_ID}cost-stays-the-same")
def settled_cost(history: JobHistory) -> Iterator[Outcome]:
    """What was charged is charged once."""
    priced = [
        item
        for item in history.with_status(COMPLETED)
        if as_number(item.field("cost_usd")) is not None
    ]
    for earlier, later in in_sequence(priced):
        outcome = holds(
            f"{_ID}cost-stays-the-same",
            abs(earlier.field("cost_usd") - later.field("cost_usd")) <= _TINY,
            "the cost of a completed job changes",
            expected=earlier.field("cost_usd"),
            actual=later.field("cost_usd"),
        )
        yield resting_on(outcome, earlier, later)


@run_rule(API, [f"{_ID}rounding"])
def rounding(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Which rounding all prices of the run fit."""
    prices = [price for price in _prices(exchanges) if price.is_pro_rata]
    if not prices:
        return
    fitting = frozenset.intersection(*(price.readings for price in prices))
    reading = next(iter(fitting)) if len(fitting) == 1 else "not-told-apart"
    yield resting_on(read(f"{_ID}rounding", reading), *(price.exchange for price in prices))


def _prices(exchanges: Iterable[Exchange]) -> Iterator[Price]:
    for exchange in exchanges:
        price = price_of(exchange) if exchange.operation == "getJob" else None
        if price is not None:
            yield price


@exchange_rule(API, "getJob", [f"{_ID}failed-job-cost"])
def cost_of_failure(exchange: Exchange) -> Iterator[Outcome]:
    """What a job that yields nothing costs."""
    cost = exchange.field("cost_usd")
    if shown_status(exchange) != FAILED:
        return
    if is_empty(cost):
        yield read(f"{_ID}failed-job-cost", "null-or-absent")
    elif as_number(cost) is not None:
        yield read(f"{_ID}failed-job-cost", "free" if cost == 0 else "charged")
