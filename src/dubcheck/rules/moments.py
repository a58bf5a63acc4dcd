"""Timestamps as the service writes them, and the service's clock. Judges nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from dubcheck.exchange import Exchange

CLOCK_TOLERANCE_SECONDS = 300.0  # clocks of client, proxy and service may differ by this much
# What is stamped twice for one event, or stored in coarser units than it is told in, differs so.
STAMP_TOLERANCE_SECONDS = 1.0
FARTHEST_ZONE_SECONDS = 14 * 3600.0
_LONGEST_REMEMBERED = 64  # characters: what is longer is no usual timestamp
_QUARTER_HOUR_SECONDS = 900.0  # every zone of the world is a multiple of it
_TIME_OF_DAY = re.compile(
    r"[T ]\d\d(?P<minute>:?\d\d(?P<second>:?\d\d(?:[.,](?P<fraction>\d+))?)?)?"
)


class Zone(Enum):
    """How a timestamp tells its zone."""

    Z = "z"
    OFFSET = "offset"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Moment:
    """One timestamp.

    Units: `seconds` UNIX seconds, where a timestamp without a zone is read as UTC; `unit_seconds`
    the smallest step of its notation.
    """

    seconds: float
    zone: Zone
    unit_seconds: float

    @property
    def has_zone(self) -> bool:
        """Whether it can be compared with other clocks."""
        return self.zone is not Zone.NONE

    def precedes(self, other: Moment, *, tolerance_seconds: float = 0.0) -> bool:
        """Whether it is surely earlier, whatever their notations have cut off."""
        if self.has_zone != other.has_zone:
            return False
        margin = tolerance_seconds
        if self.unit_seconds != other.unit_seconds:
            margin += max(self.unit_seconds, other.unit_seconds)
        return other.seconds - self.seconds > margin + 1e-6

    def agrees_with(self, other: Moment, *, tolerance_seconds: float = 0.0) -> bool:
        """Whether both are the same moment, as far as their notations tell."""
        first, second = sorted((self, other), key=lambda moment: moment.seconds)
        return not first.precedes(second, tolerance_seconds=tolerance_seconds)

    def is_stamped_like(self, other: Moment) -> bool:
        """Whether both may tell of one event, as a service stamps and stores it."""
        return self.agrees_with(other, tolerance_seconds=STAMP_TOLERANCE_SECONDS)

    def is_stamped_before(self, other: Moment) -> bool:
        """Whether it is surely of an earlier event than the other."""
        return self.precedes(other, tolerance_seconds=STAMP_TOLERANCE_SECONDS)


def moment_of(value: Any) -> Moment | None:
    """The moment that an ISO 8601 text names, or None."""
    if not isinstance(value, str):
        return None
    return _moment(value) if len(value) <= _LONGEST_REMEMBERED else _read_moment(value)


@lru_cache(maxsize=4096)
def _moment(value: str) -> Moment | None:
    return _read_moment(value)


def _read_moment(value: str) -> Moment | None:
    try:
        read = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    zone = Zone.OFFSET
    if read.tzinfo is None:
        zone, read = Zone.NONE, read.replace(tzinfo=UTC)
    elif value[-1] in "zZ":
        zone = Zone.Z
    return Moment(read.timestamp(), zone, _unit_seconds(value))


def has_fraction(value: str) -> bool:
    """Whether the text has fractions of a second."""
    found = _TIME_OF_DAY.search(value)
    return bool(found and found["fraction"])


def _unit_seconds(value: str) -> float:
    found = _TIME_OF_DAY.search(value)
    if found is None:
        return 86_400.0
    if found["fraction"]:
        return float(10.0 ** -min(len(found["fraction"]), 6))
    return 1.0 if found["second"] else 60.0 if found["minute"] else 3600.0


def service_clock(exchange: Exchange) -> float | None:
    """What the service's clock showed at the answer (its Date header), else what ours showed.

    None where the recording has no times: then nothing can be held against the present.
    """
    return dated(exchange) or (exchange.ended_at if exchange.is_timed else None)


def dated(exchange: Exchange) -> float | None:
    """The Date header of the answer as UNIX seconds."""
    if exchange.response is None:
        return None
    header = exchange.response.headers.get("date", "")
    return _date(header) if len(header) <= _LONGEST_REMEMBERED else _read_date(header)


@lru_cache(maxsize=4096)
def _date(header: str) -> float | None:
    return _read_date(header)


def _read_date(header: str) -> float | None:
    try:
        return parsedate_to_datetime(header).timestamp()
    except ValueError:
        return None


def clocks_of(exchange: Exchange) -> list[float]:
    """Every clock that tells when the exchange was; empty where the recording has no times."""
    own = [exchange.started_at, exchange.ended_at] if exchange.is_timed else []
    told = dated(exchange)
    return own if told is None else [*own, told]


def is_present(moment: Moment, exchange: Exchange) -> bool | None:
    """Whether a moment is that of the exchange, by the service's clock or by ours.

    None where there is no clock.
    """
    clocks = clocks_of(exchange)
    if not clocks:
        return None
    return any(
        _distance(moment, clock) <= CLOCK_TOLERANCE_SECONDS + moment.unit_seconds
        for clock in clocks
    )


def _distance(moment: Moment, clock: float) -> float:
    difference = moment.seconds - clock
    if moment.has_zone or abs(difference) > FARTHEST_ZONE_SECONDS + CLOCK_TOLERANCE_SECONDS:
        return abs(difference)
    return abs(difference - _QUARTER_HOUR_SECONDS * round(difference / _QUARTER_HOUR_SECONDS))


def is_over(exchange: Exchange, end: Moment) -> bool:
    """Whether an end was over, in whatever zone, when the answer told it; not without a clock."""
    now = service_clock(exchange)
    return now is not None and end.seconds + (0.0 if end.has_zone else FARTHEST_ZONE_SECONDS) <= now


def zone_doubt_seconds(moment: Moment) -> float:
    """How far a moment may be from where it seems when it is held against another clock."""
    return CLOCK_TOLERANCE_SECONDS + (0.0 if moment.has_zone else FARTHEST_ZONE_SECONDS)
