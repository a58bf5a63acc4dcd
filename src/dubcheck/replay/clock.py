"""The time of a recording, in place of ours while a cassette is played.

It moves when a probe would have slept and when an answer is played, and never backwards, so that
whatever counted seconds while recording counts the same ones again. It never blocks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

TARGETS = "dubcheck.targets"


class ReplayClock:
    """Stands in for the module `time` in the clients and the probes. Units: UNIX seconds."""

    def __init__(self, now: float):
        self._now = now
        self._watchers: list[Callable[[float], None]] = []

    def time(self) -> float:
        """The present of the recording."""
        return self._now

    def monotonic(self) -> float:
        """The same: it never goes backwards."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Lets the time pass at once."""
        self.advance_to(self._now + max(0.0, seconds))

    def advance_to(self, moment: float) -> None:
        """Moves on to a moment, unless it is past."""
        if moment > self._now:
            self._now = moment
            for watcher in self._watchers:
                watcher(moment)

    def watch(self, watcher: Callable[[float], None]) -> None:
        """Has somebody told of each new moment."""
        self._watchers.append(watcher)

    @contextmanager
    def in_place(self, probes: Path) -> Iterator[None]:
        """Gives this clock to every client and probe that looks at `time`."""
        turned = [module for module in _timed(probes) if vars(module).get("time") is time]
        for module in turned:
            vars(module)["time"] = self
        try:
            yield
        finally:
            for module in turned:
                vars(module)["time"] = time


def _timed(probes: Path) -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.startswith(TARGETS) or (file and probes in Path(file).parents):
            yield module
