"""What each operation was seen to answer: statuses, codes, fields and times. Judges none of it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.exchange.model import MISSING

UNDOCUMENTED = "none documented"
NOTICES = frozenset({"dubbingCallback"})  # the service asks and the suite answers
DEEPEST = 8
MOST_NAMES = 300  # per operation: an answer whose keys are made up must not fill the report
_STEP = 1.05  # durations are counted in steps of 5 %, so that any number of them takes little room
_SHORTEST_SECONDS = 1e-5
_CODE = re.compile("[a-z][a-z0-9_]{1,60}")
_TYPES = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}


class Durations:
    """How long answers took, counted so that quantiles are right within 3 %."""

    def __init__(self) -> None:
        self._steps: Counter[int] = Counter()

    def add(self, seconds: float) -> None:
        """Counts one answer."""
        ratio = max(seconds, _SHORTEST_SECONDS) / _SHORTEST_SECONDS
        self._steps[round(math.log(ratio, _STEP))] += 1

    def encode(self) -> dict[str, float | int]:
        """The number of answers and their quartiles in milliseconds."""
        return {
            "samples": self._steps.total(),
            "lower_quartile_ms": self._quantile_ms(0.25),
            "median_ms": self._quantile_ms(0.5),
            "upper_quartile_ms": self._quantile_ms(0.75),
        }

    def _quantile_ms(self, share: float) -> float:
        left = share * self._steps.total()
        for step in sorted(self._steps):
            left -= self._steps[step]
            if left <= 0:
                return round(_SHORTEST_SECONDS * _STEP**step * 1000, 3)
        return 0.0


class OperationSightings:
    """What one operation was seen to answer."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._fields: dict[str, set[str]] = {}
        self._refusal_fields: dict[str, set[str]] = {}
        self._durations = Durations()

    def see(self, exchange: Exchange) -> None:
        """Takes one exchange in."""
        if exchange.operation in NOTICES:
            self._see_document(exchange.document, self._fields)
            return
        response = exchange.response
        self._statuses[str(response.status) if response else "no answer"] += 1
        if response is None:
            return
        if response.is_success and exchange.is_timed:
            self._durations.add(exchange.elapsed_seconds)
        self._see_document(
            exchange.answer, self._fields if response.is_success else self._refusal_fields
        )

    def _see_document(self, document: Any, fields: dict[str, set[str]]) -> None:
        for code in _codes(document):
            if code in self._codes or len(self._codes) < MOST_NAMES:
                self._codes[code] += 1
        for name, kind in _named_types(document, "", DEEPEST):
            if name in fields:
                fields[name].add(kind)
            elif len(fields) < MOST_NAMES:
                fields[name] = {kind}

    def encode(self) -> dict[str, Any]:
        """A dictionary of JSON values in an order that does not depend on the traffic's."""
        return {
            "statuses": dict(sorted(self._statuses.items())),
            "codes": dict(sorted(self._codes.items())),
            "fields": {name: sorted(kinds) for name, kinds in sorted(self._fields.items())},
            "refusal_fields": {
                name: sorted(kinds) for name, kinds in sorted(self._refusal_fields.items())
            },
            "latency": self._durations.encode(),
        }


class Sightings:
    """What was seen, by API and operation, counted as exchanges come."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, OperationSightings]] = defaultdict(dict)

    def see(self, exchange: Exchange) -> None:
        """Takes one exchange in."""
        operations = self._seen[exchange.api]
        name = exchange.operation or UNDOCUMENTED
        if name not in operations:
            operations[name] = OperationSightings()
        operations[name].see(exchange)

    def encode(self) -> dict[str, Any]:
        """Shape: {api: {operation: {statuses, codes, fields, refusal_fields, latency}}}.

        Fields are named like `jobs[].status`, each with the JSON types it was seen with.
        """
        return {
            api: {name: item.encode() for name, item in sorted(operations.items())}
            for api, operations in sorted(self._seen.items())
        }


def sightings(exchanges: Iterable[Exchange]) -> dict[str, Any]:
    """What was seen in these exchanges, in the shape of `Sightings.encode`."""
    seen = Sightings()
    for exchange in exchanges:
        seen.see(exchange)
    return seen.encode()


def _codes(document: Any) -> Iterator[str]:
    """The words by which an answer says what went wrong, or a notice what happened."""
    if not isinstance(document, dict):
        return
    error = document.get("error")
    told = error.get("code") if isinstance(error, dict) else error
    for value in (told, document.get("event")):
        if isinstance(value, str) and _CODE.fullmatch(value):
            yield value


def _named_types(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if value is MISSING or depth == 0:
        return
    if name:
        yield name, _TYPES[type(value)]
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _named_types(item, f"{name}.{key}" if name else key, depth - 1)
    elif isinstance(value, list):
        for item in value:
            yield from _named_types(item, f"{name}[]", depth - 1)
