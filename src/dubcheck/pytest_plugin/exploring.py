"""How a probe explores many inputs, or many walks of a state machine, and shrinks what breaks.

What is sent is for probes and machines to say; nothing here knows an API.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis.errors import Flaky
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

from dubcheck.errors import Violation
from dubcheck.rules import Kind, Outcome, failed, passed
from dubcheck.strategies.models import Statement
from dubcheck.targets import Answer, Witness

Input = TypeVar("Input")
Clock = Callable[[], float]

EXAMPLES = {"quick": 6, "standard": 25, "deep": 400}
SECONDS = {"quick": 1.5, "standard": 6.0, "deep": 120.0}


@dataclass(frozen=True, slots=True)
class Walks:
    """How many walks a machine takes, of how many steps at most, and for how long.

    `findings`: how many broken musts are looked for, one after the other.
    """

    count: int
    steps: int
    seconds: float
    findings: int = 3


WALKS = {
    "quick": Walks(1, 7, 1.0),
    "standard": Walks(3, 8, 12.0),
    "deep": Walks(150, 25, 120.0),
}


@contextmanager
def broken_musts_raise(witness: Witness, known: frozenset[str] = frozenset()) -> Iterator[None]:
    """Raises Violation at the end of the block if a must, not known yet, was broken within it."""
    before = len(witness.failures)
    yield
    for outcome in witness.broken_musts(before):
        if outcome.requirement not in known:
            raise Violation(
                outcome.requirement,
                outcome.message,
                expected=outcome.expected,
                actual=outcome.actual,
            )


class Explorer:
    """Runs a stimulus over many generated inputs and shrinks the one that breaks a must.

    Examples are bounded in count and in time, so that a slow target does not make a run endless.
    """

    def __init__(self, witness: Witness, profile: str, seed: int, clock: Clock = time.monotonic):
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
        configured = _settings(max(1, round(EXAMPLES[self._profile] * share)))
        test = configured(given(inputs)(exploration.example))
        try:
            hypothesis_seed(self._seed)(test)()
        except Flaky as error:
            # A target may break a promise once and keep it later: it was broken all the same.
            raise exploration.violation or error from error

    def walk(
        self, machine: Callable[[Watch], RuleBasedStateMachine], *, walks: Walks | None = None
    ) -> None:
        """Takes walks of a machine and shrinks the one that breaks a must to its shortest.

        Then it goes on for what else is broken, as long as there is time: one broken promise must
        not hide another.

        Raises: Violation, the first that was found.
        """
        walks = walks or WALKS[self._profile]
        watch = Watch(self._witness, self._clock, walks.seconds)
        found: list[Violation] = []
        while not watch.is_over and len(found) < walks.findings:
            violation = self._walk(lambda: machine(watch), watch, walks)
            if violation is None or violation.requirement in watch.known:
                break
            watch.tell_shortest(violation.requirement)
            found.append(violation)
            watch.known |= {violation.requirement}
        if found:
            raise found[0]

    def _walk(
        self, machine: Callable[[], RuleBasedStateMachine], watch: Watch, walks: Walks
    ) -> Violation | None:
        seeded = hypothesis_seed(self._seed)(machine)
        configured = settings(_settings(walks.count), stateful_step_count=walks.steps)
        try:
            # A function that makes machines serves as well as a class, as its documentation says.
            run_state_machine_as_test(seeded, settings=configured)  # type: ignore[arg-type]
        except Violation as violation:
            return violation
        except Flaky:
            if watch.violation is None:
                raise
            return watch.violation
        return None


def _settings(count: int) -> settings:
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        print_blob=False,
        verbosity=Verbosity.quiet,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


class _Exploration(Generic[Input]):
    """One exploration's clock, and the smallest input so far that broke a must."""

    def __init__(
        self,
        witness: Witness,
        stimulus: Callable[[Input], object],
        clock: Clock,
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


class Watch:
    """Watches a machine's walks: runs its steps within the time and hears what its model says.

    `known` are the broken musts that were found already; they stop no walk any more.
    """

    def __init__(self, witness: Witness, clock: Clock, seconds: float):
        self._witness = witness
        self._clock = clock
        self._ends_at = clock() + seconds
        self._kept: set[str] = set()
        self._shortest: dict[str, Outcome] = {}
        self.known: frozenset[str] = frozenset()
        self.violation: Violation | None = None

    @property
    def is_over(self) -> bool:
        """Whether the time is over; then no step does anything any more."""
        return self._clock() > self._ends_at

    @property
    def broken(self) -> Set[str]:
        """The requirements that were said to be broken, known or not."""
        return self._shortest.keys()

    def run(self, step: Callable[[], object], walked: Sequence[Answer]) -> None:
        """Takes one step, and lets the rules look at the whole walk.

        Raises: Violation where a must that is not known yet was broken by it.
        """
        if self.is_over:
            return
        try:
            with broken_musts_raise(self._witness, self.known):
                step()
                self._look_back(walked)
        except Violation as violation:
            self.violation = violation
            raise

    def say(self, statement: Statement, walked: Sequence[Answer]) -> None:
        """Records what the model says of the last answer; a kept promise is recorded once.

        A broken one rests on the whole walk, so that a finding tells the sequence that led to it.
        """
        if statement.holds and statement.requirement in self._kept:
            return
        if statement.holds:
            self._kept.add(statement.requirement)
            outcome, rests_on = passed(statement.requirement), walked[-1:]
        else:
            outcome = failed(
                statement.requirement,
                statement.message,
                expected=statement.expected,
                actual=statement.actual,
            )
            rests_on = walked
        self._record(_resting_on(outcome, rests_on))

    def tell_shortest(self, requirement: str) -> None:
        """Records the shortest walk that broke a promise once more: the last one is reported.

        Where time runs out, or a service keeps the promise now and then, it was not the last.
        """
        if requirement in self._shortest:
            self._witness.say(self._shortest[requirement])

    def _record(self, outcome: Outcome) -> None:
        self._witness.say(outcome)
        known = self._shortest.get(outcome.requirement, outcome)
        if outcome.kind is Kind.FAIL and len(outcome.exchanges) <= len(known.exchanges):
            self._shortest[outcome.requirement] = outcome

    def _look_back(self, walked: Sequence[Answer]) -> None:
        for outcome in self._witness.look_back([answer.exchange for answer in walked]):
            if outcome.kind is Kind.FAIL and outcome.requirement not in self.known:
                told = replace(outcome, message=f"on a walk: {outcome.message}")
                self._record(_resting_on(told, walked))


def _resting_on(outcome: Outcome, walked: Sequence[Answer]) -> Outcome:
    return replace(outcome, exchanges=tuple(answer.exchange.id for answer in walked))
