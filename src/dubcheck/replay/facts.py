"""What a recording was made from and on which stage: `stage.yaml` beside an API's cassettes.

The stage of a replay is rebuilt from it. No key and no signature stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from dubcheck.errors import RecordError

FACTS = "stage.yaml"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was sent or served: its content by digest."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """One API's recording. Units: `started_at` UNIX seconds.

    Shape: `samples` maps paths in the work folder to contents; `silent` lists cassettes' names of
    probes that sent nothing.
    """

    api: str
    recorded_from: str
    base_url: str
    date: str
    suite_version: str
    profile: str
    seed: int
    started_at: float
    lacks: tuple[str, ...]
    has_poor_key: bool
    has_other_key: bool
    process_id: int
    callback_url: str | None
    media_url: str | None
    control_url: str | None
    samples: Mapping[str, Kept]
    silent: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What a report calls this target: never the service itself."""
        source = "the emulator" if self.recorded_from == "emulator" else "a live service"
        return f"recorded from {source} on {self.date} by dubcheck {self.suite_version}"

    @property
    def places(self) -> tuple[str | None, ...]:
        """The origins of the stage, in an order that is the same for every recording."""
        return tuple(
            origin_of(url)
            for url in (self.base_url, self.control_url, self.media_url, self.callback_url)
        )

    @property
    def label(self) -> dict[str, Any]:
        """What each cassette says about where it comes from."""
        return {
            "recorded_from": self.recorded_from,
            "base_url": self.base_url,
            "date": self.date,
            "suite_version": self.suite_version,
        }

    def age_days(self, now: float) -> float:
        """How long ago it was recorded."""
        return (now - self.started_at) / 86_400

    def write(self, folder: Path) -> None:
        """Writes the file."""
        folder.mkdir(parents=True, exist_ok=True)
        document = asdict(self)
        document["lacks"], document["silent"] = list(self.lacks), sorted(self.silent)
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
        (folder / FACTS).write_text(text, encoding="utf-8")


def read_facts(folder: Path) -> Facts:
    """The facts of a folder of cassettes.

    Raises: RecordError where the file cannot be used.
    """
    path = folder / FACTS
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        samples = {name: Kept(**kept) for name, kept in document["samples"].items()}
        for name in ("lacks", "silent"):
            document[name] = tuple(document[name])
        return Facts(**{**document, "samples": samples})
    except (OSError, yaml.YAMLError, TypeError, KeyError, AttributeError, ValueError) as error:
        raise RecordError(f"{path}: cannot be used ({error}); record again") from error


def day_of(moment: float) -> str:
    """The date of a moment, in UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def origin_of(url: str | None) -> str | None:
    """Scheme, host and port."""
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def renamed(facts: Facts, stage: Facts, process_id: int) -> dict[str, str]:
    """What a recording calls otherwise than the replay: origins, and what bears a process's id."""
    pairs = zip(facts.places, stage.places, strict=True)
    origins = {old: new for old, new in pairs if old and new and old != new}
    marks = {f"-{facts.process_id}{end}": f"-{process_id}{end}" for end in ("/", ".mp4")}
    return {**origins, **marks}
