"""Which notices arrived, how often and in which order.

That a notice is missing only shows to who waited for it: probes tell. Here stands what came.
Source: docs.panjaya.ai/apis/callbacks, transport and the six events.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, passed, read
from dubcheck.rules.panjaya.asset_history import AssetHistory
from dubcheck.rules.panjaya.languages import locales_of
from dubcheck.rules.panjaya.notices import LOCALE_KEYS, Callbacks, Notice, callbacks_rule
from dubcheck.rules.panjaya.version_history import status_of
from dubcheck.rules.panjaya.version_story import VersionStory, stories
from dubcheck.rules.panjaya.vocabulary import (
    COMPLETED,
    FAILED,
    GENERATING,
    READY,
    READY_TO_EDIT,
    is_refused,
)
from dubcheck.rules.settling import resting_on

_ID = "panjaya.callbacks."
# What a version shows, or showed, when an event about it is due.
_SIGNS = {
    "version_ready": (READY_TO_EDIT, GENERATING, COMPLETED),
    "version_failed": (FAILED,),
    "version_generating": (GENERATING, COMPLETED),
    "version_generated": (COMPLETED,),
    "version_generate_failed": (FAILED,),
}
_ORDER = ("version_ready", "version_generating", "version_generated")


@callbacks_rule(
    f"{_ID}asset-failed-is-sent",
    *(f"{_ID}{event.replace('_', '-')}-is-sent" for event in _SIGNS),
)
def sent_events(callbacks: Callbacks) -> Iterator[Outcome]:
    """What happened was told."""
    for asset in callbacks.assets.values():
        notices = callbacks.about_asset(asset.id, "asset_failed")
        failures = asset.with_status(FAILED)
        if notices and failures:
            requirement = f"{_ID}asset-failed-is-sent"
            yield resting_on(passed(requirement), failures[0], notices[0].exchange)
    for story in stories(callbacks):
        for event, statuses in _SIGNS.items():
            notice, signs = story.notice(event), story.history.with_status(*statuses)
            if notice is not None and signs:
                requirement = f"{_ID}{event.replace('_', '-')}-is-sent"
                yield resting_on(passed(requirement), signs[0], notice.exchange)


@callbacks_rule(
    f"{_ID}version-ready-for-each-language",
    f"{_ID}added-language-is-notified",
    f"{_ID}revision-is-notified",
)
def ready_notices(callbacks: Callbacks) -> Iterator[Outcome]:
    """Every language, also an added one, and every revision is announced as ready."""
    for asset in callbacks.assets.values():
        notices = callbacks.about_asset(asset.id, "version_ready")
        named = set(asset.named_locales() or ())
        if len(named) > 1 and named <= _locales(callbacks, notices):
            requirement = f"{_ID}version-ready-for-each-language"
            yield resting_on(passed(requirement), *(item.exchange for item in notices))
        for addition in asset.accepted_additions:
            since = tuple(item for item in notices if item.arrived_at >= addition.started_at)
            added = set(asset.added_locales(addition) or ())
            if added and added <= _locales(callbacks, since):
                requirement = f"{_ID}added-language-is-notified"
                yield resting_on(passed(requirement), addition, since[-1].exchange)
    for story in stories(callbacks):
        for notice in callbacks.about_version(story.history.id, "version_ready"):
            revision = _revision_before(story, notice)
            if revision is not None:
                requirement = f"{_ID}revision-is-notified"
                yield resting_on(passed(requirement), revision, notice.exchange)


def _locales(callbacks: Callbacks, notices: tuple[Notice, ...]) -> set[str]:
    known = [callbacks.languages.get(item.version_id or "") for item in notices]
    told = [item.locale for item in notices]
    return {item[1] for item in (*known, *told) if item is not None}


def _revision_before(story: VersionStory, notice: Notice) -> Exchange | None:
    for revision in story.history.revisions:
        known = story.history.before(revision)
        was_completed = known is not None and status_of(known) == COMPLETED
        if revision.succeeded and was_completed and notice.arrived_at >= revision.started_at:
            return revision
    return None


@callbacks_rule(f"{_ID}locale-is-that-of-the-language")
def locales(callbacks: Callbacks) -> Iterator[Outcome]:
    """The locale in a notice is that of the version, one of the asset's targets."""
    for notice in callbacks.notices:
        asset = callbacks.assets.get(callbacks.asset_of(notice) or "")
        is_about_version = notice.event is not None and notice.event.startswith("version_")
        if asset is None or notice.locale is None or not is_about_version:
            continue
        home = callbacks.languages.get(notice.version_id or "")
        expected = {home[1]} if home else _targets(asset)
        key, locale = notice.locale
        is_right = any(value in expected for _, value in notice.locales)
        # Under a key that nobody printed, the source is the asset's locale and not the version's.
        is_the_versions = key in LOCALE_KEYS or not asset.is_source(locale)
        if expected and (is_right or is_the_versions):
            outcome = holds(
                f"{_ID}locale-is-that-of-the-language",
                is_right,
                "the locale in a notice is not that of the version's language",
                expected=" or ".join(sorted(expected)),
                actual=locale,
            )
            yield resting_on(outcome, notice.exchange)


