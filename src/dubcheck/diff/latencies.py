"""Operations that answer clearly slower or faster than before. Noise is not told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dubcheck.diff.reports import WrittenReport
from dubcheck.diff.seen import Latency

LEAST_SAMPLES = 20
LEAST_RATIO = 2.0
# Below this a loaded machine differs from itself by more than any service would.
LEAST_SHIFT_MS = 50.0


@dataclass(frozen=True, slots=True)
class LatencyShift:
    """The times of one operation's successful answers before and after."""

    api: str
    operation: str
    before: Latency
    after: Latency


def latency_shifts(
    before: WrittenReport, after: WrittenReport, apis: frozenset[str]
) -> Iterator[LatencyShift]:
    """The operations whose median moved far, and of whose answers the middle halves lie apart."""
    for api in sorted(apis):
        first, second = ((report.sightings or {}).get(api, {}) for report in (before, after))
        for operation in sorted(first.keys() & second.keys()):
            was, now = first[operation].latency, second[operation].latency
            if _is_large(was, now):
                yield LatencyShift(api, operation, was, now)


def _is_large(was: Latency, now: Latency) -> bool:
    faster, slower = sorted((was, now), key=lambda item: item.median_ms)
    return (
        min(was.samples, now.samples) >= LEAST_SAMPLES
        and slower.median_ms - faster.median_ms >= LEAST_SHIFT_MS
        and slower.median_ms >= LEAST_RATIO * faster.median_ms
        and slower.lower_quartile_ms > faster.upper_quartile_ms
    )
