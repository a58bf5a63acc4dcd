"""What becomes of assets from a URL whose request has one option; that it is taken, others judge.

Uploads with the same times are media/test_trims.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of

from .acceptances import SOURCE_SRT
from .conftest import leave_if
from .refusals import FREE_TEXT
from .stimuli import Change, Place
from .subjects import Subject
from .videos import judge_no_video

SOUND = "panjaya.lifecycle.sound-video-becomes-ready"
NO_VIDEO = "panjaya.create-asset.no-auto-generate-generates-nothing"
# Speech fills the two seconds, so that either section has some.
OPTIONS: dict[str, tuple[Change, str]] = {
    "start": ({"start_time": 0.25}, "panjaya.trims.start-only-becomes-ready"),
    "end": ({"end_time": 1.75}, "panjaya.trims.end-only-becomes-ready"),
    "background": ({"background_url": Place.BACKGROUND}, SOUND),
    "faster lips": ({"lips_model": "real_face_turbo"}, SOUND),
    "source subtitles": ({"srt": SOURCE_SRT}, SOUND),
    "source text": ({"srt": FREE_TEXT}, SOUND),
    "hebrew source": ({"locale": "he-IL"}, SOUND),
}


@dataclass(frozen=True, slots=True)
class End:
    """An asset's creation, and the answer that shows it Ready or Failed."""

    created: Answer
    ended: Answer | None

    @property
    def seen(self) -> tuple[Answer, ...]:
        """The answers to show with a finding, the decisive one last."""
        return (self.created,) if self.ended is None else (self.created, self.ended)

    @property
    def status(self) -> object:
        """Ready or Failed, or None without an end."""
        return None if self.ended is None else self.ended.field("status")


def _ends(subject: Subject, changes: dict[str, Change], studio: StudioApi) -> dict[str, End]:
    answers = dict(zip(changes, subject.answers(list(changes.values())), strict=True))
    ended = studio.wait_for_ends(filter(None, map(asset_id_of, answers.values())), subject.lanes)
    return {
        name: End(answer, ended.get(asset_id_of(answer) or "")) for name, answer in answers.items()
    }


@pytest.fixture(scope="module")
def ends(creating: Subject, studio: StudioApi) -> dict[str, End]:
    """The plain asset and one with each option, all followed to their ends."""
    changes = {name: change for name, (change, _) in OPTIONS.items() if creating.is_known(change)}
    return {} if creating.obstacle else _ends(creating, {"plain": {}, **changes}, studio)


@pytest.mark.parametrize(
    ("name", "requirement"),
    [
        pytest.param(name, requirement, id=name, marks=pytest.mark.judges(requirement))
        for name, (_, requirement) in OPTIONS.items()
    ],
)
def test_fetched_video_becomes_ready_with_an_option(
    name: str,
    requirement: str,
    ends: dict[str, End],
    creating: Subject,
    studio: StudioApi,
    evidence: Evidence,
    request: pytest.FixtureRequest,
) -> None:
    """A video from a URL that is dubbed without an option is dubbed with it."""
    is_possible = name in ends and ends["plain"].status == "Ready"
    obstacle = None if is_possible else "no plain asset from a URL became Ready beside it"
    leave_if(request.node, obstacle, evidence)

    end = ends[name]
    if end.status == "Failed":  # a first failure may be chance
        end = _ends(creating, {name: OPTIONS[name][0]}, studio)[name]

    if end.ended is None:
        evidence.unjudged(requirement, "it was not created, or came to no end", *end.seen)
        return
    message = f"a video from a URL fails where {name} is given and is dubbed without"
    evidence.equals(requirement, end.status, "Ready", *end.seen, message=message)


@pytest.mark.judges(NO_VIDEO)
def test_faster_lips_alone_make_no_video(
    ends: dict[str, End], studio: StudioApi, evidence: Evidence
) -> None:
    """`lips_model` says how a final video is made, and is no wish for one."""
    end = ends.get("faster lips")

    judge_no_video(NO_VIDEO, None if end is None else end.ended, studio, evidence)
