"""The order of exchanges, some of which were under way at once. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dubcheck.exchange import Exchange


def is_before(earlier: Exchange, later: Exchange) -> bool:
    """Whether one exchange was over when the other began; of two at once no order is known."""
    return earlier.ended_at <= later.started_at


def in_sequence(exchanges: Iterable[Exchange]) -> Iterator[tuple[Exchange, Exchange]]:
    """Each exchange with the last one that was over before it began."""
    seen: list[Exchange] = []
    for later in exchanges:
        earlier = next((item for item in reversed(seen) if is_before(item, later)), None)
        if earlier is not None:
            yield earlier, later
        seen.append(later)


def first_after(moment: Exchange, exchanges: Iterable[Exchange]) -> Exchange | None:
    """The first exchange that began when another was over."""
    return next((item for item in exchanges if is_before(moment, item)), None)
