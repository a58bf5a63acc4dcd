"""Notices about assets and their versions: those that must arrive, after what brings them about.

What each notice must hold, and that none is untrue, is judged by rules. Notices about final videos
are test_callbacks_generation.py.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.receptions import told

from ..conftest import leave_if
from ..videos import judge_no_video
from .batch import AssetBatch, Fate
from .notices import NoticeReception, Wanted
from .notified_course import (
    ADDED,
    Course,
    course_of,
    undue,
    uneditable,
    unprepared_languages,
    wanted_after_addition,
    wanted_version,
)
from .orders import CREATED, SEVERAL, WITH_OPTIONS, Surroundings

TOPIC = "panjaya.callbacks"
EACH_LANGUAGE = f"{TOPIC}.version-ready-for-each-language"
SEVERAL_LANGUAGES, FAILING = "several languages", "failing, notified"
NO_TRIGGER = "nothing is documented that makes a version fail; only the embedded emulator is told"


@pytest.fixture(scope="module")
def silence(batch: AssetBatch, notices: NoticeReception) -> str | None:
    """Why nothing can be said of single notices, or None where some arrive."""
    names = [name for name in (SEVERAL_LANGUAGES, FAILING) if name in batch]
    return notices.silence(batch.asset(name) for name in names)


@pytest.fixture(scope="module")
def unready(batch: AssetBatch) -> str | None:
    """Why no notice version_ready is due, or None where one is."""
    made = batch.asset(SEVERAL_LANGUAGES)
    return uneditable(batch, made) if made.fate is Fate.READY else f"the asset {made.story}"


@pytest.fixture(scope="module")
def no_version_ready(
    batch: AssetBatch, notices: NoticeReception, silence: str | None, unready: str | None
) -> str | None:
    """Why nothing can be said of a single version_ready, or None where one arrived."""
    made = batch.asset(SEVERAL_LANGUAGES)
    if silence or unready:
        return silence or unready
    is_there = notices.awaited(Wanted(made, "version_ready"))
    return None if is_there else "no notice version_ready arrives at all"


@pytest.fixture(scope="module")
def course(
    batch: AssetBatch,
    surroundings: Surroundings,
    notices: NoticeReception,
    studio: StudioApi,
    no_version_ready: str | None,
) -> Course | None:
    """The workflow of a client that waits for notices instead of asking."""
    if no_version_ready:
        return None
    return course_of(batch, surroundings, notices, studio)


@pytest.fixture(scope="module")
def unprepared(course: Course | None, notices: NoticeReception, studio: StudioApi) -> set[str]:
    """The added languages whose versions are not prepared, once their notices are overdue.

    That a version takes longer than others is no promise broken, and nothing to be told yet.
    """
    return set() if course is None else unprepared_languages(course, notices, studio)


@pytest.fixture
def followed(
    request: pytest.FixtureRequest,
    course: Course | None,
    no_version_ready: str | None,
    evidence: Evidence,
) -> Course:
    """The course of an asset whose notices arrive."""
    leave_if(request.node, no_version_ready, evidence)
    assert course is not None  # else the probe was left
    return course


@pytest.mark.judges(f"{TOPIC}.uploaded-asset-is-notified")
def test_uploaded_asset_is_notified(
    batch: AssetBatch, silence: str | None, notices: NoticeReception, evidence: Evidence
) -> None:
    """Something is told, at its `callback_url`, about an asset that was uploaded with one."""
    requirement = f"{TOPIC}.uploaded-asset-is-notified"
    made = batch.asset(SEVERAL_LANGUAGES)

    if {made.fate, batch.asset(FAILING).fate} <= {Fate.REFUSED, Fate.UNMADE, Fate.UNENDED}:
        evidence.unjudged(requirement, f"the asset {made.story}", *made.seen)
        return
    is_told = evidence.holds(
        requirement,
        silence is None,
        *made.seen,
        message="nothing is told about uploaded assets",
        expected="a notice",
        actual="none",
    )
    if is_told:
        notices.come_where_they_should(requirement, [made, batch.asset(FAILING)])


@pytest.mark.judges(f"{TOPIC}.created-asset-is-notified")
def test_created_asset_is_notified(
    batch: AssetBatch, silence: str | None, notices: NoticeReception, evidence: Evidence
) -> None:
    """Something is told about an asset that was created from a URL with a `callback_url`."""
    requirement = f"{TOPIC}.created-asset-is-notified"
    made = [batch.asset(name) for name in CREATED if name in batch]
    ended = [item for item in made if item.fate in (Fate.READY, Fate.FAILED)]

    if silence or not ended:
        evidence.unjudged(requirement, silence or "no asset was created that came to an end")
        return
    # One that fails and one that does not: a single event that is missing is another matter.
    is_told = evidence.holds(
        requirement,
        notices.silence(ended) is None,
        *ended[0].seen,
        message="nothing is told about assets that were created from a URL",
        expected="a notice",
        actual="none",
    )
    if is_told:
        notices.come_where_they_should(requirement, made)


@pytest.mark.judges(f"{TOPIC}.asset-failed-is-sent")
def test_failed_asset_is_told(
    batch: AssetBatch, silence: str | None, notices: NoticeReception
) -> None:
    """A silent video fails, and asset_failed is sent."""
    made = batch.asset(FAILING)
    obstacle = silence or (None if made.fate is Fate.FAILED else f"the asset {made.story}")

    wanted = Wanted(made, "asset_failed")

    notices.arrives(f"{TOPIC}.asset-failed-is-sent", wanted, *made.seen, obstacle=obstacle)


@pytest.mark.judges(f"{TOPIC}.version-ready-is-sent")
def test_ready_version_is_told(
    batch: AssetBatch, silence: str | None, unready: str | None, notices: NoticeReception
) -> None:
    """A version becomes ready to be edited, and version_ready is sent."""
    made = batch.asset(SEVERAL_LANGUAGES)
    wanted = Wanted(made, "version_ready")

    notices.arrives(
        f"{TOPIC}.version-ready-is-sent", wanted, *made.seen, obstacle=silence or unready
    )


@pytest.mark.judges(EACH_LANGUAGE)
@pytest.mark.parametrize("locale", SEVERAL)
def test_version_of_each_language_is_told(
    locale: str, batch: AssetBatch, no_version_ready: str | None, notices: NoticeReception
) -> None:
    """version_ready is sent for the version of each of three languages."""
    made = batch.asset(SEVERAL_LANGUAGES)
    obstacle = no_version_ready or undue(batch, made, locale)

    wanted = wanted_version(made, locale)

    notices.arrives(EACH_LANGUAGE, wanted, *made.seen, obstacle=obstacle)


@pytest.mark.judges(EACH_LANGUAGE)
@pytest.mark.parametrize("locale", SEVERAL[:2])
def test_version_of_each_language_is_told_with_options(
    locale: str, batch: AssetBatch, no_version_ready: str | None, notices: NoticeReception
) -> None:
    """Subtitles, a background, speakers and `auto_generate` "off" silence no version_ready."""
    made = batch.asset(WITH_OPTIONS)
    obstacle = no_version_ready or undue(batch, made, locale)

    wanted = wanted_version(made, locale)

    notices.arrives(EACH_LANGUAGE, wanted, *made.seen, obstacle=obstacle)


@pytest.mark.judges(f"{TOPIC}.version-event-names-version", f"{TOPIC}.ready-notice-finds-version")
def test_ready_notice_leads_to_its_version(followed: Course, evidence: Evidence) -> None:
    """The version that version_ready names is found at once, and is no longer NotReady."""
    names, finds = f"{TOPIC}.version-event-names-version", f"{TOPIC}.ready-notice-finds-version"
    notice, found = followed.notice, followed.found

    if notice is None or found is None:
        reason = "no notice with the id of a version arrived"
        evidence.unjudged(names, reason, *followed.made.seen)
        evidence.unjudged(finds, reason, *followed.made.seen)
        return
    evidence.holds(
        names,
        found.status != 404,
        notice.exchange,
        found,
        message="no version has the id that a notice names",
        expected="a version",
        actual=told(found),
    )
    if found.succeeded:
        evidence.holds(
            finds,
            found.field("status") != "NotReady",
            notice.exchange,
            found,
            message="a version that was told to be ready is not",
            expected="ReadyToEdit, or a later status",
            actual=found.field("status"),
        )


@pytest.mark.judges(f"{TOPIC}.added-language-is-notified")
@pytest.mark.parametrize("number", range(len(ADDED)), ids=["first", "second"])
def test_added_language_is_told(
    number: int,
    followed: Course,
    unprepared: set[str],
    notices: NoticeReception,
    evidence: Evidence,
) -> None:
    """After two languages were added at once version_ready is sent for the version of each."""
    requirement, made, ended = f"{TOPIC}.added-language-is-notified", followed.made, followed.ended
    if ended is None or ended.field("status") != "Ready":
        reason = "no language was added to an asset that then became Ready again"
        evidence.unjudged(requirement, reason, *made.seen)
        return

    is_late = ADDED[number] in unprepared
    obstacle = "the version of an added language is not ready to be edited" if is_late else None

    notices.arrives(requirement, wanted_after_addition(followed, number), ended, obstacle=obstacle)
    notices.come_where_they_should(requirement, [made])


@pytest.mark.judges("panjaya.upload-asset.no-auto-generate-generates-nothing")
def test_asset_that_is_notified_gets_no_video(
    batch: AssetBatch, studio: StudioApi, evidence: Evidence
) -> None:
    """A `callback_url` alone is no wish for a final video."""
    requirement = "panjaya.upload-asset.no-auto-generate-generates-nothing"
    made = batch.asset(SEVERAL_LANGUAGES)

    judge_no_video(requirement, made.ended, studio, evidence)


@pytest.mark.judges(f"{TOPIC}.version-failed-is-sent")
def test_failed_version_is_told(
    batch: AssetBatch,
    silence: str | None,
    notices: NoticeReception,
    studio: StudioApi,
    evidence: Evidence,
) -> None:
    """A version fails, and version_failed is sent."""
    requirement, name = f"{TOPIC}.version-failed-is-sent", "failing version"
    if name not in batch:
        evidence.unjudged(requirement, NO_TRIGGER)
        return
    made = batch.asset(name)
    version_ids = made.version_ids()
    version = studio.wait_for_version(version_ids[0]) if version_ids else None
    is_failed = version is not None and version.field("status") == "Failed"
    obstacle = silence or (None if is_failed else "no version failed, though that was ordered")

    notices.arrives(requirement, Wanted(made, "version_failed"), *made.seen, obstacle=obstacle)


@pytest.mark.judges(f"{TOPIC}.failed-delivery")
def test_notice_that_is_not_taken_is_noted(evidence: Evidence) -> None:
    """What follows a notice that the receiver answers with 500 is not tried yet."""
    evidence.unjudged(f"{TOPIC}.failed-delivery", "the receiver of a run takes every notice")
