"""Everything the services remember, per kind and owner; what a job is, only its pack knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from dubcheck.emulator.database import Database


class Resource(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every stored thing. Change one by `msgspec.structs.replace` and `Shelf.put`.

    A struct outside the garbage collector, not a dataclass: with 100,000 of them the collector's
    passes would decide the slowest answers.
    """

    identifier: str
    owner: str


R = TypeVar("R", bound=Resource)


class Shelf(Generic[R]):
    """All resources of one kind. One owner never sees another's."""

    def __init__(self, name: str, kind: type[R], database: Database | None) -> None:
        self._name = name
        self._database = database
        self._resources: dict[str, R] = {}
        self._orders: dict[str, list[str]] = {}
        for content in database.read(name) if database else ():
            self._remember(msgspec.json.decode(content, type=kind))

    def put(self, resource: R) -> None:
        """Add or replace; on disk before it returns, if there is a state file."""
        if self._database:
            self._database.write(
                self._name, resource.identifier, resource.owner, msgspec.json.encode(resource)
            )
        self._remember(resource)

    def get(self, owner: str, identifier: str) -> R | None:
        """The owner's resource of this id, or None."""
        resource = self._resources.get(identifier)
        return resource if resource is not None and resource.owner == owner else None

    def find(self, identifier: str) -> R | None:
        """The resource of this id whoever owns it: for storage, control and background work."""
        return self._resources.get(identifier)

    def page(self, owner: str, limit: int, offset: int) -> tuple[list[R], int]:
        """`limit` resources from `offset` in order of creation, and how many there are in all."""
        order = self._orders.get(owner, [])
        return [self._resources[key] for key in order[offset : offset + limit]], len(order)

    def every(self, owner: str | None = None) -> Iterator[R]:
        """All resources, or all of one owner, in order of creation."""
        chosen = list(self._resources.values())
        return (each for each in chosen if owner is None or each.owner == owner)

    def drop(self, resource: R) -> None:
        """Forget one resource."""
        if self._database:
            self._database.delete(self._name, resource.identifier)
        if self._resources.pop(resource.identifier, None) is not None:
            self._orders[resource.owner].remove(resource.identifier)

    def clear(self, owner: str | None = None) -> None:
        """Forget everything, or everything of one owner."""
        if self._database:
            self._database.clear(self._name, owner)
        for each in list(self.every(owner)):
            del self._resources[each.identifier]
        for label in [owner] if owner is not None else list(self._orders):
            self._orders.pop(label, None)

    def _remember(self, resource: R) -> None:
        if resource.identifier not in self._resources:
            self._orders.setdefault(resource.owner, []).append(resource.identifier)
        self._resources[resource.identifier] = resource


def _open(path: Path) -> Database:
    from dubcheck.emulator.database import Database  # noqa: PLC0415 - SQLite only if asked for

    return Database(path)


class Store:
    """Opens shelves and keeps single values; in memory, or in a SQLite file as well."""

    def __init__(self, path: Path | None) -> None:
        self._database = _open(path) if path else None
        self._notes: dict[str, str] = dict(self._database.notes()) if self._database else {}

    def shelf(self, name: str, kind: type[R]) -> Shelf[R]:
        """The shelf of this name, with what the state file holds on it. Ask once per name."""
        return Shelf(name, kind, self._database)

    def note(self, name: str) -> str | None:
        """A single remembered value."""
        return self._notes.get(name)

    def set_note(self, name: str, value: str) -> None:
        """Remember a single value."""
        self._notes[name] = value
        if self._database:
            self._database.set_note(name, value)

    def close(self) -> None:
        """Close the state file."""
        if self._database:
            self._database.close()
