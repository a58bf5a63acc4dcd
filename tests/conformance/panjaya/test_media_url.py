"""`media_url` and `background_url` of createAsset: what is fetched, and what cannot be.

All assets are created first and waited for together; each probe then looks at its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import getpid
from shutil import copyfile

import pytest

from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.listeners import guarded_path
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of
from dubcheck.targets.receptions import is_refusal, told
from dubcheck.targets.staging import Staged

from .conftest import leave_if
from .reach import Reach
from .stimuli import Change
from .subjects import Subject
from .videos import judge_dubbed, judge_no_video

TOPIC = "panjaya.create-asset"
MOMENT = f"{TOPIC}.bad-media-url-moment"
# Of this process alone: another one of the run may still need its own.
EXPIRING = f"expiring-{getpid()}.mp4"
# Nothing listens there, so that a service which does fetch it is done at once.
PRIVATE = "http://127.0.0.1:9/video.mp4"


@dataclass(frozen=True, slots=True)
class Course:
    """One creation and how its asset ended; `ended` is None where it did not, or was refused."""

    answer: Answer
    ended: Answer | None

    @property
    def is_refused(self) -> bool:
        """Whether the request itself was turned down."""
        return is_refusal(self.answer)


@pytest.fixture(scope="module")
def courses(
    creating: Subject, staged: Staged, reach: Reach, video: Sample, studio: StudioApi
) -> Iterator[dict[str, Course]]:
    """Every creation of this module by name, each waited for."""
    expiring = staged.media_folder / EXPIRING
    copyfile(video.path, expiring)
    changes: dict[str, Change] = {
        "text": {"media_url": "the video of last week"},
        "private": {"media_url": PRIVATE},
        "background-text": {"background_url": "some music"},
        "off": {"auto_generate": "off"},
        "plain": {},
    }
    if reach.media_url:
        changes["dead"] = {"media_url": f"{reach.media_url}/no-such-video.mp4"}
        changes["query"] = {"media_url": f"{reach.media_url}{guarded_path(video.filename)}"}
        changes["expiring"] = {"media_url": f"{reach.media_url}/{EXPIRING}"}
    sent = {} if creating.obstacle else changes
    answers = dict(zip(sent, creating.answers(list(sent.values())), strict=True))
    ids = filter(None, map(asset_id_of, answers.values()))
    ended = studio.wait_for_ends(ids, creating.lanes)
    yield {
        name: Course(answer, ended.get(asset_id_of(answer) or ""))
        for name, answer in answers.items()
    }
    expiring.unlink(missing_ok=True)


@pytest.fixture
def uploaded(uploading: Subject, studio: StudioApi) -> Callable[[], Answer | None]:
    """What becomes of the same video where it is uploaded."""

    def upload() -> Answer | None:
        is_possible = uploading.obstacle is None
        return studio.wait_for_end(asset_id_of(uploading.answer())) if is_possible else None

    return upload


@pytest.fixture
def course(
    request: pytest.FixtureRequest,
    courses: dict[str, Course],
    creating: Subject,
    evidence: Evidence,
) -> Course:
    """The creation that the parameter names."""
    leave_if(request.node, creating.obstacle, evidence)
    return courses[request.param]


def _of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("course", [name], indirect=True)


@pytest.mark.judges(
    f"{TOPIC}.media-behind-url-is-dubbed", f"{TOPIC}.no-auto-generate-generates-nothing"
)
@_of("plain")
def test_media_behind_url_is_dubbed(
    course: Course,
    uploaded: Callable[[], Answer | None],
    studio: StudioApi,
    evidence: Evidence,
) -> None:
    """The video behind `media_url` is fetched and dubbed, and no final video is made of it."""
    judge_dubbed(f"{TOPIC}.media-behind-url-is-dubbed", course.ended, evidence, uploaded)
    judge_no_video(f"{TOPIC}.no-auto-generate-generates-nothing", course.ended, studio, evidence)


@pytest.mark.judges(f"{TOPIC}.auto-generate-off-generates-nothing")
@_of("off")
def test_off_generates_nothing(course: Course, studio: StudioApi, evidence: Evidence) -> None:
    """With `auto_generate` "off" no final video is made."""
    judge_no_video(f"{TOPIC}.auto-generate-off-generates-nothing", course.ended, studio, evidence)


@pytest.mark.judges(f"{TOPIC}.media-url-with-query-is-accepted")
@_of("query")
def test_media_url_with_query_is_fetched(
    course: Course, courses: dict[str, Course], evidence: Evidence
) -> None:
    """A temporary address is fetched with its whole query, without which it is refused."""
    requirement = f"{TOPIC}.media-url-with-query-is-accepted"

    if course.is_refused:
        evidence.holds(
            requirement,
            False,
            course.answer,
            message="an address with a query is not accepted",
            expected="a 2xx status",
            actual=told(course.answer),
        )
    else:
        # Where the plain address does not serve either, that is judged by itself.
        judge_dubbed(requirement, course.ended, evidence, lambda: courses["plain"].ended)


@pytest.mark.judges(f"{TOPIC}.media-url-may-expire")
@_of("expiring")
def test_asset_outlives_its_media_url(
    course: Course, staged: Staged, studio: StudioApi, evidence: Evidence
) -> None:
    """An asset that became Ready is still read after its `media_url` stopped working."""
    requirement = f"{TOPIC}.media-url-may-expire"
    if course.ended is None or course.ended.field("status") != "Ready":
        evidence.unjudged(requirement, "no asset was created that became Ready", course.answer)
        return
    (staged.media_folder / EXPIRING).unlink(missing_ok=True)

    answer = studio.get_asset(str(asset_id_of(course.answer)))

    evidence.equals(
        requirement,
        (answer.status, answer.field("status")),
        (200, "Ready"),
        answer,
        message="an asset is lost with the address of its video",
    )


@pytest.mark.parametrize(
    ("course", "fact"),
    [
        pytest.param(name, fact, id=name, marks=pytest.mark.judges(f"{TOPIC}.{fact}", MOMENT))
        for name, fact in (
            ("text", "text-media-url-is-never-ready"),
            ("dead", "dead-media-url-is-never-ready"),
            ("private", "private-media-url-is-not-fetched"),
        )
    ],
    indirect=["course"],
)
def test_bad_media_url_is_never_ready(course: Course, fact: str, evidence: Evidence) -> None:
    """A `media_url` that is no URL, leads nowhere or to a private address makes no Ready asset."""
    requirement = f"{TOPIC}.{fact}"
    seen = course.ended or course.answer
    status = seen.field("status") if course.ended else None

    if not course.is_refused and status is None:
        evidence.unjudged(requirement, f"{told(seen)}, and the asset did not end in time", seen)
        return
    evidence.holds(
        requirement,
        course.is_refused or status == "Failed",
        seen,
        message="an asset without a video to fetch does not fail",
        expected="a refusal, or a Failed asset",
        actual=status,
    )
    if fact.startswith(("text", "dead")):
        evidence.reads(MOMENT, "refused" if course.is_refused else "asset-fails", seen)


@pytest.mark.judges(f"{TOPIC}.background-text-no-url")
@_of("background-text")
def test_background_that_is_no_url_is_noted(course: Course, evidence: Evidence) -> None:
    """A `background_url` that is no URL is refused, fails the asset or is ignored."""
    question = f"{TOPIC}.background-text-no-url"
    ended = course.ended.field("status") if course.ended else None

    reading = (
        "refused"
        if course.is_refused
        else {"Failed": "asset-fails", "Ready": "ignored"}.get(str(ended))
    )

    if reading is None:
        evidence.unjudged(question, "the asset did not end in time", course.answer)
    else:
        evidence.reads(question, reading, course.ended or course.answer)
