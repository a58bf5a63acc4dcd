"""The outcomes of one run, ready to be folded into verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dubcheck.contract import Contract, KnownViolation
from dubcheck.ledger.verdicts import Judged, judge_requirement
from dubcheck.rules import Outcome

REASONS = {
    "callbacks": "needs --callback-listen and --callback-url, where the receiver can be reached",
    "callback-key": "needs --callback-public-key, the key that signs this target's callbacks",
    "media-url": "needs --media-listen and --media-url, where the suite's media can be reached",
    "poor-key": "needs --pinch-poor-key, a key whose balance is too low",
    "other-key": "needs a second key of another account",
    "clock": "needs a clock that can be turned, which only the embedded emulator has",
    "generate": "no public request makes the final video; only the embedded emulator is told to",
    "faults": "no documented request makes a service fail so; the embedded emulator is told to",
    "account-limits": "needs an account at its limit",
    "media": "needs media to be dubbed, which this run could not do",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a run judged: `kind` emulator, live or recorded; `lacks` the needs it cannot meet."""

    api: str
    kind: str
    base_url: str
    lacks: frozenset[str] = frozenset()


class Ledger:
    """Collects outcomes; the order of arrival does not change a verdict."""

    def __init__(self) -> None:
        self._outcomes: dict[str, list[Outcome]] = defaultdict(list)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Takes outcomes in."""
        for outcome in outcomes:
            self._outcomes[outcome.requirement].append(outcome)

    def fold(self, contract: Contract, target: Target, today: date) -> tuple[Judged, ...]:
        """One verdict for every requirement of the contract, in the order of its catalogue."""
        known = _known(contract.known_violations, target)
        return tuple(
            judge_requirement(
                requirement,
                self._outcomes.get(requirement.id, ()),
                known=known.get(requirement.id),
                today=today,
                missing=_missing(requirement.needs & target.lacks),
            )
            for requirement in contract.requirements.values()
        )

    def unknown(self, contracts: Iterable[Contract]) -> frozenset[str]:
        """Ids that outcomes name but no catalogue has."""
        known = {name for contract in contracts for name in contract.requirements}
        return frozenset(self._outcomes) - known


def _known(listed: Iterable[KnownViolation], target: Target) -> Mapping[str, KnownViolation]:
    return {item.id: item for item in listed if item.concerns(target.kind, target.base_url)}


def _missing(lacking: frozenset[str]) -> str:
    return "; ".join(REASONS.get(need, f"needs {need}") for need in sorted(lacking))
