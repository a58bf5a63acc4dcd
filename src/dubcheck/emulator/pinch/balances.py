"""What each account has and what a job costs, in whole cents; when it is paid, work.py decides.

Source: Dubbing API Reference, "Overview" (0.50 USD per input minute) and its 61.5 s example (0.51).
"""

from __future__ import annotations

from dubcheck.emulator.store import Resource, Shelf, Store

CENTS_PER_MINUTE = 50
_MINUTE_MILLISECONDS = 60_000
RICH_CENTS = 100_000_000
POOR_LABEL = "pinch-poor"


class Balance(Resource, frozen=True, kw_only=True, gc=False):
    """Money of one account; `identifier` and `owner` are both its label."""

    cents: int


def cost_in_cents(duration_seconds: float) -> int:
    """Pro rata, rounded half up to the cent; whole milliseconds, so that no float decides."""
    milliseconds = round(duration_seconds * 1000)
    return (milliseconds * CENTS_PER_MINUTE + _MINUTE_MILLISECONDS // 2) // _MINUTE_MILLISECONDS


class Balances:
    """Balances by account label. Everybody starts rich but the poor account, which has nothing."""

    def __init__(self, store: Store) -> None:
        self._shelf: Shelf[Balance] = store.shelf("balances", Balance)

    def cents(self, label: str) -> int:
        """Current balance."""
        balance = self._shelf.find(label)
        if balance is None:
            return 0 if label == POOR_LABEL else RICH_CENTS
        return balance.cents

    def set_cents(self, label: str, cents: int) -> None:
        """Set by the control surface."""
        self._shelf.put(Balance(identifier=label, owner=label, cents=cents))

    def charge(self, label: str, cents: int) -> None:
        """Take from the account; negative `cents` give back."""
        self.set_cents(label, self.cents(label) - cents)

    def reset(self, label: str | None) -> None:
        """Back to the start."""
        self._shelf.clear(label)
