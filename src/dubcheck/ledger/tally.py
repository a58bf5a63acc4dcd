"""What was said of one requirement, folded as it comes. The verdict it leads to is not known here.

Units: an exchange stands as its number, so that a set of them takes a bit for each.
"""

from __future__ import annotations

from dataclasses import replace

from dubcheck.rules import Kind, Outcome

KEPT_FINDINGS = 3  # per requirement: enough to see a pattern, few enough to read


class Tally:
    """Outcomes of one requirement, of which only what a report tells is kept."""

    __slots__ = ("_numbers", "_settled", "failures", "first", "readings")

    def __init__(self) -> None:
        self.first: dict[Kind, str] = {}
        self.readings: set[str] = set()
        self.failures: dict[str, Outcome] = {}
        self._numbers = bytearray()
        self._settled = 0

    def add(self, outcome: Outcome, default: tuple[str, ...] = ()) -> None:
        """Takes one outcome in; one that names no exchanges rests on the default ones."""
        kind = outcome.kind
        if kind not in self.first:
            self.first[kind] = outcome.message
        if kind is Kind.FAIL:
            self._keep(outcome if outcome.exchanges else replace(outcome, exchanges=default))
        elif outcome.reading and kind is Kind.READING:
            self.readings.add(outcome.reading)

    def rest_on(self, number: int) -> None:
        """Counts an exchange, once."""
        place = number >> 3
        if place >= len(self._numbers):
            self._numbers.extend(bytes(place + 1 - len(self._numbers)))
        self._numbers[place] |= 1 << (number & 7)

    @property
    def exchanges(self) -> int:
        """How many distinct exchanges were counted."""
        return self._settled + self._bits.bit_count()

    @property
    def _bits(self) -> int:
        return int.from_bytes(self._numbers, "little")

    def settle(self, open_numbers: int) -> None:
        """Keeps only the count of exchanges but those of these bits, which may be named again."""
        self._settled += (self._bits & ~open_numbers).bit_count()
        self._keep_bits(self._bits & open_numbers)

    def _keep_bits(self, bits: int) -> None:
        self._numbers = bytearray(bits.to_bytes((bits.bit_length() + 7) // 8, "little"))

    @property
    def findings(self) -> tuple[Outcome, ...]:
        """The last failure of each message: hypothesis replays its smallest example last."""
        return tuple(self.failures.values())

    def followed_by(self, later: Tally) -> Tally:
        """Both, as if the outcomes of the other had come after those of this one."""
        joined = Tally()
        joined.first = {**later.first, **self.first}
        joined.readings = self.readings | later.readings
        joined.failures = dict(self.failures)
        for outcome in later.findings:
            joined._keep(outcome)
        joined._settled = self._settled + later._settled
        joined._keep_bits(self._bits | later._bits)
        return joined

    def _keep(self, outcome: Outcome) -> None:
        if outcome.message in self.failures or len(self.failures) < KEPT_FINDINGS:
            self.failures[outcome.message] = outcome
