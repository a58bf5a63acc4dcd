"""What a model says of one promise, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One promise, kept or broken. `message` names no id, so that a shrunk walk tells the same."""

    requirement: str
    holds: bool
    message: str = ""
    expected: object = ""
    actual: object = ""


def stated(
    requirement: str, holds: bool, message: str, *, expected: object, actual: object
) -> Statement:
    """The promise was kept or broken, by a condition."""
    if holds:
        return Statement(requirement, True)
    return Statement(requirement, False, message, expected, actual)
