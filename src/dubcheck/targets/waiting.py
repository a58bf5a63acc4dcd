"""Waiting for work that a service does beside its answers. What is waited for is not known here."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator

_FIRST_PAUSE_SECONDS = 0.05
# A server on this machine may be asked more often: that finds the end of short work sooner.
_LOCAL_GROWTH = 1.25
_GROWTH = 1.6
_PART_AFTER_VAIN = 10
_ENOUGH_UNREADABLE = 5


def looks(slowest_pause_seconds: float = 1.0, growth: float = _LOCAL_GROWTH) -> Iterator[float]:
    """Yields the seconds waited so far, at once and then after ever longer pauses, without end."""
    started, pause = time.monotonic(), _FIRST_PAUSE_SECONDS
    while True:
        yield time.monotonic() - started
        time.sleep(pause)
        pause = min(pause * growth, slowest_pause_seconds)


class Waiting:
    """How often to ask, and for how long: patiently, and hardly once work seems never to end.

    Where one whole wait was in vain and nothing ever ended, the next ones take a tenth: a service
    whose work is stuck is told after one wait, not after one for each resource. So does a wait for
    a state that no answer ever showed: what cannot be read does not become readable.
    Units: `patience_seconds` is what one wait may take.
    """

    def __init__(self, *, is_local: bool):
        self._full_patience_seconds = 90.0 if is_local else 900.0
        self.patience_seconds = self._full_patience_seconds
        self._pauses = (1.0, _LOCAL_GROWTH) if is_local else (5.0, _GROWTH)
        self._may_be_stuck = True
        self._was_readable = False
        self._unreadable = 0

    def state_was_asked(self, state: object, ends: Container[str]) -> None:
        """Notes what an answer about some work shows as its state.

        Any word will do to be waited with; where one is an end, work does end here, and from now on
        every wait is a patient one.
        """
        if not isinstance(state, str):
            self._unreadable += 1
            return
        self._was_readable = True
        if state in ends:
            self._may_be_stuck = False
            self.patience_seconds = self._full_patience_seconds

    def polls(self, patience_seconds: float | None = None) -> Iterator[float]:
        """Yields the seconds waited so far, each time it is time to ask again; once at least."""
        patience = self.patience_seconds if patience_seconds is None else patience_seconds
        for waited in looks(*self._pauses):
            yield waited
            if waited >= self._bounded(patience):
                break
        if self._may_be_stuck and patience >= self.patience_seconds:
            self._may_be_stuck = False
            self.patience_seconds /= _PART_AFTER_VAIN

    def _bounded(self, patience: float) -> float:
        is_blind = not self._was_readable and self._unreadable >= _ENOUGH_UNREADABLE
        return (
            min(patience, self._full_patience_seconds / _PART_AFTER_VAIN) if is_blind else patience
        )
