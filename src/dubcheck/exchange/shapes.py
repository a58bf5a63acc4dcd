"""Values of a record that somebody may have written by hand: each has its type, or is refused."""

from __future__ import annotations

from typing import Any

_LATEST_SECONDS = 1e11  # the year 5138: what no clock shows cannot be written as a date either


def text(value: Any) -> str:
    """A text. Raises: TypeError for anything else."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{value!r:.40} is no text")


def text_or_none(value: Any) -> str | None:
    """A text or nothing. Raises: TypeError for anything else."""
    return None if value is None else text(value)


def texts(value: Any) -> dict[str, str]:
    """Texts by name. Raises: TypeError for anything else."""
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return value
    raise TypeError(f"{value!r:.40} holds other values than texts")


def text_list(value: Any) -> tuple[str, ...]:
    """Texts in order. Raises: TypeError for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise TypeError(f"{value!r:.40} is no list of texts")


def whole(value: Any) -> int:
    """A whole number that is not negative. Raises: TypeError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise TypeError(f"{value!r:.40} is no count")


def seconds(value: Any) -> float:
    """A moment or a duration. Raises: TypeError for anything else, or what no clock shows."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 <= value < _LATEST_SECONDS:
        return float(value)
    raise TypeError(f"{value!r:.40} is no time in seconds")
