"""The workflow of the document with Panjaya: upload, Ready, a further language, edit, revise.

Each step is judged by the rules and by the probes of its operation; here they follow each other
on one asset, as a client's do.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of

from ..conftest import leave_if
from .batch import AssetBatch, Fate, MadeAsset
from .orders import CREATED_WORKFLOW, Surroundings, workflow_orders

ADDED = "pt-BR"
NAMES = ("workflow", CREATED_WORKFLOW)
OF_EACH = (
    "panjaya.add-languages.documented-request-is-accepted",
    "panjaya.revise-version.ready-version-is-revised",
    "panjaya.get-asset.ready-asset-shows-versions",
)
JUDGED = (
    "panjaya.add-languages.asset-becomes-ready-again",
    "panjaya.add-languages.added-language-gets-version",
    "panjaya.lifecycle.initial-version-becomes-ready-to-edit",
    "panjaya.revise-version.status-becomes-ready-to-edit",
)


@dataclass(frozen=True, slots=True)
class Course:
    """An asset from its end on: a language added, its version edited and revised, and read.

    `lost`: what answers for a version that never became ready to be edited.
    """

    made: MadeAsset
    addition: Answer
    ended: Answer | None = None
    version: Answer | None = None
    revision: Answer | None = None
    after: Answer | None = None
    lost: Answer | None = None


@pytest.fixture(scope="module")
def courses(batch: AssetBatch, surroundings: Surroundings, studio: StudioApi) -> dict[str, Course]:
    """The courses of those assets that became Ready, by name."""
    batch.asset("plain")
    orders = list(workflow_orders(surroundings))
    batch.make(orders)
    made = [batch.follow(order.name) for order in orders]
    return {each.order.name: _course(each, studio) for each in made if each.fate is Fate.READY}


def _course(made: MadeAsset, studio: StudioApi) -> Course:
    asset_id = str(made.asset_id)
    body = {"languages": [{"locale": ADDED}], "auto_generate": "off"}
    addition = studio.add_languages(asset_id, body)
    ended = studio.wait_for_end(asset_id, was_extended=True) if addition.succeeded else None
    if ended is None:
        return Course(made, addition)
    ended = studio.settled(asset_id, ended, lambda asset: bool(version_ids_of(asset, ADDED)))
    version_ids = version_ids_of(ended, ADDED)
    version = studio.wait_for_version(version_ids[0], was_added=True) if version_ids else None
    if version is None:
        lost = studio.get_version(version_ids[0]) if version_ids else None
        return Course(made, addition, ended, lost=lost)
    revision = studio.revise(version_ids[0], {})
    after = studio.get_version(version_ids[0])
    return Course(made, addition, ended, version, revision, after)


@pytest.fixture
def course(
    name: str, request: pytest.FixtureRequest, courses: dict[str, Course], evidence: Evidence
) -> Course:
    """The course of one asset."""
    leave_if(request.node, None if name in courses else "no such asset became Ready", evidence)
    return courses[name]


@pytest.mark.judges(*JUDGED)
@pytest.mark.parametrize("name", NAMES)
def test_language_is_added_edited_and_revised(course: Course, evidence: Evidence) -> None:
    """A language added to a Ready asset is dubbed, and its version edited and revised."""
    again, added, edited, revised = JUDGED
    revision, after = course.revision, course.after

    if course.ended is None:
        reason = "no language was added, or the asset did not end"
        evidence.unjudged(again, reason, course.addition)
        return
    evidence.equals(
        again,
        course.ended.field("status"),
        "Ready",
        course.addition,
        course.ended,
        message="an asset with a further language does not become Ready again",
    )
    if revision is None or not revision.succeeded or after is None or not after.succeeded:
        reason = "no version of the added language was revised"
        for requirement in (added, edited, revised):
            evidence.unjudged(requirement, reason, course.ended)
        return
    evidence.equals(
        revised,
        after.field("status"),
        "ReadyToEdit",
        revision,
        after,
        message="a revised version is not ready to be edited",
    )


@pytest.mark.judges(OF_EACH[1])
@pytest.mark.parametrize("name", ["workflow"])
def test_version_of_an_added_language_is_revised(
    course: Course, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """Where the version of the first language can be revised, that of an added one can, too."""
    revised, revision = OF_EACH[1], course.revision
    if revision is None or course.version is None or course.version.field("status") == "Failed":
        evidence.unjudged(revised, "no version of an added language was prepared", course.addition)
        return
    if not revision.succeeded:
        first = next(iter(course.made.version_ids()), "none")
        control = studio.revise(first, {})
        if not control.succeeded:
            evidence.unjudged(revised, "no version of the asset is revised", revision, control)
            return

    reception.accepted(revised, revision)


@pytest.mark.judges(*OF_EACH)
@pytest.mark.parametrize("name", [CREATED_WORKFLOW])
def test_fetched_video_takes_the_same_course(
    course: Course, courses: dict[str, Course], reception: Reception, evidence: Evidence
) -> None:
    """An asset that was created from a URL takes what one takes that was uploaded."""
    added, revised, shown = OF_EACH
    other = courses.get("workflow")

    additions = [item.addition for item in (other, course) if item is not None]
    if any(item.succeeded for item in additions):
        for addition in additions:
            reception.accepted_within_limits(added, addition)
    else:
        evidence.unjudged(added, "no asset takes languages at all", course.addition)
    is_revised_elsewhere = other is not None and other.revision and other.revision.succeeded
    if course.revision is None or not is_revised_elsewhere:
        evidence.unjudged(revised, "no version was revised of one of the two", course.addition)
    else:
        reception.accepted(revised, course.revision)
    if course.lost is not None and other is not None and other.version is not None:
        evidence.holds(
            shown,
            course.lost.status != 404,
            *course.made.seen,
            course.lost,
            message="an asset from a URL shows an id by which no version is found",
            expected="a version",
            actual=course.lost.status,
        )


@pytest.mark.judges("panjaya.callbacks.asset-failed-only-when-true")
def test_extended_asset_is_read_again(batch: AssetBatch, studio: StudioApi) -> None:
    """An asset that languages were added to is read once more: rules hold its notices against it.

    Long after them, as a notice may be sent before what it tells of is shown.
    """
    name = "course"
    asset_id = batch.asset(name).asset_id if name in batch else None

    studio.get_asset(asset_id or "none")
