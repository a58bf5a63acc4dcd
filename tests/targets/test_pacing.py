"""How long the suite waits after a 429, within its patience."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from dubcheck.targets import pacing
from dubcheck.targets.pacing import Pace

NOW = 1_790_000_000.0


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were slept, on a clock that stands still."""
    slept: list[float] = []
    monkeypatch.setattr(pacing.time, "sleep", slept.append)
    monkeypatch.setattr(pacing.time, "time", lambda: NOW)
    return slept


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        pytest.param("7", 7.1, id="seconds"),
        pytest.param("0.5", 0.6, id="fraction"),
        pytest.param(formatdate(NOW + 3, usegmt=True), 3.1, id="date"),
        pytest.param(formatdate(NOW - 3, usegmt=True), 0.1, id="past-date"),
        pytest.param("3600", 65.0, id="an-hour"),
        pytest.param("soon", 0.5, id="a-word"),
        pytest.param("", 0.5, id="empty"),
        pytest.param(None, 0.5, id="absent"),
    ],
)
def test_wait_is_what_the_refusal_asks_for(
    retry_after: str | None, seconds: float, waits: list[float]
) -> None:
    """Seconds and dates are waited for, up to 65 s; what tells nothing costs half a second."""
    Pace().wait_after_refusal(retry_after)

    assert waits == [pytest.approx(seconds)]


@pytest.mark.parametrize("retry_after", ["0", None], ids=["at-once", "absent"])
def test_wait_grows_with_every_refusal_of_a_request(
    retry_after: str | None, waits: list[float]
) -> None:
    """Where waiting so long was not enough, the next wait is longer."""
    pace = Pace()

    told = [pace.wait_after_refusal(retry_after, earlier) for earlier in (1, 2, 3, 4)]

    assert told == [True] * 4
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_patience_ends(waits: list[float]) -> None:
    """No more is waited than the patience of the run allows."""
    pace = Pace(patience_seconds=10.0)

    told = [pace.wait_after_refusal("6") for _ in range(2)]

    assert told == [True, False]
    assert len(waits) == 1
