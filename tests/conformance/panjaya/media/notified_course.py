"""A course that is followed by its notices alone: an asset, then two languages added at once.

What must be told in it, the probes say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dubcheck.targets import Answer
from dubcheck.targets.callbacks import Notice
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of

from .batch import AssetBatch, AssetOrder, Fate, MadeAsset
from .notices import NoticeReception, Wanted, version_id_of
from .orders import PLAIN_SAMPLE, Surroundings, notified

ADDED = ("it-IT", "pt-PT")
UNPREPARED = ("NotReady", "Failed")


@dataclass(frozen=True, slots=True)
class Course:
    """An asset with one language, followed by its notices alone, that then got two more.

    `found` is the version that the first notice names, asked for at once.
    """

    made: MadeAsset
    notice: Notice | None
    found: Answer | None
    added: Answer | None
    ended: Answer | None


def course_of(
    batch: AssetBatch, surroundings: Surroundings, notices: NoticeReception, studio: StudioApi
) -> Course:
    """Takes the course: the version is asked for as soon as a notice names it."""
    batch.make([AssetOrder("course", PLAIN_SAMPLE, notified(surroundings, "course"))])
    made = batch.new("course")
    notice = notices.awaited(Wanted(made, "version_ready")) if made.asset_id else None
    version_id = version_id_of(notice)
    found = studio.get_version(version_id) if version_id else None
    if batch.follow("course").fate is not Fate.READY:
        return Course(made, notice, found, None, None)
    addition = {"languages": [{"locale": locale} for locale in ADDED], "auto_generate": "off"}
    added = studio.add_languages(str(made.asset_id), addition)
    ended = None
    if added.succeeded:
        ended = studio.wait_for_end(str(made.asset_id), was_extended=True)
    if ended is not None:
        ended = studio.settled(str(made.asset_id), ended, _shows_three_versions)
    if version_id:  # that it is still there, rules judge
        studio.get_version(version_id)
    return Course(made, notice, found, added, ended)


def wanted_after_addition(course: Course, number: int) -> Wanted:
    """The notice about the version of an added language; `course.ended` is Ready."""
    ended: Any = course.ended
    version_id = next(iter(version_ids_of(ended, ADDED[number])), None)
    # Where it cannot be told which version is the new one: so many notices more than before.
    earlier = 0 if version_id else number + (1 if course.notice else 0)
    every = tuple(version_ids_of(ended))
    return Wanted(course.made, "version_ready", version_id, every, earlier, ADDED[number])


def wanted_version(made: MadeAsset, locale: str) -> Wanted:
    """The notice that the version of one language is ready."""
    version_id = next(iter(made.version_ids(locale)), None)
    return Wanted(made, "version_ready", version_id, tuple(made.version_ids()), locale=locale)


def undue(batch: AssetBatch, made: MadeAsset, locale: str) -> str | None:
    """Why no notice version_ready about a language is due, or None where one is."""
    if made.fate is not Fate.READY:
        return f"the asset {made.story}"
    return uneditable(batch, made) if made.version_ids(locale) else "no version of it is shown"


def uneditable(batch: AssetBatch, made: MadeAsset) -> str | None:
    """That some version of a Ready asset cannot be edited yet, or None where all can."""
    is_late = any(status in UNPREPARED for status in batch.version_statuses(made))
    return "a version of a Ready asset is not ready to be edited" if is_late else None


def unprepared_languages(course: Course, notices: NoticeReception, studio: StudioApi) -> set[str]:
    """The added languages whose versions are not prepared, once their notices are overdue."""
    if course.ended is None or course.ended.field("status") != "Ready":
        return set()
    wanted = [wanted_after_addition(course, number) for number in range(len(ADDED))]
    if all(item.version_id is None or notices.awaited(item) for item in wanted):
        return set()
    return {
        str(item.locale)
        for item in wanted
        if item.version_id and studio.get_version(item.version_id).field("status") in UNPREPARED
    }


def _shows_three_versions(asset: Answer) -> bool:
    return len(version_ids_of(asset)) > len(ADDED)
