"""Reading a report.json back. What it says is taken as it stands; nothing is judged again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dubcheck.diff.seen import SeenOperation, read_sightings
from dubcheck.errors import RecordError

SCHEMA_VERSION = 1
LEVELS = frozenset({"must", "should", "inferred", "open"})
VERDICTS = frozenset({"pass", "fail", "known", "stale", "not-exercised", "broken"})
_CURE = "give the report.json of a dubcheck run, or the folder that holds it"


@dataclass(frozen=True, slots=True)
class WrittenRequirement:
    """What a report says of one requirement; `finding` is its first one, or empty."""

    id: str
    api: str
    level: str
    statement: str
    verdict: str
    reason: str
    readings: frozenset[str]
    finding: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report as it was written.

    Shape: `sightings` maps API and operation to what was seen; None where it wrote none down.
    """

    path: Path
    started_at: str
    suite_version: str
    profile: str
    seed: int
    verdict: str
    crashes: tuple[str, ...]
    targets: Mapping[str, tuple[str, str]]
    requirements: Mapping[str, WrittenRequirement]
    catalogues: Mapping[str, Mapping[str, Any]]
    sightings: Mapping[str, Mapping[str, SeenOperation]] | None

    def concerning(self, apis: frozenset[str]) -> dict[str, WrittenRequirement]:
        """The requirements of these APIs."""
        return {name: item for name, item in self.requirements.items() if item.api in apis}


def read_report(place: Path) -> WrittenReport:
    """The report in a file, or in a folder that a run wrote.

    Raises: RecordError naming the file that cannot be used, and why.
    """
    path = place / "report.json" if place.is_dir() else place
    document = _document(path)
    try:
        return _report(path, document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"{path}: is no whole report of dubcheck ({error!r}); {_CURE}") from error


def _document(path: Path) -> dict[str, Any]:
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        record = path.with_name("record.jsonl")
        left = f"; {record.name} beside it is of a run that did not end" if record.exists() else ""
        raise RecordError(f"{path}: does not exist{left}; {_CURE}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read ({error}); {_CURE}") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{path}: is truncated or not JSON ({error}); {_CURE}") from error
    version = document.get("schema_version") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(version, int):
        raise RecordError(f"{path}: is not a report of dubcheck; {_CURE}")
    if version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise RecordError(
            f"{path}: has schema version {version}, of {age} dubcheck; this one compares version"
            f" {SCHEMA_VERSION}: judge its record.jsonl again with this dubcheck"
        )
    return document


def _report(path: Path, document: dict[str, Any]) -> WrittenReport:
    requirements = [_requirement(item) for item in document["requirements"]]
    sightings = document.get("sightings")
    return WrittenReport(
        path=path,
        started_at=str(document["started_at"]),
        suite_version=str(document["suite_version"]),
        profile=str(document.get("profile", "unknown")),
        seed=int(document["seed"]),
        verdict=str(document["verdict"]),
        crashes=tuple(str(item) for item in document.get("crashes", ())),
        targets={
            str(item["api"]): (str(item["kind"]), str(item["base_url"]))
            for item in document["targets"]
        },
        requirements={item.id: item for item in requirements},
        catalogues=dict(document.get("catalogues", {})),
        sightings=None if sightings is None else read_sightings(sightings),
    )


def _requirement(item: dict[str, Any]) -> WrittenRequirement:
    level, verdict, reading = item["level"], item["verdict"], item.get("reading")
    if level not in LEVELS or verdict not in VERDICTS:
        raise ValueError(f"{item['id']} has level {level!r} and verdict {verdict!r}")
    findings = item.get("findings") or [{}]
    return WrittenRequirement(
        id=str(item["id"]),
        api=str(item["api"]),
        level=level,
        statement=str(item.get("statement", "")),
        verdict=verdict,
        reason=str(item.get("reason") or ""),
        readings=frozenset(str(reading).split("; ")) if reading else frozenset(),
        finding=dict(findings[0]),
    )
