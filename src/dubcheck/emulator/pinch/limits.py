"""Requests per minute, key and operation, on the emulator's clock; off unless asked for.

The document's message speaks of 10 requests per minute, yet its own sample polls a job 12 times a
minute: so asking for a job's status is never limited, and each other operation counts for itself.
"""

from __future__ import annotations

from collections import deque
from math import ceil

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.refusals import TooManyRequests

WINDOW_SECONDS = 60.0
UNLIMITED_OPERATIONS = frozenset({"getJob"})


class RateLimit:
    """A sliding window per account and operation."""

    def __init__(self, clock: Clock, requests_per_minute: int | None) -> None:
        self._clock = clock
        self._limit = requests_per_minute
        self._windows: dict[tuple[str, str], deque[float]] = {}

    def admit(self, label: str, operation: str) -> None:
        """Count one request. Raises: TooManyRequests with the seconds until the next is let in."""
        if self._limit is None or operation in UNLIMITED_OPERATIONS:
            return
        now = self._clock.now()
        window = self._windows.setdefault((label, operation), deque())
        while window and window[0] <= now - WINDOW_SECONDS:
            window.popleft()
        if len(window) >= self._limit:
            retry_after = max(1, ceil(window[0] + WINDOW_SECONDS - now))
            raise TooManyRequests(self._limit, retry_after)
        window.append(now)

    def reset(self, label: str | None) -> None:
        """Forget what was counted."""
        for known in [each for each in self._windows if label in (None, each[0])]:
            del self._windows[known]
