"""What a probe says about requirements; how it explores many inputs is exploring.py."""

from __future__ import annotations

from hypothesis import assume

from dubcheck.exchange import Exchange
from dubcheck.pytest_plugin.exploring import Explorer, broken_musts_raise
from dubcheck.rules import Outcome, failed, passed, read, unjudged
from dubcheck.targets import Answer, Witness


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


__all__ = ["Evidence", "Explorer", "assume", "broken_musts_raise"]
