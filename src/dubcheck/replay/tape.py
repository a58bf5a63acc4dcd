"""The cassettes of a replay as one tape: which answer was recorded for a request.

Nothing here patches a transport or knows pytest.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dubcheck.errors import RecordError, SuiteError
from dubcheck.replay.facts import FACTS
from dubcheck.replay.wire import Identity, identity
from dubcheck.targets.recorded_moments import RECORDED

CALLBACKS = "callbacks"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unrecorded(SuiteError):
    """A probe asked what no cassette holds an answer to."""


@dataclass(slots=True)
class Take:
    """One recorded answer."""

    cassette: str
    response: dict[str, Any]
    recorded_at: float
    is_played: bool = field(default=False)


class Tape:
    """Plays each recorded answer once, in the order in which they came.

    A probe's own cassette comes first. What uploads and jobs that several probes share were
    answered lies in the cassette of the probe that asked first; another probe takes it from there
    unless that one is still to come.
    """

    def __init__(self) -> None:
        self.labels: dict[str, Mapping[str, Any]] = {}
        self._takes: dict[Identity, list[Take]] = defaultdict(list)
        self._to_come: set[str] = set()
        self._lock = threading.Lock()

    def load(self, folder: Path, origins: Iterable[str], renames: Mapping[str, str]) -> None:
        """Takes in the cassettes of one API.

        Raises: RecordError naming a file that is no cassette.
        """
        origins = tuple(origins)
        for path in sorted(folder.rglob("*.yaml")):
            if path.name not in (FACTS, f"{CALLBACKS}.yaml"):
                name = cassette_name(folder.parent, path)
                for item in self._interactions(name, path, renames):
                    self._add(name, item, origins)
        for takes in self._takes.values():
            takes.sort(key=lambda take: take.recorded_at)

    def expect(self, cassettes: Iterable[str]) -> None:
        """Says which cassettes belong to probes that are going to run."""
        self._to_come = set(cassettes)

    def begin(self, cassette: str) -> None:
        """Says that the probe of this cassette runs now."""
        self._to_come.discard(cassette)

    def has(self, asked: Identity, cassette: str) -> bool:
        """Whether there is an answer left."""
        with self._lock:
            return self._find(asked, cassette) is not None

    def take(self, asked: Identity, cassette: str) -> Take:
        """The next answer.

        Raises: Unrecorded where there is none.
        """
        with self._lock:
            found = self._find(asked, cassette)
            if found is None:
                raise Unrecorded(f"no cassette answers {asked[0]} {asked[1]} (any more)")
            found.is_played = True
            return found

    def unplayed(self) -> Counter[str]:
        """How many answers of each cassette were not asked for."""
        takes = (take for items in self._takes.values() for take in items)
        return Counter(take.cassette for take in takes if not take.is_played)

    def _find(self, asked: Identity, cassette: str) -> Take | None:
        left = [take for take in self._takes.get(asked, ()) if not take.is_played]
        own = next((take for take in left if take.cassette == cassette), None)
        return own or next((take for take in left if take.cassette not in self._to_come), None)

    def _interactions(self, name: str, path: Path, renames: Mapping[str, str]) -> list[Any]:
        try:
            text = path.read_text(encoding="utf-8")
            for old, new in renames.items():
                text = text.replace(old, new)
            document = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
            self.labels[name] = document["metadata"]
            return list(document["interactions"])
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError) as error:
            raise RecordError(f"{path}: is no cassette ({error}); record it again") from error

    def _add(self, name: str, item: dict[str, Any], origins: Iterable[str]) -> None:
        request, response = item["request"], item["response"]
        headers = {key: values[0] for key, values in request["headers"].items()}
        asked = identity(
            request["method"], request["uri"], headers, as_bytes(request["body"]), origins
        )
        recorded = response["headers"].get(RECORDED, ["0 0"])[0]
        self._takes[asked].append(Take(name, response, float(recorded.split()[0])))


def cassette_name(folder: Path, path: Path) -> str:
    """The name of a cassette in a folder: its parts have the same one."""
    name = path.relative_to(folder).as_posix().removesuffix(".yaml")
    stem, mark, number = name.rpartition(".part")
    return stem if mark and number.isdigit() else name


def as_bytes(body: str | bytes | None) -> bytes:
    """A body as the YAML of a cassette holds it."""
    return body.encode("utf-8") if isinstance(body, str) else body or b""
