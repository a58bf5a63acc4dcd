"""How fast the suite may send: a rate it never exceeds, and patience with 429 within a budget."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

LONGEST_WAIT_SECONDS = 65.0  # one rate window of the documents is a minute


@dataclass(slots=True)
class Pace:
    """Spaces requests out.

    Units: `per_minute` requests; `patience_seconds` is all the time that may be spent on 429.
    """

    per_minute: float | None = None
    patience_seconds: float = 130.0
    _next_at: float = field(default=0.0, init=False)

    def wait_for_turn(self) -> None:
        """Blocks until the next request may be sent."""
        if self.per_minute is None:
            return
        now = time.monotonic()
        if now < self._next_at:
            time.sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + 60.0 / self.per_minute

    def wait_after_refusal(self, retry_after: str | None) -> bool:
        """Waits as a 429 asked; False where the patience of the run is used up."""
        seconds = float(retry_after) if retry_after and retry_after.isdigit() else 5.0
        seconds = min(seconds + 0.1, LONGEST_WAIT_SECONDS)
        if seconds > self.patience_seconds:
            return False
        self.patience_seconds -= seconds
        time.sleep(seconds)
        return True
