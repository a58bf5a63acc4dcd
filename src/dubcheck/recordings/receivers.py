"""Where a client has Panjaya's notices sent: deliveries of others to the same place are none.

A proxy in front of the receiver may have recorded them under another host than the one that the
service was given, so that only the path counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from urllib.parse import urlsplit

from dubcheck.exchange import Credential, Exchange
from dubcheck.exchange.traces import texts_sent
from dubcheck.rules.panjaya.vocabulary import API, CALLBACK, CREATORS


def is_notice_like(exchange: Exchange) -> bool:
    """Whether it delivers a JSON object that names an event."""
    return exchange.request.method == "POST" and isinstance(exchange.sent("event"), str)


class Receivers:
    """The paths that creations named, and the scenes in which they did."""

    def __init__(self) -> None:
        self._scenes: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._assets: dict[tuple[str, str], str] = {}

    def note(self, exchange: Exchange, scene: str, file: str) -> None:
        """Looks at an exchange of an API for a receiver."""
        path = _path(exchange.sent("callback_url"))
        if exchange.operation in CREATORS and path is not None:
            order = _order(exchange, file)
            self._scenes[path, order].add(scene)
            self._assets[str(exchange.field("asset_id")), order] = scene

    def delivered(self, exchange: Exchange, file: str) -> Exchange | None:
        """The exchange as a notice in its scene, or None where it is none or nobody knows whose."""
        order = _order(exchange, file)
        scenes = self._scenes.get((_path(exchange.request.url) or "", order), set())
        if not scenes or not is_notice_like(exchange):
            return None
        texts = texts_sent(exchange)
        own = [self._assets[item, order] for item in texts if (item, order) in self._assets]
        if not own and len(scenes) > 1:
            return None
        return replace(
            exchange,
            api=API,
            operation=CALLBACK,
            scene=(own or [*scenes])[0],
            request=replace(exchange.request, credential=Credential.NONE),
        )


def _order(exchange: Exchange, file: str) -> str:
    """What tells which came first: the clock, or else the file in which both stand."""
    return "" if exchange.is_timed else file


def _path(url: object) -> str | None:
    try:
        return (urlsplit(url).path or "/") if isinstance(url, str) and url else None
    except ValueError:
        return None
