"""getAsset: assets that exist, at once and when Ready, and assets that do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dubcheck.exchange import Credential
from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of, version_ids_of
from dubcheck.targets.receptions import is_refusal, told

from .conftest import leave_if
from .durations import DURATION_TOLERANCE_SECONDS, as_seconds, is_length
from .strangers import judge_stranger
from .subjects import ReadyAssets, Subject

TOPIC = "panjaya.get-asset"
SHORTEST_TELLING = 8  # characters
UPLOADED = pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)
# What rules judge on the answer of a new asset, and of one that is Ready.
OF_NEW = (
    "found-status-is-200",
    "asset-id-is-echoed",
    "name-is-that-of-creation",
    "locale-is-that-of-creation",
    "creation-time-never-changes",
    "languages-are-the-requested-ones",
)


@pytest.fixture(scope="module")
def ready_asset_answer(ready_assets: ReadyAssets, studio: StudioApi) -> Answer | None:
    """An asset that is Ready, with its versions if it shows any, or None where there is none."""
    asset_id = ready_assets.take()
    if asset_id is None:
        return None
    ready_assets.give_back(asset_id)
    # A version may be shown a little later than the asset is Ready.
    return studio.settled(
        asset_id, studio.get_asset(asset_id), lambda asset: bool(version_ids_of(asset))
    )


@pytest.fixture
def ready_answer(
    request: pytest.FixtureRequest,
    ready_asset_answer: Answer | None,
    ready_assets: ReadyAssets,
    evidence: Evidence,
) -> Answer:
    """The answer that shows a Ready asset."""
    leave_if(request.node, None if ready_asset_answer else ready_assets.obstacle, evidence)
    assert ready_asset_answer is not None  # else the probe was left
    return ready_asset_answer


@pytest.mark.judges(f"{TOPIC}.asset-is-found-at-once", *(f"{TOPIC}.{fact}" for fact in OF_NEW))
@UPLOADED
def test_new_asset_is_found_at_once(
    subject: Subject, studio: StudioApi, evidence: Evidence
) -> None:
    """An asset is found right after its creation; what it shows, rules judge."""
    created = asset_id_of(subject.answer())

    answer = studio.get_asset(created) if created else None

    if answer is None:
        evidence.unjudged(f"{TOPIC}.asset-is-found-at-once", "no asset was created")
        return
    evidence.holds(
        f"{TOPIC}.asset-is-found-at-once",
        answer.status != 404,
        answer,
        message="an asset is not found right after its creation",
        expected="the asset",
        actual=told(answer),
    )


@pytest.mark.judges(f"{TOPIC}.duration-is-that-of-video", f"{TOPIC}.ready-asset-has-duration")
def test_duration_is_that_of_video(ready_answer: Answer, video: Sample, evidence: Evidence) -> None:
    """The `duration` of a Ready asset is the length of its video in seconds."""
    duration = as_seconds(ready_answer.field("duration"))

    if duration is None:
        reason = "there is no number, which is a promise of its own"
        evidence.unjudged(f"{TOPIC}.duration-is-that-of-video", reason, ready_answer)
        return
    evidence.holds(
        f"{TOPIC}.duration-is-that-of-video",
        is_length(duration, video.duration_seconds),
        ready_answer,
        message="the duration is not that of the video",
        expected=f"{video.duration_seconds} within {DURATION_TOLERANCE_SECONDS}",
        actual=duration,
    )


@pytest.mark.judges(f"{TOPIC}.ready-asset-shows-versions")
def test_ready_asset_shows_versions(
    ready_answer: Answer, studio: StudioApi, evidence: Evidence
) -> None:
    """A Ready asset holds, under some name, an id by which a version is found."""
    ids = version_ids_of(ready_answer)

    answers = [studio.get_version(version_id) for version_id in ids[:3]]

    found = [answer for answer in answers if answer.succeeded]
    if not found and not isinstance(ready_answer.field("languages"), list):
        reason = "there is no list of languages, which is a promise of its own"
        evidence.unjudged(f"{TOPIC}.ready-asset-shows-versions", reason, ready_answer)
        return
    evidence.holds(
        f"{TOPIC}.ready-asset-shows-versions",
        bool(found),
        ready_answer,
        *answers,
        message="nothing in a Ready asset leads to a version",
        expected="an id by which a version is found",
        actual=[told(answer) for answer in answers] or "no id",
    )


@pytest.mark.judges(f"{TOPIC}.unknown-asset-is-404")
def test_unknown_asset_is_404(
    studio: StudioApi, own_asset_id: Callable[[], str | None], reception: Reception
) -> None:
    """An id of the usual form that no asset has is answered with 404."""
    judge_stranger(
        f"{TOPIC}.unknown-asset-is-404",
        reception,
        studio.get_asset,
        "0123456789abcdef01234567",
        own_asset_id,
    )


@pytest.mark.judges(f"{TOPIC}.unknown-asset-is-404")
@pytest.mark.parametrize("change", [lambda own: f"{own}00", lambda own: own[:-2]], ids=["+2", "-2"])
def test_id_that_is_almost_right_is_unknown(
    change: Callable[[str], str],
    studio: StudioApi,
    own_asset_id: Callable[[], str | None],
    evidence: Evidence,
) -> None:
    """The id of an asset that was cut short or prolonged leads to none."""
    requirement, own = f"{TOPIC}.unknown-asset-is-404", own_asset_id() or ""
    if len(own) < SHORTEST_TELLING or own.isdigit():
        evidence.unjudged(requirement, "ids may be counted: another asset may have this one")
        return

    answer = studio.get_asset(change(own))

    evidence.holds(
        requirement,
        not answer.succeeded,
        answer,
        message="an id that is almost that of an asset is answered with a success",
        expected=404,
        actual=answer.status,
    )


@pytest.mark.judges(f"{TOPIC}.malformed-asset-id-is-refused", f"{TOPIC}.malformed-asset-id-status")
@pytest.mark.parametrize("asset_id", ["no such asset!", "x" * 300], ids=["words", "too-long"])
def test_malformed_asset_id_is_refused(
    asset_id: str, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """A text that cannot be an id is refused."""
    answer = studio.get_asset(asset_id)

    reception.refused(f"{TOPIC}.malformed-asset-id-is-refused", answer)
    if is_refusal(answer) and answer.status in (400, 404, 422):
        evidence.reads(f"{TOPIC}.malformed-asset-id-status", f"status-{answer.status}", answer)


@pytest.mark.judges(f"{TOPIC}.foreign-asset-is-hidden")
@UPLOADED
def test_foreign_asset_is_hidden(subject: Subject, studio: StudioApi, evidence: Evidence) -> None:
    """The key of another account does not find an asset."""
    created = asset_id_of(subject.answer()) or "none"

    answer = studio.get_asset(created, credential=Credential.OTHER)

    evidence.holds(
        f"{TOPIC}.foreign-asset-is-hidden",
        answer.status in (403, 404),
        answer,
        message="another account can read an asset",
        expected="404 or 403",
        actual=told(answer),
    )
