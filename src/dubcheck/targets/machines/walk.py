"""One walk of a state machine: its steps, the answers so far, and who listens to its model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial, wraps
from typing import Any, Protocol

from hypothesis.stateful import RuleBasedStateMachine

from dubcheck.strategies.models import Statement
from dubcheck.targets.api_client import Answer
from dubcheck.targets.waiting import Waiting

_PART_ONCE_KNOWN = 4


class Listener(Protocol):
    """Runs the steps of walks and records what their models say."""

    def run(self, step: Callable[[], object], walked: Sequence[Answer]) -> None:
        """Takes a step, or none where the time is over; raises where it broke a promise."""

    def say(self, statement: Statement, walked: Sequence[Answer]) -> None:
        """Records what the model says after the answers of the walk."""

    @property
    def broken(self) -> Set[str]:
        """The requirements that were said to be broken."""


class Walk(RuleBasedStateMachine):
    """What the machines of both APIs share. `walked` are the answers of this walk, in order.

    Units: `lag_seconds` is how far the lists of an API may be behind.
    """

    lag_seconds = 3.0

    def __init__(self, listener: Listener):
        super().__init__()
        self.listener = listener
        self.walked: list[Answer] = []
        self._waiting = Waiting(is_local=True)

    def saw(self, answer: Answer) -> Answer:
        """Takes an answer into the walk."""
        self.walked.append(answer)
        return answer

    def say(self, statements: Iterable[Statement]) -> None:
        """Hands on what the model says."""
        for statement in statements:
            self.listener.say(statement, self.walked)

    def confirmed(self, look: Callable[[], list[Statement]]) -> None:
        """Says what holds at the first look, and what is broken only if every later look agrees.

        Others may use the account meanwhile, and a list may lag: what is broken stays so.
        """
        before = len(self.walked)
        first = look()
        doubted = {item.requirement for item in first if not item.holds}
        said = [item for item in first if item.holds]
        if doubted:
            # Once a promise stayed broken all that time, shorter walks need not show it again.
            is_known = doubted <= self.listener.broken
            lag_seconds = self.lag_seconds / _PART_ONCE_KNOWN if is_known else self.lag_seconds
            for _ in self._waiting.polls(lag_seconds):
                # The last look is what a finding shows; those before it add nothing to it.
                del self.walked[before:]
                broken = [item for item in look() if not item.holds]
                broken = [item for item in broken if item.requirement in doubted]
                if not broken:
                    break
            said += broken
        self.say(said)


def step(function: Callable[..., None]) -> Callable[..., None]:
    """Makes a method a step: it is watched, and does nothing once the time is over."""

    @wraps(function)
    def taken(walk: Walk, **drawn: Any) -> None:
        walk.listener.run(partial(function, walk, **drawn), walk.walked)

    return taken
