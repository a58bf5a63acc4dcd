"""What was sent and answered in all, counted as exchanges come. Keeps none of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.report.sightings import UNDOCUMENTED, Sightings


class Traffic:
    """Requests by operation, what the service charged, and what it was seen to answer."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()
        self._costs: dict[str, float] = {}
        self._sightings = Sightings()

    def see(self, exchange: Exchange) -> None:
        """Takes one exchange in."""
        self._counted[exchange.operation or UNDOCUMENTED] += 1
        self._sightings.see(exchange)
        if exchange.operation == "getJob":
            cost = exchange.field("cost_usd")
            if isinstance(cost, int | float):
                self._costs[exchange.path_parameters.get("id", "")] = float(cost)

    @property
    def requests(self) -> int:
        """How many there were."""
        return self._counted.total()

    def encode(self) -> dict[str, Any]:
        """Requests in all and by operation, and what the service said it charged in USD."""
        return {
            "requests": self.requests,
            "by_operation": dict(sorted(self._counted.items())),
            "cost_usd": round(sum(self._costs.values(), start=0.0), 2),
        }

    def sightings(self) -> dict[str, Any]:
        """What each operation was seen to answer."""
        return self._sightings.encode()
