"""The outcomes of one run, ready to be folded into verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from dubcheck.contract import Contract, KnownViolation
from dubcheck.ledger.tally import Tally
from dubcheck.ledger.verdicts import Judged, judge_tally
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
    """What a run judged: `kind` emulator, live or recorded; `lacks` the needs it cannot meet.

    `recorded_from` says in words what cassettes were recorded from, where they were played.
    """

    api: str
    kind: str
    base_url: str
    lacks: frozenset[str] = frozenset()
    recorded_from: str = ""

    @property
    def told(self) -> str:
        """The target for people: a recording is never told as the service itself."""
        return f"{self.recorded_from or self.kind} at {self.base_url}"


class _Numbers:
    """A number for each exchange; those of forgotten ones are given again, so that none is high."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._free: list[int] = []
        self._next = 0

    def of(self, name: str) -> int:
        """The number of an exchange, a new one at first sight."""
        number = self._given.get(name)
        if number is None:
            if self._free:
                number = self._free.pop()
            else:
                number, self._next = self._next, self._next + 1
            self._given[name] = number
        return number

    def forget_all_but(self, names: Set[str]) -> int:
        """Frees the other numbers; those that stay given, as bits."""
        self._free += [number for name, number in self._given.items() if name not in names]
        self._given = {name: self._given[name] for name in self._given.keys() & names}
        return sum(1 << number for number in self._given.values())


class Ledger:
    """Folds outcomes as they come; the order of arrival does not change a verdict.

    What probes told is kept apart from what rules said, and stands first in a report.
    """

    def __init__(self) -> None:
        self._told: dict[str, Tally] = {}
        self._ruled: dict[str, Tally] = {}
        self._numbers = _Numbers()

    def tell(self, outcomes: Iterable[Outcome]) -> None:
        """Takes in what probes found."""
        _add(self._told, outcomes, self._numbers, ())

    def add(self, outcomes: Iterable[Outcome], exchange: str | None = None) -> None:
        """Takes in what rules said: of this exchange, where they name none."""
        _add(self._ruled, outcomes, self._numbers, () if exchange is None else (exchange,))

    def fold(self, contract: Contract, target: Target, today: date) -> tuple[Judged, ...]:
        """One verdict for every requirement of the contract, in the order of its catalogue."""
        known = _known(contract.known_violations, target)
        return tuple(
            judge_tally(
                requirement,
                self._tally(requirement.id),
                known=known.get(requirement.id),
                today=today,
                missing=_missing(requirement.needs & target.lacks),
            )
            for requirement in contract.requirements.values()
        )

    def unknown(self, contracts: Iterable[Contract]) -> frozenset[str]:
        """Ids that outcomes name but no catalogue has."""
        known = {name for contract in contracts for name in contract.requirements}
        return frozenset(self._told | self._ruled) - known

    def evidence(self) -> frozenset[str]:
        """The exchanges on which the failures rest that are kept so far."""
        return frozenset(
            name
            for tallies in (self._told, self._ruled)
            for tally in tallies.values()
            for outcome in tally.findings
            for name in outcome.exchanges
        )

    def forget_all_but(self, names: Set[str]) -> None:
        """Forgets which exchanges were counted, but for these, which outcomes may name again."""
        kept = self._numbers.forget_all_but(names)
        for tallies in (self._told, self._ruled):
            for tally in tallies.values():
                tally.settle(kept)

    def _tally(self, requirement: str) -> Tally:
        told, ruled = self._told.get(requirement), self._ruled.get(requirement)
        if told is None or ruled is None:
            return told or ruled or Tally()
        return told.followed_by(ruled)


def _add(
    tallies: dict[str, Tally],
    outcomes: Iterable[Outcome],
    numbers: _Numbers,
    default: tuple[str, ...],
) -> None:
    for outcome in outcomes:
        tally = tallies.get(outcome.requirement)
        if tally is None:
            tally = tallies[outcome.requirement] = Tally()
        tally.add(outcome, default)
        for name in outcome.exchanges or default:
            tally.rest_on(numbers.of(name))


def _known(listed: Iterable[KnownViolation], target: Target) -> Mapping[str, KnownViolation]:
    return {item.id: item for item in listed if item.concerns(target.kind, target.base_url)}


def _missing(lacking: frozenset[str]) -> str:
    return "; ".join(REASONS.get(need, f"needs {need}") for need in sorted(lacking))
