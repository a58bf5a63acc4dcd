"""The ordered exchanges that speak of one resource: a job, an asset or a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dubcheck.exchange.model import Exchange


@dataclass(frozen=True, slots=True)
class Trace:
    """Every exchange of one resource in the order of their answers.

    `kind` is job, asset or version; `id` the service's own identifier.
    """

    api: str
    kind: str
    id: str
    exchanges: tuple[Exchange, ...]

    def of(self, *operations: str) -> tuple[Exchange, ...]:
        """The exchanges of these operations, in order."""
        return tuple(item for item in self.exchanges if item.operation in operations)


_CREATORS = {
    "createJob": ("job", "job_id"),
    "createAsset": ("asset", "asset_id"),
    "uploadAsset": ("asset", "asset_id"),
}
_BY_PATH = {
    "getJob": ("job", "id"),
    "getJobResult": ("job", "id"),
    "getAsset": ("asset", "asset_id"),
    "addLanguages": ("asset", "asset_id"),
    "getVersion": ("version", "version_id"),
    "reviseVersion": ("version", "version_id"),
}
LISTS = {"listJobs": ("job", "jobs", "job_id"), "listAssets": ("asset", "assets", "asset_id")}


def resources_of(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every (kind, id) that an exchange speaks of."""
    operation = exchange.operation or ""
    if operation in _CREATORS and exchange.succeeded:
        kind, key = _CREATORS[operation]
        identifier = exchange.field(key)
        if isinstance(identifier, str):
            yield kind, identifier
    elif operation in _BY_PATH:
        kind, name = _BY_PATH[operation]
        if name in exchange.path_parameters:
            yield kind, exchange.path_parameters[name]
    elif operation in LISTS and exchange.succeeded:
        yield from _listed(exchange, *LISTS[operation])


def _listed(exchange: Exchange, kind: str, items: str, key: str) -> Iterator[tuple[str, str]]:
    entries = exchange.field(items)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get(key), str):
            yield kind, entry[key]


def versions_in(exchange: Exchange) -> Iterator[str]:
    """The ids of the versions that the answer shows in the languages of an asset."""
    languages = exchange.field("languages")
    for entry in languages if isinstance(languages, list) else ():
        versions = entry.get("versions") if isinstance(entry, dict) else None
        for item in versions if isinstance(versions, list) else ():
            identifier = item.get("version_id") if isinstance(item, dict) else item
            if isinstance(identifier, str):
                yield identifier


def texts_sent(exchange: Exchange) -> Iterator[str]:
    """The texts at the top of what was sent; a notice names its asset and version among them."""
    document = exchange.document
    for value in document.values() if isinstance(document, dict) else ():
        if isinstance(value, str):
            yield value


def traces_of(
    exchanges: Iterable[Exchange], concerns: Callable[[Exchange], bool] = lambda _: True
) -> tuple[Trace, ...]:
    """One trace per resource, each in the order in which the answers were complete."""
    grouped: dict[tuple[str, str, str], list[Exchange]] = defaultdict(list)
    for exchange in sorted(filter(concerns, exchanges), key=lambda item: item.started_at):
        for kind, identifier in dict.fromkeys(resources_of(exchange)):
            grouped[exchange.api, kind, identifier].append(exchange)
    return tuple(
        Trace(api, kind, name, tuple(items)) for (api, kind, name), items in grouped.items()
    )
