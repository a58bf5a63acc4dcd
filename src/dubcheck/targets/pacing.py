"""How fast the suite may send: a rate it never exceeds, and patience with 429 within a budget."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

FIRST_WAIT_SECONDS = 0.5  # where a refusal does not say how long; then twice as long, and so on
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

    def wait_after_refusal(self, retry_after: str | None, earlier: int = 0) -> bool:
        """Waits as a 429 asked, and longer where the same request was refused before, so often.

        False where the patience of the run is used up.
        """
        growing = FIRST_WAIT_SECONDS * 2 ** min(earlier, 10)
        asked = _asked_seconds(retry_after)
        seconds = growing if asked is None else max(asked + 0.1, growing if earlier else 0.0)
        seconds = min(seconds, LONGEST_WAIT_SECONDS)
        if seconds > self.patience_seconds:
            return False
        self.patience_seconds -= seconds
        time.sleep(seconds)
        return True


def _asked_seconds(retry_after: str | None) -> float | None:
    """Seconds, which some write with a fraction, or a date; None where neither is told."""
    text = (retry_after or "").strip()
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
