"""How a rule over many exchanges reports: one outcome per requirement, with its exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Kind, Outcome


def resting_on(outcome: Outcome, *exchanges: Exchange) -> Outcome:
    """The outcome with the exchanges that show it, the decisive one last."""
    return Outcome(
        outcome.requirement,
        outcome.kind,
        outcome.message,
        outcome.expected,
        outcome.actual,
        outcome.reading,
        tuple([item.id for item in exchanges]),
    )


def settle(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Per requirement its first failure, else its last pass; of readings one of each."""
    kept: dict[tuple[str, str | None], Outcome] = {}
    for outcome in outcomes:
        key = (outcome.requirement, outcome.reading)
        if key not in kept or kept[key].kind is not Kind.FAIL:
            kept[key] = outcome
    yield from kept.values()
