"""Violations that are already known: listed with reason and date, they must still happen."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from dubcheck.contract.yaml_files import read_yaml
from dubcheck.errors import ContractError

KINDS = ("emulator", "live", "recorded")
_TEXTS = ("id", "target", "reason", "evidence")
_KEYS = (*_TEXTS, "date", "expires")


@dataclass(frozen=True, slots=True)
class KnownViolation:
    """A requirement that a target is known to break.

    `target` is a target kind (live, emulator, recorded) or a base URL; `place` is the file and
    line of the entry.
    """

    id: str
    target: str
    reason: str
    evidence: str
    date: datetime.date
    expires: datetime.date | None
    place: str = ""

    def concerns(self, kind: str, base_url: str) -> bool:
        """Whether the entry speaks of this target."""
        return self.target == kind or self.target.rstrip("/") == base_url.rstrip("/")


def load_known_violations(path: Path, ids: Collection[str]) -> tuple[KnownViolation, ...]:
    """The entries of one file; `ids` are those of the requirements that it may speak of.

    Raises: ContractError naming the file and the line that cannot be used.
    """
    document = read_yaml(path)
    if not isinstance(document, dict) or set(document) != {"violations"}:
        raise ContractError(f"{path}: needs the one key `violations`, with a list of entries")
    entries = document["violations"]
    if not isinstance(entries, list):
        raise ContractError(f"{path}: `violations` is not a list of entries (an empty one is [])")
    read: dict[tuple[str, str], KnownViolation] = {}
    for lines, entry in zip(_lines(path), entries, strict=True):
        known = _read_entry(path, lines, entry, ids)
        first = read.setdefault((known.id, known.target.rstrip("/")), known)
        if first is not known:
            raise ContractError(f"{known.place}: {known.id} is already listed at {first.place}")
    return tuple(read.values())


def _lines(path: Path) -> Iterator[Mapping[str, int]]:
    """The line of each entry, under an empty key, and of each of its keys."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # the document was read as one
    for _, entries in root.value:
        for entry in entries.value:
            lines = {"": entry.start_mark.line + 1}
            if isinstance(entry, yaml.MappingNode):
                lines |= {key.value: key.start_mark.line + 1 for key, _ in entry.value}
            yield lines


def _read_entry(
    path: Path, lines: Mapping[str, int], entry: Any, ids: Collection[str]
) -> KnownViolation:
    for key, trouble in _troubles(entry, ids):
        raise ContractError(f"{path}, line {lines.get(key, lines[''])}: {trouble}")
    return KnownViolation(
        **{key: entry[key].strip() for key in _TEXTS},
        date=_date(entry["date"]),
        expires=_date(entry["expires"]) if entry.get("expires") is not None else None,
        place=f"{path}, line {lines['']}",
    )


def _troubles(entry: Any, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry, the first first, each with the key it stands at."""
    if not isinstance(entry, dict):
        yield "", f"an entry needs the keys {', '.join(_KEYS[:-1])} (and may have expires)"
        return
    for key in entry:
        if key not in _KEYS:
            yield str(key), f"`{key}` is no key of an entry; known are {', '.join(_KEYS)}"
    for key in _KEYS[:-1]:
        if entry.get(key) in (None, ""):
            yield "", f"`{key}` is missing in this entry"
    for key in _TEXTS:
        if not isinstance(entry[key], str):
            yield key, f"`{key}` is not a text"
    for key in ("date", "expires"):
        if entry.get(key) is not None and not _is_date(entry[key]):
            yield key, f"`{key}` is not a date as YYYY-MM-DD: {entry[key]}"
    yield from _wrong_values(entry, ids)


def _wrong_values(entry: Mapping[str, Any], ids: Collection[str]) -> Iterator[tuple[str, str]]:
    name, target = entry["id"].strip(), entry["target"].strip()
    if name not in ids:
        near = difflib.get_close_matches(name, ids, 1)
        meant = f"; {near[0]} is near" if near else ""
        yield "id", f"{name} names no requirement of the catalogue{meant}"
    if target not in KINDS and not _is_base_url(target):
        yield "target", f"`target` {target} is none of {', '.join(KINDS)} and no base URL"
    if entry.get("expires") is not None and _date(entry["expires"]) < _date(entry["date"]):
        yield "expires", "`expires` lies before `date`"


def _is_base_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_date(value: Any) -> bool:
    try:
        _date(value)
    except ValueError:
        return False
    return True


def _date(value: Any) -> datetime.date:
    """YAML reads an unquoted date as one; a quoted one is a text. A time of day is refused."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return datetime.date.fromisoformat(str(value))
