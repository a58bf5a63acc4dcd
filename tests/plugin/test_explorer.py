"""Exploring many inputs: shrinking, and targets that are slow or break a promise only once."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import strategies as st

from dubcheck.errors import Violation
from dubcheck.exchange import Redactor
from dubcheck.exchange.record import RecordWriter
from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.targets import Witness


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    """A witness that judges nothing by itself."""
    return Witness(RecordWriter(tmp_path / "record.jsonl"), [], Redactor())


class Target:
    """A stand-in for a service: a number of at least 10 breaks its promise."""

    def __init__(self, witness: Witness, *, breaks: int = 10_000):
        self._evidence = Evidence(witness)
        self._breaks = breaks
        self.seen: list[int] = []

    def ask(self, number: int) -> None:
        """Breaks the promise so many times at most."""
        self.seen.append(number)
        kept = number < 10 or self._breaks <= 0
        self._breaks -= not kept
        self._evidence.holds("pinch.a.b", kept, message="m", expected="<10", actual=number)


def test_explorer_shrinks_to_the_smallest_input(witness: Witness) -> None:
    """The input that is told is the smallest one that breaks the promise."""
    target = Target(witness)

    with pytest.raises(Violation, match="got 10"):
        Explorer(witness, "quick", seed=0)(st.integers(0, 1000), target.ask)

    assert target.seen[-1] == 10


def test_promise_broken_once_is_a_violation(witness: Witness) -> None:
    """A target that keeps the promise when asked again broke it all the same."""
    target = Target(witness, breaks=1)

    with pytest.raises(Violation, match=r"pinch\.a\.b"):
        Explorer(witness, "quick", seed=0)(st.integers(10, 1000), target.ask)


def test_explorer_stops_at_its_time(witness: Witness) -> None:
    """When the time of the profile is over nothing more is sent, and nothing is called flaky."""
    ticks = count()
    target = Target(witness)
    explore = Explorer(witness, "quick", seed=0, clock=lambda: float(next(ticks)))

    with pytest.raises(Violation):
        explore(st.integers(10, 1000), target.ask)

    assert len(target.seen) <= 3
