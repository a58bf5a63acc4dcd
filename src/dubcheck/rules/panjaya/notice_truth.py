"""Whether what a notice says is so: held against what its asset or version shows afterwards.

Where a notice and a status contradict each other, one of the two is wrong. Which of them is told
by the other notices and sightings, so that one fault is found under one id.
Source: docs.panjaya.ai/apis/callbacks, the six events; docs.panjaya.ai/apis/versions, status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.panjaya.asset_history import AssetHistory
from dubcheck.rules.panjaya.get_version import has_result
from dubcheck.rules.panjaya.notices import Callbacks, Notice, callbacks_rule
from dubcheck.rules.panjaya.version_history import status_of
from dubcheck.rules.panjaya.version_story import (
    SETTLING_SECONDS,
    Untimely,
    VersionStory,
    settled,
    stories,
)
from dubcheck.rules.panjaya.vocabulary import (
    COMPLETED,
    FAILED,
    GENERATING,
    NOT_READY,
    READY,
    READY_TO_EDIT,
)
from dubcheck.rules.settling import resting_on

_ID = "panjaya.callbacks."
_SHOWN = "panjaya.lifecycle."
_EARLIER = (NOT_READY, READY_TO_EDIT)
_EDITABLE = (READY_TO_EDIT, GENERATING, COMPLETED)


def _true(event: str, *seen: Exchange) -> Outcome:
    requirement = f"{_ID}{event.replace('_', '-')}-only-when-true"
    return resting_on(passed(requirement), *seen)


def _false(notice: Notice, seen: Exchange) -> Outcome:
    event = str(notice.event)
    requirement = f"{_ID}{event.replace('_', '-')}-only-when-true"
    message = f"a notice {event} arrived, but what it says is not so"
    actual = str(seen.field("status"))
    outcome = failed(requirement, message, expected="only what happened", actual=actual)
    return resting_on(outcome, notice.exchange, seen)


def _misshown(requirement: str, notice: Notice, expected: str, seen: Exchange) -> Outcome:
    message = f"after the notice {notice.event} the version has another status"
    outcome = failed(requirement, message, expected=expected, actual=status_of(seen))
    return resting_on(outcome, notice.exchange, seen)


@callbacks_rule(f"{_ID}asset-failed-only-when-true")
def asset_failed(callbacks: Callbacks) -> Iterator[Outcome]:
    """An asset about which a failure was told is Failed, and not Ready."""
    for asset in callbacks.assets.values():
        for notice in callbacks.about_asset(asset.id, "asset_failed"):
            if asset.with_status(FAILED):
                yield _true("asset_failed", notice.exchange, asset.with_status(FAILED)[-1])
            elif (seen := _ready_after(notice, asset)) is not None:
                yield _false(notice, seen)


def _ready_after(notice: Notice, asset: AssetHistory) -> Exchange | None:
    """The last sighting of a Ready asset since a notice, to which nothing was added meanwhile.

    One that is Ready again after an addition may have failed with that.
    """
    since = [item for item in asset.changes if item.ended_at >= notice.arrived_at]
    settling = SETTLING_SECONDS if asset.changes else 0.0
    later = [
        item
        for item in asset.sightings
        if item.started_at >= notice.arrived_at + settling
        and not any(change.started_at <= item.ended_at for change in since)
    ]
    return later[-1] if later and later[-1].field("status") == READY else None


@callbacks_rule(f"{_ID}version-ready-only-when-true", f"{_ID}ready-notice-finds-version")
def version_ready(callbacks: Callbacks) -> Iterator[Outcome]:
    """A version that was announced can be edited."""
    for story in stories(callbacks):
        notice = story.notice("version_ready")
        if notice is None:
            continue
        later = story.after(notice)
        for seen in _before_its_video(story, later):
            outcome = holds(
                f"{_ID}ready-notice-finds-version",
                status_of(seen) != NOT_READY,
                "a version that was announced as ready is NotReady",
                expected=READY_TO_EDIT,
                actual=status_of(seen),
            )
            yield resting_on(outcome, notice.exchange, seen)
        if story.was(*_EDITABLE):
            yield _true(
                "version_ready", notice.exchange, *story.history.with_status(*_EDITABLE)[:1]
            )
        elif later and status_of(later[-1]) == FAILED and not story.notice("version_generating"):
            yield _false(notice, later[-1])
    yield from _ready_of_failed_assets(callbacks)


def _ready_of_failed_assets(callbacks: Callbacks) -> Iterator[Outcome]:
    """What failed before its one language was dubbed has no version that could be ready."""
    for asset in callbacks.assets.values():
        failed_ones = asset.with_status(FAILED)
        has_one_language = len(asset.named_locales() or ()) == 1
        if failed_ones and has_one_language and not asset.changes and not asset.with_status(READY):
            for notice in callbacks.about_asset(asset.id, "version_ready")[:1]:
                yield _false(notice, failed_ones[-1])


def _before_its_video(story: VersionStory, seen: tuple[Exchange, ...]) -> Iterator[Exchange]:
    """The sightings until the final video began to be made: how that is shown is another matter.

    Nobody is told when it was ordered: a version that was once ready to be edited is left alone.
    """
    begun = story.notice("version_generating")
    for item in seen:
        if begun is not None and item.ended_at >= begun.arrived_at:
            return
        yield item
        if status_of(item) in _EDITABLE:
            return


@callbacks_rule(f"{_ID}version-failed-only-when-true", f"{_SHOWN}failed-version-shows-failed")
def version_failed(callbacks: Callbacks) -> Iterator[Outcome]:
    """A version whose preparation failed is Failed."""
    for story in stories(callbacks):
        notice = story.notice("version_failed")
        later = story.after(notice) if notice else ()
        if notice is None or not later:
            continue
        last = later[-1]
        if any(status_of(item) == FAILED for item in later):
            yield _true("version_failed", notice.exchange, last)
            yield resting_on(passed(f"{_SHOWN}failed-version-shows-failed"), notice.exchange, last)
        elif status_of(last) in _EDITABLE and story.notice("version_ready"):
            yield _false(notice, last)
        elif status_of(last) in _EDITABLE or settled(later, notice, NOT_READY):
            yield _misshown(f"{_SHOWN}failed-version-shows-failed", notice, FAILED, last)


@callbacks_rule(f"{_ID}version-generating-only-when-true", f"{_SHOWN}generation-is-shown")
def version_generating(callbacks: Callbacks) -> Iterator[Outcome]:
    """While a final video is made the version says so."""
    for story in stories(callbacks):
        early = tuple(story.untimely("version_generating", *_EARLIER))
        yield from _untimely(early)
        notice = story.in_time("version_generating", early)
        if notice is None:
            continue
        later = story.after(notice)
        if story.was_generated:
            yield _true("version_generating", notice.exchange)
            for seen in later:
                if _is_before_its_end(story, seen) and status_of(seen) in _EARLIER:
                    yield _misshown(f"{_SHOWN}generation-is-shown", notice, GENERATING, seen)
        elif last := settled(later, notice, *_EARLIER):
            yield _false(notice, last)


def _untimely(early: Iterable[Untimely]) -> Iterator[Outcome]:
    yield from (_false(item.notice, item.seen) for item in early if item.seen is not None)


def _is_before_its_end(story: VersionStory, seen: Exchange) -> bool:
    ends = [story.notice("version_generated"), story.notice("version_generate_failed")]
    arrivals = [item.arrived_at for item in ends if item is not None]
    return bool(arrivals) and seen.ended_at < min(arrivals)


@callbacks_rule(
    f"{_ID}version-generated-only-when-true",
    f"{_ID}generated-notice-finds-result",
    f"{_SHOWN}generated-version-is-completed",
)
def version_generated(callbacks: Callbacks) -> Iterator[Outcome]:
    """A version whose final video was made is Completed and shows where it is."""
    for story in stories(callbacks):
        early = tuple(story.untimely("version_generated", *_EARLIER))
        yield from _untimely(early)
        notice = story.in_time("version_generated", early)
        later = story.after(notice) if notice else ()
        if notice is None or not later:
            continue
        if story.was(COMPLETED) or any(map(has_result, later)):
            yield _true("version_generated", notice.exchange, later[-1])
        if story.notice("version_generate_failed") and {*map(status_of, later)} == {FAILED}:
            # Both ends were told, and the version shows which of them it came to.
            yield _false(notice, later[-1])
        else:
            yield from _of_generated(notice, later)


def _of_generated(notice: Notice, later: tuple[Exchange, ...]) -> Iterator[Outcome]:
    first, last = later[0], later[-1]
    statuses = {status_of(item) for item in later}
    if has_result(first):
        yield resting_on(passed(f"{_ID}generated-notice-finds-result"), notice.exchange, first)
    elif COMPLETED in statuses and status_of(first) == GENERATING:
        # The notice came before the video.
        message = "after the notice version_generated the version shows no result"
        outcome = failed(
            f"{_ID}generated-notice-finds-result",
            message,
            expected="result_url",
            actual=first.field("result_url"),
        )
        yield resting_on(outcome, notice.exchange, first)
    if COMPLETED in statuses or status_of(last) is None:
        return
    if has_result(last) or settled(later, notice, GENERATING):
        yield _misshown(f"{_SHOWN}generated-version-is-completed", notice, COMPLETED, last)
    elif settled(later, notice, NOT_READY, READY_TO_EDIT, FAILED):
        yield _false(notice, last)


@callbacks_rule(
    f"{_ID}version-generate-failed-only-when-true", f"{_SHOWN}failed-version-shows-failed"
)
def version_generate_failed(callbacks: Callbacks) -> Iterator[Outcome]:
    """A version whose final video could not be made is Failed."""
    for story in stories(callbacks):
        notice = story.notice("version_generate_failed")
        later = story.after(notice) if notice else ()
        if notice is None or not later:
            continue
        last = later[-1]
        was_begun = story.was(GENERATING) or story.notice("version_generating")
        if any(status_of(item) == FAILED for item in later):
            yield _true("version_generate_failed", notice.exchange, last)
            yield resting_on(passed(f"{_SHOWN}failed-version-shows-failed"), notice.exchange, last)
        elif status_of(last) == COMPLETED or (not was_begun and status_of(last) == READY_TO_EDIT):
            yield _false(notice, last)
        elif settled(later, notice, NOT_READY, READY_TO_EDIT, GENERATING):
            yield _misshown(f"{_SHOWN}failed-version-shows-failed", notice, FAILED, last)
