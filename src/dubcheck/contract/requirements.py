"""The catalogue: one requirement per promise, as data. How a requirement is judged is not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from dubcheck.contract.yaml_files import read_yaml
from dubcheck.errors import ContractError


class Level(Enum):
    """How binding a requirement is; only a broken MUST changes the verdict of a run."""

    MUST = "must"
    SHOULD = "should"
    INFERRED = "inferred"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Source:
    """The place in a vendor's document that settles a requirement."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where in an operation's answers a violated schema breaks a requirement.

    Shape: `status` is "200", "2XX" or "4XX"; `pointer` a JSON pointer with `*` for any array item.
    """

    operation: str
    status: str
    pointer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One promise (or one question, when its level is OPEN) with its stable id."""

    id: str
    api: str
    level: Level
    statement: str
    source: Source
    operation: str | None
    needs: frozenset[str]
    judged_by: frozenset[str]
    at: tuple[AnswerPlace, ...]
    why_not_must: str | None
    readings: Mapping[str, str]
    replaced_by: str | None


def load_requirements(path: Path) -> tuple[Requirement, ...]:
    """Every requirement of one requirements.yaml, in file order, retired ones left out.

    Raises: ContractError naming the file and the entry that cannot be used.
    """
    document = read_yaml(path)
    try:
        api, entries = document["api"], document["requirements"]
    except (KeyError, TypeError) as error:
        raise ContractError(f"{path}: needs the keys `api` and `requirements`") from error
    requirements = tuple(_requirement(path, api, entry) for entry in entries)
    seen: set[str] = set()
    for requirement in requirements:
        if requirement.id in seen:
            raise ContractError(f"{path}: the id {requirement.id} stands twice")
        seen.add(requirement.id)
    return tuple(item for item in requirements if item.replaced_by is None)


def _requirement(path: Path, api: str, entry: dict[str, Any]) -> Requirement:
    try:
        return Requirement(
            id=entry["id"],
            api=api,
            level=Level(entry["level"]),
            statement=entry["statement"],
            source=Source(**entry["source"]),
            operation=entry.get("operation"),
            needs=frozenset(entry.get("needs", ())),
            judged_by=frozenset(entry.get("judged_by", ())),
            at=tuple(_place(text) for text in entry.get("at", ())),
            why_not_must=entry.get("why_not_must"),
            readings=entry.get("readings", {}),
            replaced_by=entry.get("replaced_by"),
        )
    except (KeyError, TypeError, ValueError) as error:
        name = entry.get("id", entry) if isinstance(entry, dict) else entry
        raise ContractError(f"{path}: the requirement {name} is not usable ({error!r})") from error


def _place(text: str) -> AnswerPlace:
    operation, status, *rest = text.split()
    return AnswerPlace(operation, status, parse_pointer(rest[0] if rest else ""))


def parse_pointer(text: str) -> tuple[str, ...]:
    """The unescaped segments of a JSON pointer; the empty pointer has none."""
    if not text or text == "/":
        return ()
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))
