"""Which exchanges are judged together: those of one account at one service, in a known order.

Two files belong together where they show the same resource, or the same key. Accounts, and orders
that nobody knows, are kept apart: else the lists of two accounts would contradict each other.
"""

from __future__ import annotations

import hashlib

from dubcheck.exchange import Exchange
from dubcheck.exchange.traces import resources_of


class Scenes:
    """Scenes that are joined as more of them is seen; a scene is named once all was seen."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._owners: dict[bytes, str] = {}
        self._names: dict[str, str] = {}

    def place(self, exchange: Exchange, service: str, account: str, file: str) -> str:
        """The provisional scene of an exchange of an API."""
        if not exchange.is_timed:
            return self._known(f"{service} {file} alone")
        scene = self._known(f"{service} {account}" if account else f"{service} {file}")
        if exchange.succeeded:
            for kind, identifier in resources_of(exchange):
                key = hashlib.blake2b(
                    "\0".join((service, exchange.api, kind, identifier)).encode("utf-8", "replace"),
                    digest_size=16,
                ).digest()
                self._join(self._owners.setdefault(key, scene), scene)
        return scene

    def name(self, scene: str) -> str:
        """The final name of a provisional scene; the first one is named by an empty text."""
        root = self._root(scene)
        if root not in self._names:
            self._names[root] = f"scene {len(self._names) + 1}" if self._names else ""
        return self._names[root]

    def _known(self, scene: str) -> str:
        self._parents.setdefault(scene, scene)
        return scene

    def _root(self, scene: str) -> str:
        parent = self._parents[scene]
        while parent != self._parents[parent]:
            parent = self._parents[parent]
        self._parents[scene] = parent
        return parent

    def _join(self, one: str, other: str) -> None:
        self._parents[self._root(other)] = self._root(one)
