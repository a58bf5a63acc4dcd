"""A version in the light of the notices about it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dubcheck.exchange import Exchange
from dubcheck.rules.panjaya.get_version import has_result
from dubcheck.rules.panjaya.notices import Callbacks, Notice
from dubcheck.rules.panjaya.version_history import VersionHistory, status_of
from dubcheck.rules.panjaya.vocabulary import COMPLETED, GENERATING

# A notice may be sent just before the change that it tells of can be read.
SETTLING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Untimely:
    """A notice that came too early, and what belies it for certain."""

    notice: Notice
    seen: Exchange | None


@dataclass(frozen=True, slots=True)
class VersionStory:
    """One version: what it showed, and the first notice of each event about it."""

    history: VersionHistory
    callbacks: Callbacks

    def notice(self, event: str) -> Notice | None:
        """The first notice of an event about the version."""
        return self.callbacks.first(self.history.id, event)

    def after(self, notice: Notice) -> tuple[Exchange, ...]:
        """The sightings since a notice arrived, as long as the version was not revised."""
        return tuple(
            item
            for item in self.history.sightings
            if item.started_at >= notice.arrived_at and not self.history.may_be_revised_by(item)
        )

    def untimely(self, event: str, *before: str) -> Iterator[Untimely]:
        """Notices of an event that came before the final video even began to be made.

        The version still showed a status `before` that, and its beginning was told afterwards.
        One that never shows Generating may hide it: which notice is true is not known then.
        """
        begun = self.callbacks.about_version(self.history.id, "version_generating")
        for notice in self.callbacks.about_version(self.history.id, event):
            last = begun[-1].arrived_at if begun and self.was(GENERATING) else 0.0
            seen = tuple(
                item
                for item in self.after(notice)
                if status_of(item) in before and not has_result(item) and item.ended_at <= last
            )
            if seen:
                yield Untimely(notice, settled(seen, notice, *before))

    def in_time(self, event: str, early: tuple[Untimely, ...]) -> Notice | None:
        """The first notice of an event that is none of the early ones."""
        told = self.callbacks.about_version(self.history.id, event)
        return next((item for item in told if item not in [each.notice for each in early]), None)

    def was(self, *statuses: str) -> bool:
        """Whether the version was ever seen in one of the statuses."""
        return bool(self.history.with_status(*statuses))

    @property
    def was_generated(self) -> bool:
        """Whether anything but the notice that it began shows that a final video was made."""
        ended = ("version_generated", "version_generate_failed")
        has_video = any(has_result(item) for item in self.history.sightings)
        return has_video or self.was(GENERATING, COMPLETED) or any(map(self.notice, ended))


def stories(callbacks: Callbacks) -> Iterator[VersionStory]:
    """The story of every version that was seen."""
    for history in callbacks.versions.values():
        if history.sightings:
            yield VersionStory(history, callbacks)


def settled(sightings: tuple[Exchange, ...], notice: Notice, *statuses: str) -> Exchange | None:
    """The last sighting, if it shows one of the statuses a while after the notice arrived."""
    last = sightings[-1] if sightings else None
    if last is None or last.started_at < notice.arrived_at + SETTLING_SECONDS:
        return None
    return last if status_of(last) in statuses else None
