"""Whether cassettes and probes fit each other: what is missing, left over or too old, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dubcheck.replay.stage import ReplayStage


class Completeness:
    """Compares the scenario probes of a replay with the cassettes of its stage."""

    def __init__(self, stage: ReplayStage, unrecorded_apis: Iterable[str]):
        self._stage = stage
        self._without_cassettes = sorted(unrecorded_apis)
        self._missing: list[str] = []
        self._orphans: list[str] = []
        self._played: set[str] = set()

    def compare(self, scenarios: Iterable[str], *, is_whole: bool) -> set[str]:
        """The probes that can be played. A selection says nothing about what it left out."""
        silent = {name for facts in self._stage.facts.values() for name in facts.silent}
        recorded = set(self._stage.tape.labels)
        asked = {name for name in scenarios if name.partition("/")[0] in self._stage.facts}
        self._missing = sorted(asked - recorded - silent)
        self._orphans = sorted((recorded | silent) - asked) if is_whole else []
        self._played = asked & recorded
        return asked & (recorded | silent)

    def findings(self) -> Iterator[tuple[str, str]]:
        """Each finding with the name of what it is about."""
        for api in self._without_cassettes:
            yield api, "has no cassettes at all: record it with --record-mode once"
        for name in self._missing:
            yield name, "is a probe with no cassette: record again"
        for name in self._orphans:
            yield name, "is a cassette with no probe: record again, or remove it"
        for name, count in sorted(self._stage.tape.unplayed().items()):
            if name in self._played:
                yield name, f"is a cassette not fully used: {count} answers were not asked for"
        for api, age in self._stage.too_old().items():
            yield api, f"has cassettes that are {age:.0f} days old, more than --cassette-age allows"
