"""Waiting for notices about assets and versions; what a notice must be is judged by rules.

Each asset has an address of its own for them, so that a notice which names nothing is known too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dubcheck.exchange import Exchange
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.callbacks import CallbackRelay, Notice

from .batch import MadeAsset

# How much longer than for one notice a run waits for the very first: until then nothing is known
# of how long they take, and no document says more than that updates come in real time.
_FIRST_FACTOR = 3.0
# By how much a notice may take longer than those that were seen to arrive.
_LATENESS_FACTOR = 3.0
# What is left of it where a notice of the same kind was missed already.
_SHARE_AFTER_VAIN = 0.1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A notice to be waited for, about an asset or one of its versions.

    `version_ids`: every version of the asset by now. `more_than`: how many there were before.
    `locale`: the language of the version, for a finding.
    """

    made: MadeAsset
    event: str
    version_id: str | None = None
    version_ids: tuple[str, ...] = ()
    more_than: int = 0
    locale: str | None = None

    @property
    def story(self) -> str:
        """What is waited for, in a few words."""
        version = f" about version {self.version_id}" if self.version_id else ""
        language = f" in {self.locale}" if self.locale else ""
        more = f" beside the {self.more_than} before" if self.more_than else ""
        return f"{self.event}{version}{language}{more}"


class NoticeReception:
    """Says whether notices arrived, where that is all a requirement asks.

    Units: `patience_seconds` for one notice, of a service whose notices come without delay.
    """

    def __init__(self, evidence: Evidence, relay: CallbackRelay, patience_seconds: float):
        self._evidence = evidence
        self._relay = relay
        self._patience_seconds = patience_seconds
        self._missed: set[str] = set()
        self._vain: set[tuple[object, ...]] = set()

    def about(self, made: MadeAsset) -> tuple[Notice, ...]:
        """The notices about an asset and its versions so far."""
        place = _place(made)
        return tuple(
            notice
            for notice in self._relay.notices
            if (place and notice.delivery.path.endswith(place))
            or notice.speaks_of(str(made.asset_id))
        )

    def come_where_they_should(self, requirement: str, assets: Iterable[MadeAsset]) -> None:
        """Fails where a notice about one of the assets came to another address than it was to.

        What stands before the end of the path, and the host, may be a proxy's.
        """
        for made in assets:
            for notice in self.about(made) if made.asset_id else ():
                path, place = notice.delivery.path, _place(made)
                if notice.speaks_of(str(made.asset_id)) and not path.endswith(place):
                    message = "a notice comes to another address than its `callback_url`"
                    self._evidence.holds(
                        requirement,
                        False,
                        notice.exchange,
                        message=message,
                        expected=f"…{place}",
                        actual=path,
                    )

    def known(self, wanted: Wanted) -> tuple[Notice, ...]:
        """Such notices as have arrived."""
        return tuple(
            notice
            for notice in self.about(wanted.made)
            if notice.event == wanted.event
            and (wanted.version_id is None or notice.speaks_of(wanted.version_id))
        )

    def awaited(self, wanted: Wanted, share: float = 1.0) -> Notice | None:
        """Such a notice, or None where none arrives or none can be told from others.

        `share`: the part of all patience that it is worth. What was waited for in vain before is
        worth less.
        """
        key = (wanted.made.asset_id, wanted.event, wanted.version_id, wanted.more_than)
        share = _SHARE_AFTER_VAIN if key in self._vain else share
        for _ in self._relay.awaited(share * self._patience_seconds):
            found = self.known(wanted)
            if len(found) > wanted.more_than:
                return found[-1]
            if self._confusion(wanted):
                return None
        self._vain.add(key)
        return None

    def arrives(
        self,
        requirement: str,
        wanted: Wanted,
        *seen: Answer,
        obstacle: str | None = None,
    ) -> None:
        """Passes where such a notice arrives.

        Where one was missed already, that stands: for others of its kind the wait is short.
        """
        share = _SHARE_AFTER_VAIN if requirement in self._missed else 1.0
        notice = None if obstacle else self.awaited(wanted, share)
        if notice is None:
            obstacle = obstacle or self._confusion(wanted)
        if obstacle:
            self._evidence.unjudged(requirement, obstacle, *seen)
            return
        if notice is None:
            self._missed.add(requirement)
        shown: tuple[Answer | Exchange, ...] = seen if notice is None else (*seen, notice.exchange)
        self._evidence.holds(
            requirement,
            notice is not None,
            *shown,
            message=f"no notice {wanted.event} arrives",
            expected=f"{wanted.story} within {share * self._patience_seconds:g} s",
            actual=f"no {wanted.story}; what came: {_told(self.about(wanted.made))}",
        )

    def silence(self, assets: Iterable[MadeAsset]) -> str | None:
        """Why nothing can be said of single notices: none at all arrives. None where some do."""
        created = [made for made in assets if made.asset_id is not None and _place(made)]
        patience = _FIRST_FACTOR * self._patience_seconds
        for _ in self._relay.awaited(patience if created else 0):
            told = [made for made in created if self.about(made)]
            if told:
                self._note_lateness(told)
                return None
        return "no notice about the asset arrives at all"

    def _note_lateness(self, told: Iterable[MadeAsset]) -> None:
        """What takes a notice half a minute takes the next one as long, and is no loss."""
        ends = [(made.ended.exchange, self.about(made)[0]) for made in told if made.ended]
        late = [notice.delivery.received_at - ended.started_at for ended, notice in ends]
        slowest = _LATENESS_FACTOR * max(late, default=0.0)
        self._patience_seconds = max(self._patience_seconds, slowest)

    def _confusion(self, wanted: Wanted) -> str | None:
        """Why a notice that is missing may be among those that arrived."""
        about = self.about(wanted.made)
        if any(notice.event is None for notice in about):
            return "notices arrive that name no event"
        is_one_unnamed = wanted.version_id is not None and any(
            notice.event == wanted.event
            and not any(notice.speaks_of(version_id) for version_id in wanted.version_ids)
            for notice in about
        )
        return "notices arrive that name no version of the asset" if is_one_unnamed else None


def version_id_of(notice: Notice | None) -> str | None:
    """The id of the version that a notice names."""
    version_id: Any = None if notice is None else notice.exchange.sent("version_id")
    return version_id if isinstance(version_id, str) and version_id else None


def _told(notices: tuple[Notice, ...]) -> str:
    """Each notice with the version and the language that it names."""
    stories = []
    for notice in notices:
        named = [notice.exchange.sent(key) for key in ("version_id", "locale")]
        words = [str(item) for item in (notice.event or "no event", *named) if item]
        stories.append(" ".join(words))
    return ", ".join(stories) or "nothing"


def _place(made: MadeAsset) -> str:
    """The end of its address: what comes before may be a proxy's."""
    path, query = urlsplit(str(made.order.change.get("callback_url", "")))[2:4]
    return "/".join(("", *path.split("/")[-2:])) + (f"?{query}" if query else "") if path else ""
