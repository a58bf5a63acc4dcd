"""What a report says each operation was seen to answer, read back. Compares nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Latency:
    """Quartiles of the times of successful answers, in milliseconds."""

    samples: int
    lower_quartile_ms: float
    median_ms: float
    upper_quartile_ms: float


@dataclass(frozen=True, slots=True)
class SeenOperation:
    """What one operation answered.

    Shape: `fields` and `refusal_fields` map names like `jobs[].status` to JSON types.
    """

    statuses: Mapping[str, int]
    codes: Mapping[str, int]
    fields: Mapping[str, frozenset[str]]
    refusal_fields: Mapping[str, frozenset[str]]
    latency: Latency

    @property
    def answers(self) -> int:
        """How many requests of the operation the report knows."""
        return sum(self.statuses.values())


def read_sightings(document: Any) -> dict[str, dict[str, SeenOperation]]:
    """The sightings of report.json by API and operation.

    Raises: KeyError, TypeError, ValueError or AttributeError where they have another shape.
    """
    return {
        str(api): {str(name): _operation(seen) for name, seen in operations.items()}
        for api, operations in document.items()
    }


def _operation(seen: Mapping[str, Any]) -> SeenOperation:
    latency = seen["latency"]
    return SeenOperation(
        statuses={str(name): int(count) for name, count in seen["statuses"].items()},
        codes={str(name): int(count) for name, count in seen["codes"].items()},
        fields=_types(seen["fields"]),
        refusal_fields=_types(seen["refusal_fields"]),
        latency=Latency(
            int(latency["samples"]),
            float(latency["lower_quartile_ms"]),
            float(latency["median_ms"]),
            float(latency["upper_quartile_ms"]),
        ),
    )


def _types(fields: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {str(name): frozenset(map(str, types)) for name, types in fields.items()}
