"""What a probe says about requirements, and how it explores many inputs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, assume, given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis.errors import Flaky
from hypothesis.strategies import SearchStrategy

from dubcheck.errors import Violation
from dubcheck.exchange import Exchange
from dubcheck.rules import Outcome, failed, passed, read, unjudged
from dubcheck.targets import Answer, Witness

Input = TypeVar("Input")

EXAMPLES = {"quick": 6, "standard": 25, "deep": 400}
SECONDS = {"quick": 1.5, "standard": 6.0, "deep": 120.0}


class Evidence:
    """Records what a probe found. Nothing here raises: a probe goes on after a broken promise."""

    def __init__(self, witness: Witness):
        self._witness = witness

    def holds(
        self,
        requirement: str,
        condition: bool,
        *seen: Answer | Exchange,
        message: str,
        expected: object,
        actual: object,
    ) -> bool:
        """Passes or fails the requirement, resting on the exchanges, the decisive one last."""
        outcome = (
            passed(requirement)
            if condition
            else failed(requirement, message, expected=expected, actual=actual)
        )
        self._say(outcome, seen)
        return condition

    def equals(
        self,
        requirement: str,
        actual: object,
        expected: object,
        *seen: Answer | Exchange,
        message: str,
    ) -> bool:
        """Passes where both are equal."""
        return self.holds(
            requirement,
            actual == expected,
            *seen,
            message=message,
            expected=expected,
            actual=actual,
        )

    def reads(self, question: str, reading: str, *seen: Answer | Exchange) -> None:
        """Notes which reading of an open question the target was seen to follow."""
        self._say(read(question, reading), seen)

    def reads_if_known(self, question: str, reading: str | None, *seen: Answer | Exchange) -> None:
        """Notes the reading, or that the target showed none of them."""
        if reading is None:
            self.unjudged(question, "the target showed none of the readings", *seen)
        else:
            self.reads(question, reading, *seen)

    def unjudged(self, requirement: str, reason: str, *seen: Answer | Exchange) -> None:
        """Notes why a requirement could not be exercised."""
        self._say(unjudged(requirement, reason), seen)

    def _say(self, outcome: Outcome, seen: tuple[Answer | Exchange, ...]) -> None:
        exchanges = [item.exchange if isinstance(item, Answer) else item for item in seen]
        names = tuple(item.id for item in exchanges)
        self._witness.say(
            Outcome(
                outcome.requirement,
                outcome.kind,
                outcome.message,
                outcome.expected,
                outcome.actual,
                outcome.reading,
                names,
            )
        )


@contextmanager
def broken_musts_raise(witness: Witness) -> Iterator[None]:
    """Raises Violation at the end of the block if a must was seen broken within it."""
    before = len(witness.failures)
    yield
    for outcome in witness.broken_musts(before):
        raise Violation(
            outcome.requirement, outcome.message, expected=outcome.expected, actual=outcome.actual
        )


class Explorer:
    """Runs a stimulus over many generated inputs and shrinks the one that breaks a must.

    Examples are bounded in count and in time, so that a slow target does not make a run endless.
    """

    def __init__(
        self,
        witness: Witness,
        profile: str,
        seed: int,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._clock = clock
        self._witness = witness
        self._seed = seed
        self._profile = profile

    def __call__(
        self,
        inputs: SearchStrategy[Input],
        stimulus: Callable[[Input], object],
        *,
        share: float = 1.0,
    ) -> None:
        """Sends inputs; `share` scales the profile's count and time for cheap or costly ones."""
        exploration = _Exploration(
            self._witness, stimulus, self._clock, SECONDS[self._profile] * share
        )

        configured = settings(
            max_examples=max(1, round(EXAMPLES[self._profile] * share)),
            deadline=None,
            database=None,
            print_blob=False,
            verbosity=Verbosity.quiet,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        test = configured(given(inputs)(exploration.example))
        try:
            hypothesis_seed(self._seed)(test)()
        except Flaky as error:
            # A target may break a promise once and keep it later: it was broken all the same.
            raise exploration.violation or error from error


class _Exploration(Generic[Input]):
    """One exploration's clock, and the smallest input so far that broke a must."""

    def __init__(
        self,
        witness: Witness,
        stimulus: Callable[[Input], object],
        clock: Callable[[], float],
        budget_seconds: float,
    ):
        self._clock = clock
        self._witness = witness
        self._stimulus = stimulus
        self._ends_at = clock() + budget_seconds
        self._breaking: str | None = None
        self.violation: Violation | None = None

    def example(self, value: Input) -> None:
        """Sends one input; beyond the time only the one that is known to break a must."""
        if self._clock() > self._ends_at and repr(value) != self._breaking:
            return
        try:
            with broken_musts_raise(self._witness):
                self._stimulus(value)
        except Violation as violation:
            self._breaking, self.violation = repr(value), violation
            raise


__all__ = ["Evidence", "Explorer", "assume", "broken_musts_raise"]
