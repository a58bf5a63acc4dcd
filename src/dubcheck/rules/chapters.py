"""What of long traffic the next part of it must still know. Judges nothing.

Judging all at once takes memory for all. A long run is judged in chapters instead, and what may go
on comes along: whole, for half a story would be told as a broken one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dubcheck.exchange import Exchange
from dubcheck.exchange.traces import LISTS, resources_of, texts_sent, versions_in
from dubcheck.rules.panjaya.vocabulary import CALLBACK

_RECENT_SHARE = 4


class Families:
    """Which identifiers belong together: an asset with its versions. A job stands alone."""

    def __init__(self, exchanges: Iterable[Exchange]):
        self._parents: dict[str, str] = {}
        for exchange in exchanges:
            names = list(_identifiers(exchange))
            for name in names:
                self._parents.setdefault(name, name)
            if exchange.operation not in LISTS:
                for name in names[1:]:
                    self._parents[self._root(name)] = self._root(names[0])

    def of(self, exchange: Exchange) -> frozenset[str]:
        """The families that an exchange speaks of: several in a list, one or none elsewhere."""
        names = texts_sent(exchange) if exchange.operation == CALLBACK else _identifiers(exchange)
        return frozenset(self._root(name) for name in names if name in self._parents)

    def _root(self, name: str) -> str:
        while self._parents[name] != name:
            self._parents[name] = name = self._parents[self._parents[name]]
        return name


def carried_over(exchanges: Sequence[Exchange], most: int) -> list[Exchange]:
    """Of a chapter, what is seen of the families that were spoken of last, at most so many.

    What speaks of no family is carried over where it is recent: an upload may yet be used.
    """
    families = Families(exchanges)
    spoken = [families.of(item) for item in exchanges]
    first_recent = len(exchanges) - most // _RECENT_SHARE
    kept = _latest(spoken, first_recent, most - most // _RECENT_SHARE)
    return [
        item
        for place, (item, names) in enumerate(zip(exchanges, spoken, strict=True))
        if (names <= kept if names else place >= first_recent)
    ]


def _latest(spoken: Sequence[frozenset[str]], first_recent: int, most: int) -> frozenset[str]:
    """As many families as there is room for, the one that was spoken of last before all others."""
    sizes = Counter(name for names in spoken for name in names)
    latest = dict.fromkeys(name for names in reversed(spoken[first_recent:]) for name in names)
    kept, room = set(), most
    for name in latest:
        if sizes[name] <= room:
            kept.add(name)
            room -= sizes[name]
    return frozenset(kept)


def _identifiers(exchange: Exchange) -> Iterator[str]:
    yield from (identifier for _, identifier in resources_of(exchange))
    yield from versions_in(exchange)
