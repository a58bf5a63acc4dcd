"""What ended is asked for once more: which of it, and what an answer says of an end that stayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Protocol, TypeVar

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer

MOST_AT_A_RATE = 10  # a minute, where the documented rate is kept


class Ended(Protocol):
    """A job or an asset whose end was seen."""

    @property
    def fate(self) -> Enum:
        """Its last status."""


Made = TypeVar("Made", bound=Ended)


def failed_first(ended: Iterable[Made], success: Enum, rate: float | None) -> list[Made]:
    """All that ended; at a rate a few: failures first, which services try again or clear away."""
    ordered = sorted(ended, key=lambda made: made.fate is success)
    return ordered if rate is None else ordered[:MOST_AT_A_RATE]


def say_what_stayed(
    evidence: Evidence,
    requirements: Mapping[Enum, str],
    seen: Iterable[tuple[Ended, Sequence[Answer]]],
) -> None:
    """Passes each end that the last answer still shows; of the others, rules over traces tell."""
    for made, answers in seen:
        status = answers[-1].field("status")
        if status == made.fate.value:
            evidence.equals(requirements[made.fate], status, status, *answers, message="")
