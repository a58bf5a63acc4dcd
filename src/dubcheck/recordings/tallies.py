"""What is told about the files themselves: what was taken, what was left out, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

_MOST_FILES = 12  # named one by one


@dataclass(frozen=True, slots=True)
class FileTally:
    """One file that was read: how many requests it holds, and how many were judged."""

    name: str
    kind: str
    requests: int
    judged: int
    is_timed: bool


@dataclass(slots=True)
class Tally:
    """Everything that is told about the files of one judgement.

    `files` are those that were read, by the prefix of their exchanges' ids.
    """

    files: dict[str, FileTally] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    other_hosts: Counter[str] = field(default_factory=Counter)
    undocumented: Counter[str] = field(default_factory=Counter)
    resembling: dict[str, str] = field(default_factory=dict)
    from_cache: int = 0
    repeated: int = 0

    def count_late(self, file: str) -> None:
        """Counts one more request of a file as judged, of which only others told whose it is."""
        tally = self.files[file]
        self.files[file] = replace(tally, judged=tally.judged + 1)

    def encode(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "files": [
                {
                    "name": item.name,
                    "kind": item.kind,
                    "requests": item.requests,
                    "judged": item.judged,
                    "has_times": item.is_timed,
                }
                for item in self.files.values()
            ],
            "refused": list(self.refused),
            "passed_over": list(self.passed_over),
            "ignored": {
                "other_hosts": dict(sorted(self.other_hosts.items())),
                "undocumented_operations": dict(sorted(self.undocumented.items())),
                "answers_from_a_cache": self.from_cache,
                "repeated_entries": self.repeated,
            },
        }

    def lines(self) -> list[str]:
        """The same for a person, a line each."""
        is_long = len(self.files) > _MOST_FILES
        lines = [self._summary()] if is_long else [_line(item) for item in self.files.values()]
        lines += [f"refused: {reason}" for reason in self.refused]
        lines += [f"passed over: {reason}" for reason in self.passed_over]
        for host, count in self.other_hosts.most_common():
            hint = self.resembling.get(host)
            told = f"; they look like {hint}: name the host with --{hint}-url" if hint else ""
            lines.append(f"ignored: {_requests(count)} of {host}{told}")
        for host, count in self.undocumented.most_common():
            lines.append(f"ignored: {_requests(count)} of {host} to no documented operation")
        if self.from_cache:
            lines.append(f"ignored: {self.from_cache} answered from a browser's cache")
        if self.repeated:
            lines.append(f"ignored: {self.repeated} that an earlier file holds as well")
        return lines

    def _summary(self) -> str:
        judged, requests = (
            sum(getattr(item, name) for item in self.files.values())
            for name in ("judged", "requests")
        )
        return f"{len(self.files)} files: {judged} of {_requests(requests)} judged"


def _line(file: FileTally) -> str:
    told = f"{file.name}: {file.kind}, {file.judged} of {_requests(file.requests)} judged"
    return told if file.is_timed else f"{told} (it has no times)"


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"
