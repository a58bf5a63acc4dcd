"""Waiting for work that a service does beside its answers. What is waited for is not known here."""

from __future__ import annotations

import time
from collections.abc import Iterator

_FIRST_PAUSE_SECONDS = 0.05
_GROWTH = 1.6
_PART_AFTER_VAIN = 10


class Waiting:
    """How often to ask, and for how long: patiently, and hardly once work seems never to end.

    Where one whole wait was in vain and nothing ever ended, the next ones take a tenth: a service
    whose work is stuck is told after one wait, not after one for each resource.
    Units: `patience_seconds` is what one wait may take.
    """

    def __init__(self, *, is_local: bool):
        self._full_patience_seconds = 90.0 if is_local else 900.0
        self.patience_seconds = self._full_patience_seconds
        self._slowest_pause_seconds = 1.0 if is_local else 5.0
        self._may_be_stuck = True

    def end_was_seen(self) -> None:
        """Notes that work does end here: from now on every wait is a patient one."""
        self._may_be_stuck = False
        self.patience_seconds = self._full_patience_seconds

    def polls(self, patience_seconds: float | None = None) -> Iterator[float]:
        """Yields the seconds waited so far, each time it is time to ask again; once at least."""
        patience = self.patience_seconds if patience_seconds is None else patience_seconds
        started, pause, waited = time.monotonic(), _FIRST_PAUSE_SECONDS, 0.0
        while waited <= max(patience, 0.0):
            yield waited
            time.sleep(pause)
            pause = min(pause * _GROWTH, self._slowest_pause_seconds)
            waited = time.monotonic() - started
        if self._may_be_stuck and patience >= self.patience_seconds:
            self._may_be_stuck = False
            self.patience_seconds /= _PART_AFTER_VAIN
