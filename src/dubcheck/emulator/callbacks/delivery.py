"""One callback on its way: what goes where, what was tried, how it ended; nothing is sent here."""

from __future__ import annotations

from enum import Enum

import msgspec

from dubcheck.emulator.store import Resource, Store

# Kept for inspection; those still waiting are never dropped.
LOG_SIZE = 500


class DeliveryState(Enum):
    """ABANDONED: the last retry failed. LOST: a fault swallowed it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    LOST = "lost"


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One POST. `status` is the receiver's, None when no answer came; then `error` says why."""

    at: float
    status: int | None = None
    error: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the receiver took it: any 2xx. A redirect is not followed."""
        return self.status is not None and 200 <= self.status < 300


class Delivery(Resource, frozen=True, kw_only=True, gc=False):
    """A callback. `body` holds the exact text that is signed and sent; signatures are not kept."""

    resource_id: str
    url: str
    event: str
    body: str
    created_at: float
    state: DeliveryState = DeliveryState.WAITING
    fault: str = ""
    attempts: tuple[Attempt, ...] = ()


class DeliveryLog:
    """The last deliveries, bounded, in order; a state file brings the waiting ones back."""

    def __init__(self, store: Store) -> None:
        self._shelf = store.shelf("callbacks", Delivery)
        last = max((int(each.identifier) for each in self._shelf.every()), default=0)
        self._next_number = last + 1
        self._kept = sum(1 for _ in self._shelf.every())

    def open(self, delivery: Delivery) -> Delivery:
        """Number a new delivery and keep it; the oldest ended one makes room."""
        numbered = msgspec.structs.replace(delivery, identifier=f"{self._next_number:08d}")
        self._next_number += 1
        self._shelf.put(numbered)
        self._kept += 1
        if self._kept > LOG_SIZE:
            self._make_room()
        return numbered

    def put(self, delivery: Delivery) -> None:
        """Replace a delivery by its new state, unless it was forgotten meanwhile."""
        if self._shelf.find(delivery.identifier) is not None:
            self._shelf.put(delivery)

    def entries(self, owner: str | None = None) -> list[Delivery]:
        """Deliveries in the order in which they were opened."""
        return list(self._shelf.every(owner))

    def clear(self, owner: str | None = None) -> None:
        """Forget everything, or everything of one owner."""
        self._shelf.clear(owner)
        self._kept = sum(1 for _ in self._shelf.every())

    def _make_room(self) -> None:
        for each in self._shelf.every():
            if each.state is not DeliveryState.WAITING:
                self._shelf.drop(each)
                self._kept -= 1
                return
