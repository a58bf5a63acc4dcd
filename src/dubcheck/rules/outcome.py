"""What a rule or a probe says about one requirement, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from dubcheck.exchange.shapes import text, text_list, text_or_none

_LONGEST, _HEAD, _TAIL = 400, 200, 120


class Kind(Enum):
    """The five things that can be said of a requirement."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    READING = "reading"
    NOT_EXERCISED = "not-exercised"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement about one requirement.

    `exchanges` are the ids of the exchanges it rests on, the decisive one last. `curl` is only
    given where the decisive exchange cannot be repeated from its record.
    """

    requirement: str
    kind: Kind
    message: str = ""
    expected: str = ""
    actual: str = ""
    reading: str | None = None
    exchanges: tuple[str, ...] = ()

    def encode(self) -> dict[str, Any]:
        """The JSON form kept in a record."""
        return {
            "requirement": self.requirement,
            "kind": self.kind.value,
            "message": self.message,
            "expected": self.expected,
            "actual": self.actual,
            "reading": self.reading,
            "exchanges": list(self.exchanges),
        }

    @classmethod
    def decode(cls, document: dict[str, Any]) -> Outcome:
        """The outcome of `encode`.

        Raises: KeyError, TypeError or ValueError where the dictionary has another shape.
        """
        return cls(
            requirement=text(document["requirement"]),
            kind=Kind(document["kind"]),
            message=text(document["message"]),
            expected=text(document["expected"]),
            actual=text(document["actual"]),
            reading=text_or_none(document["reading"]),
            exchanges=text_list(document["exchanges"]),
        )


@lru_cache(maxsize=4096)
def passed(requirement: str) -> Outcome:
    """The promise was seen kept."""
    return Outcome(requirement, Kind.PASS)


def failed(requirement: str, message: str, *, expected: object, actual: object) -> Outcome:
    """The promise was seen broken."""
    return Outcome(requirement, Kind.FAIL, message, spoken(expected), spoken(actual))


def read(question: str, reading: str) -> Outcome:
    """The target was seen to follow this reading of an open question."""
    return Outcome(question, Kind.READING, reading=reading)


def unjudged(requirement: str, reason: str) -> Outcome:
    """The promise could not be exercised, for a reason worth telling."""
    return Outcome(requirement, Kind.NOT_EXERCISED, reason)


def holds(
    requirement: str, condition: bool, message: str, *, expected: object, actual: object
) -> Outcome:
    """Passed or failed, by a condition."""
    if condition:
        return passed(requirement)
    return failed(requirement, message, expected=expected, actual=actual)


def spoken(value: object) -> str:
    """A value as a reader wants to see it, bounded in length."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) <= _LONGEST:
        return text
    # The end often tells two long values apart, as that of a name which was cut.
    return f"{text[:_HEAD]} … {text[-_TAIL:]} ({len(text)} characters)"
