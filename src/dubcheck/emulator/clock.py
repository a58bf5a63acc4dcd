"""The one clock that the whole emulator reads and a client may turn; nothing else tells time."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count


@lru_cache(maxsize=1024)
def _format_second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_timestamp(seconds: float) -> str:
    """ISO 8601 in UTC with whole seconds, as both documents print it: 2026-03-05T14:30:00Z."""
    return _format_second(int(seconds))


class Clock:
    """UNIX seconds that run, stand still or jump forward; never backward.

    Only the thread of the event loop may call it. `offset_seconds` is how far it is ahead of the
    machine's clock; a state file keeps it across restarts.
    """

    def __init__(self, offset_seconds: float = 0.0) -> None:
        self._offset = offset_seconds
        self._frozen_at: float | None = None
        self._alarms: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def offset_seconds(self) -> float:
        """Seconds ahead of the machine's clock (negative after a freeze)."""
        return self.now() - time.time()

    @property
    def is_frozen(self) -> bool:
        """Whether time stands still until `resume`."""
        return self._frozen_at is not None

    def now(self) -> float:
        """Current time in UNIX seconds."""
        return time.time() + self._offset if self._frozen_at is None else self._frozen_at

    def advance(self, seconds: float) -> None:
        """Jump forward; everyone who waits for a moment up to the new now wakes, earliest first."""
        if self._frozen_at is None:
            self._offset += seconds
        else:
            self._frozen_at += seconds
        self._wake()

    def freeze(self) -> None:
        """Stand still; `advance` still jumps."""
        self._frozen_at = self.now()
        self._wake()

    def resume(self) -> None:
        """Run again from where it stood."""
        if self._frozen_at is not None:
            self._offset = self._frozen_at - time.time()
            self._frozen_at = None
        self._wake()

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        await self.sleep_until(self.now() + seconds)

    async def sleep_until(self, moment: float) -> None:
        """Wait until the clock shows `moment` (UNIX seconds); yields even if it is past.

        Chains of waits should use absolute moments: then one long `advance` passes them all.
        """
        if moment <= self.now():
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.call_at(moment, lambda: None if future.done() else future.set_result(None))
        await future

    def call_at(self, moment: float, alarm: Callable[[], None]) -> None:
        """Call `alarm` once the clock shows `moment`; cheaper than a task that sleeps."""
        heapq.heappush(self._alarms, (moment, next(self._order), alarm))
        if self._alarms[0][2] is alarm:
            self._set_timer()

    def _wake(self) -> None:
        now = self.now()
        while self._alarms and self._alarms[0][0] <= now:
            heapq.heappop(self._alarms)[2]()
        self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._alarms and self._frozen_at is None:
            delay = max(0.0, self._alarms[0][0] - self.now())
            self._timer = asyncio.get_running_loop().call_later(delay, self._wake)
