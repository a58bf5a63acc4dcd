"""When a played answer was recorded: a header that cassettes give to each of their answers."""

from __future__ import annotations

from collections.abc import Mapping

RECORDED = "x-dubcheck-recorded"


def write_moment(started_at: float, elapsed_seconds: float) -> str:
    """The header's value."""
    return f"{started_at:.6f} {elapsed_seconds:.6f}"


def read_moment(headers: Mapping[str, str]) -> tuple[float, float] | None:
    """Start in UNIX seconds and duration in seconds, or None where they are not told."""
    words = headers.get(RECORDED, "").split()
    return (float(words[0]), float(words[1])) if len(words) == 2 else None