def _targets(asset: AssetHistory) -> set[str]:
    shown = [locales_of(item) or [] for item in asset.shown]
    return {*(asset.named_locales() or ()), *(locale for part in shown for locale in part)}


@callbacks_rule(f"{_ID}asset-ready-event")
def asset_ready(callbacks: Callbacks) -> Iterator[Outcome]:
    """Whether anything is told of an asset that became Ready."""
    for asset in callbacks.assets.values():
        ready = asset.with_status(READY)
        own = callbacks.of_asset(asset.id)
        told = [item for item in own if "ready" in str(item.document.get("event", "")).lower()]
        others = [item for item in told if item.event is None]
        if ready and told:
            reading = "another-event" if others else "no-event"
            seen = (others or told)[-1].exchange
            yield resting_on(read(f"{_ID}asset-ready-event", reading), ready[0], seen)


@callbacks_rule(f"{_ID}repeated-notices")
def repeats(callbacks: Callbacks) -> Iterator[Outcome]:
    """Whether the same notice arrives more than once; what a revision repeats is no repeat."""
    seen: dict[tuple[str, str], Notice] = {}
    repeated: list[Notice] = []
    for notice in callbacks.notices:
        history = callbacks.versions.get(notice.version_id or "")
        if notice.event is None or (history and not all(map(is_refused, history.revisions))):
            continue
        subject = notice.version_id or callbacks.asset_of(notice)
        if subject is not None:
            first = seen.setdefault((notice.event, subject), notice)
            repeated += [] if first is notice else [first, notice]
    if seen:
        shown = repeated[:2] or list(seen.values())[-1:]
        reading = read(f"{_ID}repeated-notices", "repeated" if repeated else "once")
        yield resting_on(reading, *(item.exchange for item in shown))


@callbacks_rule(f"{_ID}notices-keep-order")
def order(callbacks: Callbacks) -> Iterator[Outcome]:
    """The notices about a version that was not revised arrive in the order of its statuses."""
    for story in stories(callbacks):
        found = [item for item in map(story.notice, _ORDER) if item is not None]
        if len(found) > 1 and all(map(is_refused, story.history.revisions)):
            arrivals = [item.arrived_at for item in found]
            outcome = holds(
                f"{_ID}notices-keep-order",
                arrivals == sorted(arrivals),
                "notices about a version arrive in another order than its statuses",
                expected=", ".join(str(item.event) for item in found),
                actual=", ".join(
                    str(item.event) for item in sorted(found, key=lambda item: item.arrived_at)
                ),
            )
            yield resting_on(outcome, *(item.exchange for item in found))
