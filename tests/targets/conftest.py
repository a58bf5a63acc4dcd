"""A clock for tests of what waits."""

from __future__ import annotations

import pytest

from dubcheck.targets import waiting


class Clock:
    """Time that goes by in sleep only."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Seconds slept so far."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets the seconds go by at once."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that waiting looks at."""
    made = Clock()
    monkeypatch.setattr(waiting, "time", made)
    return made
