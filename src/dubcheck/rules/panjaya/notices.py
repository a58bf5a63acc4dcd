"""The callbacks of a run, with the assets and versions that they are about. Judges nothing.

Only deliveries to a path that some creation gave as its callback_url count: a receiver that the
whole world can reach is knocked at by strangers too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from dubcheck.exchange import Credential, Exchange
from dubcheck.rules.outcome import Outcome
from dubcheck.rules.ownership import known_traces
from dubcheck.rules.panjaya import asset_history, version_history
from dubcheck.rules.panjaya.asset_history import AssetHistory
from dubcheck.rules.panjaya.languages import entries_of, texts_of
from dubcheck.rules.panjaya.version_history import VersionHistory
from dubcheck.rules.panjaya.vocabulary import API, CALLBACK, CREATORS, EVENTS
from dubcheck.rules.registry import run_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import settle

_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_OTHERS_LOCALE = re.compile(r"(?i)source|original|name")  # keys of what is no version's locale
_NOT_FOUND = 404
LOCALE_KEYS = ("locale", "version_locale")


@dataclass(frozen=True)
class Notice:
    """One callback as it arrived."""

    exchange: Exchange

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object of the body; empty where it is none."""
        document = self.exchange.document
        return document if isinstance(document, dict) else {}

    @property
    def event(self) -> str | None:
        """One of the six events, or None."""
        event = self.document.get("event")
        return event if event in EVENTS else None

    @property
    def version_id(self) -> str | None:
        """The version, where a text names one."""
        version_id = self.document.get("version_id")
        return version_id if isinstance(version_id, str) and version_id else None

    @property
    def arrived_at(self) -> float:
        """UNIX seconds, by the clock of the suite."""
        return self.exchange.started_at

    @property
    def locale(self) -> tuple[str, str] | None:
        """The likeliest of them."""
        return next(iter(self.locales), None)

    @property
    def locales(self) -> list[tuple[str, str]]:
        """What may be the locale of the version, with its key; the two likely keys first."""
        found = [
            (key, value)
            for key, value in self.texts()
            if _LOCALE.fullmatch(value) and not _OTHERS_LOCALE.search(key)
        ]
        return sorted(found, key=lambda item: item[0] not in LOCALE_KEYS)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every key whose value is a text, with it."""
        for key, value in self.document.items():
            if isinstance(value, str):
                yield key, value

    def header(self, name: str) -> str:
        """A header of the delivery, or an empty text."""
        return self.exchange.request.headers.get(name, "")


@dataclass(frozen=True)
class Callbacks:
    """Every notice of a run in the order of arrival, and what else the run saw of their subjects.

    `assets` holds those that were created with a callback_url; `languages` the asset and the
    locale of every version that an asset was seen to hold, `unknown_versions` the answers 404 to
    the owner of versions that were never shown.
    """

    notices: tuple[Notice, ...]
    assets: dict[str, AssetHistory]
    versions: dict[str, VersionHistory]
    unknown_versions: dict[str, Exchange]

    @cached_property
    def languages(self) -> dict[str, tuple[str, str]]:
        """The asset and the locale of each version that stands in an asset, under whatever key."""
        named = {*self.versions, *(item.version_id for item in self.notices if item.version_id)}
        homes: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for asset in self.assets.values():
            for exchange in asset.sightings:
                for entry in entries_of(exchange) or ():
                    for version in named & set(texts_of(entry)):
                        homes[version].add((asset.id, entry["locale"]))
        # One that stands under several languages is nobody's.
        return {version: min(found) for version, found in homes.items() if len(found) == 1}

    @cached_property
    def _by_asset(self) -> dict[str | None, list[Notice]]:
        found: dict[str | None, list[Notice]] = defaultdict(list)
        for notice in self.notices:
            found[self.asset_of(notice)].append(notice)
        return found

    @cached_property
    def _by_version(self) -> dict[tuple[str | None, str | None], list[Notice]]:
        found: dict[tuple[str | None, str | None], list[Notice]] = defaultdict(list)
        for notice in self.notices:
            found[notice.version_id, notice.event].append(notice)
        return found

    def asset_of(self, notice: Notice) -> str | None:
        """The asset that a notice is about, by its id or that of its version."""
        found = next((value for _, value in notice.texts() if value in self.assets), None)
        return found or self.languages.get(notice.version_id or "", (None, ""))[0]

    def of_asset(self, asset_id: str) -> tuple[Notice, ...]:
        """Every notice about an asset."""
        return tuple(self._by_asset.get(asset_id, ()))

    def about_asset(self, asset_id: str, event: str) -> tuple[Notice, ...]:
        """The notices of one event about an asset."""
        return tuple(item for item in self.of_asset(asset_id) if item.event == event)

    def about_version(self, version_id: str, event: str) -> tuple[Notice, ...]:
        """The notices of one event about a version."""
        return tuple(self._by_version.get((version_id, event), ()))

    def first(self, version_id: str, event: str) -> Notice | None:
        """The first notice of one event about a version."""
        return next(iter(self.about_version(version_id, event)), None)


@remembers_last
def callbacks_of(exchanges: tuple[Exchange, ...]) -> Callbacks:
    """The callbacks of a run; a delivery that several workers showed counts once."""
    assets: dict[str, AssetHistory] = {}
    versions: dict[str, VersionHistory] = {}
    for trace in known_traces(exchanges):
        if trace.kind == "asset":
            asset = asset_history.history_of(trace)
            if asset.creation is not None and _callback_path(asset.creation) is not None:
                assets[trace.id] = asset
        elif trace.kind == "version":
            versions[trace.id] = version_history.history_of(trace)
    paths = {
        _callback_path(item) for item in exchanges if item.operation in CREATORS and item.succeeded
    }
    deliveries: dict[str, Exchange] = {}
    for exchange in sorted(exchanges, key=lambda item: item.started_at):
        if exchange.operation == CALLBACK and urlsplit(exchange.request.url).path in paths:
            number = exchange.request.headers.get("x-dubcheck-delivery", exchange.id)
            deliveries.setdefault(number, exchange)
    notices = tuple(map(Notice, deliveries.values()))
    unknown = {name: item for name, item in _unfound(exchanges) if not versions[name].sightings}
    return Callbacks(notices, assets, versions, unknown)


def _unfound(exchanges: tuple[Exchange, ...]) -> Iterator[tuple[str, Exchange]]:
    for exchange in exchanges:
        version_id = exchange.path_parameters.get("version_id")
        is_owners = exchange.request.credential is Credential.OWN
        is_unfound = exchange.response is not None and exchange.response.status == _NOT_FOUND
        if exchange.operation == "getVersion" and version_id and is_owners and is_unfound:
            yield version_id, exchange


def _callback_path(creation: Exchange) -> str | None:
    url = creation.sent("callback_url")
    if not isinstance(url, str):
        return None
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return None


CallbacksRule = Callable[[Callbacks], Iterable[Outcome]]


def callbacks_rule(*requirements: str) -> Callable[[CallbacksRule], CallbacksRule]:
    """Registers a rule over all callbacks of a run."""

    def register(rule: CallbacksRule) -> CallbacksRule:
        @run_rule(API, requirements)
        def judge_run(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
            return settle(rule(callbacks_of(exchanges)))

        return rule

    return register
