"""The lives of assets and versions: dubbed into every language, edited, made into a video.

What an asset shows is judged by rules; here are the courses that they need.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import locales_of, version_ids_of

from .batch import AssetBatch, Fate
from .final_videos import ENDS, FinalVideos
from .orders import FETCHED, FRACTIONAL, PLAIN, SEVERAL, WITH_OPTIONS
from .reception import ACCOUNT_LIMIT_CODE, AssetReception

TOPIC = "panjaya.lifecycle"
FOUND = "panjaya.get-version.found-status-is-200"
SEVERAL_LANGUAGES = "several languages"
# After its asset became Ready; a service elsewhere is given the patience of any wait.
PREPARATION_SECONDS = 30.0


@pytest.mark.judges(f"{TOPIC}.sound-video-becomes-ready")
@pytest.mark.parametrize("name", [SEVERAL_LANGUAGES, WITH_OPTIONS, FRACTIONAL])
def test_sound_video_becomes_ready_as_it_is_ordered(
    name: str, batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """Speech becomes Ready in three languages, with every optional field, and of 2.4 s."""
    requirement, made = f"{TOPIC}.sound-video-becomes-ready", batch.asset(name)

    if made.fate is Fate.REFUSED:
        reason = "refused at once, which is judged by upload-asset, field by field"
        evidence.unjudged(requirement, reason, *made.seen)
    else:
        assets.becomes_ready(requirement, name)


@pytest.mark.judges(f"{TOPIC}.sound-video-becomes-ready")
def test_sound_video_becomes_ready(batch: AssetBatch, evidence: Evidence) -> None:
    """An asset with two seconds of speech becomes Ready."""
    requirement = f"{TOPIC}.sound-video-becomes-ready"
    made = batch.asset(PLAIN)
    if made.fate is Fate.FAILED:
        made = batch.again(PLAIN)

    obstacle = "the account has reached its limit" if made.code == ACCOUNT_LIMIT_CODE else None
    if made.fate not in (Fate.READY, Fate.FAILED):
        obstacle = f"the plain asset {made.story}"
    elif made.fate is Fate.FAILED and FETCHED in batch and batch.asset(FETCHED).fate is Fate.READY:
        obstacle = "uploads alone fail, which is judged by upload-asset.uploaded-video-is-dubbed"

    if obstacle:
        evidence.unjudged(requirement, obstacle, *made.seen)
        return
    evidence.equals(
        requirement,
        made.fate.value,
        "Ready",
        *made.seen,
        message="an asset with a sound video does not become Ready",
    )


@pytest.mark.judges(
    f"{TOPIC}.each-language-gets-initial-version",
    f"{TOPIC}.one-initial-version-per-language",
    f"{TOPIC}.ready-language-has-dubbing-id",
    f"{TOPIC}.dubbing-ids-differ-within-asset",
    f"{TOPIC}.dubbing-ids-differ-across-assets",
)
def test_each_language_gets_an_initial_version(
    batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """Each of the three languages of a Ready asset has one version; dubbing ids, rules judge."""
    requirement = f"{TOPIC}.each-language-gets-initial-version"
    made = batch.settled(SEVERAL_LANGUAGES, lambda asset: min(_counts(asset).values()) >= 1)
    counts = dict.fromkeys(SEVERAL, 0.0) if made.ended is None else _counts(made.ended)

    obstacle = assets.obstacle(SEVERAL_LANGUAGES)
    if obstacle is None and not any(counts.values()):
        obstacle = "no id of a version is shown, which is judged by get-asset"
    if obstacle is None and made.ended and not set(SEVERAL) <= set(locales_of(made.ended)):
        obstacle = "a language that was named is not in the asset, which is judged by that"

    if obstacle:
        evidence.unjudged(requirement, obstacle, *made.seen)
        return
    of_their_own = set(made.version_ids())
    if evidence.holds(
        requirement,
        min(counts.values()) >= 1 and len(of_their_own) >= len(SEVERAL),
        *made.seen,
        message="a language of a Ready asset has no version of its own",
        expected="a version of each language",
        actual={**counts, "different ids": len(of_their_own)},
    ):
        evidence.holds(
            f"{TOPIC}.one-initial-version-per-language",
            max(counts.values()) == 1,
            *made.seen,
            message="a language has several versions right after the asset became Ready",
            expected="one version of each language",
            actual=counts,
        )


@pytest.mark.judges(f"{TOPIC}.each-language-gets-initial-version")
def test_fetched_video_gets_an_initial_version(batch: AssetBatch, evidence: Evidence) -> None:
    """An asset whose video was fetched from a URL has a version, if uploads have any."""
    requirement = f"{TOPIC}.each-language-gets-initial-version"
    if FETCHED not in batch or not batch.asset(PLAIN).version_ids():
        evidence.unjudged(requirement, "no video can be fetched, or uploads show no version either")
        return
    made = batch.settled(FETCHED, lambda asset: bool(version_ids_of(asset)))
    if made.fate is not Fate.READY:
        evidence.unjudged(requirement, f"the asset {made.story}", *made.seen)
        return
    evidence.holds(
        requirement,
        bool(made.version_ids()),
        *made.seen,
        message="a Ready asset whose video was fetched has no version, and uploads have",
        expected="an id of a version",
        actual="none",
    )


@pytest.mark.judges(f"{TOPIC}.ready-asset-stays-ready", f"{TOPIC}.failed-asset-stays-failed")
@pytest.mark.parametrize("name", [PLAIN, SampleName.MP4_SILENT.value])
def test_ended_asset_is_read_again(name: str, batch: AssetBatch, studio: StudioApi) -> None:
    """A Ready and a Failed asset are asked for once more; that they stay so, rules judge."""
    asset_id = batch.asset(name).asset_id

    studio.get_asset(asset_id or "none")


@pytest.mark.judges(f"{TOPIC}.initial-version-becomes-ready-to-edit", FOUND)
@pytest.mark.parametrize(
    ("name", "locale"),
    [*((SEVERAL_LANGUAGES, locale) for locale in SEVERAL), (WITH_OPTIONS, SEVERAL[0])],
)
def test_initial_version_becomes_ready_to_edit(
    name: str, locale: str, batch: AssetBatch, studio: StudioApi, evidence: Evidence
) -> None:
    """The version of each language of a Ready asset can be edited, also one with subtitles."""
    requirement = f"{TOPIC}.initial-version-becomes-ready-to-edit"
    made = batch.asset(name)
    version_ids = made.version_ids(locale) or made.version_ids()

    version = _prepared(version_ids[0], studio) if version_ids else None

    if version is not None and version.status == 500:
        # One may be an accident.
        again = [studio.get_version(version_ids[0]) for _ in range(2)]
        evidence.holds(
            FOUND,
            not all(item.status == 500 for item in again),
            *made.seen,
            *again,
            message="a version that its asset shows is answered with 500, again and again",
            expected=200,
            actual=500,
        )
    if made.fate is not Fate.READY or version is None or not version.succeeded:
        evidence.unjudged(requirement, "no version of a Ready asset could be read", *made.seen)
        return
    evidence.holds(
        requirement,
        version.field("status") not in ("NotReady", "Failed"),
        version,
        message="the version of a soundly dubbed language does not become ready to be edited",
        expected="ReadyToEdit",
        actual=version.field("status"),
    )


@pytest.mark.judges(f"{TOPIC}.generation-is-shown", f"{TOPIC}.generated-version-is-completed")
def test_generation_is_shown_and_completes(videos: FinalVideos, evidence: Evidence) -> None:
    """While its final video is made a version is Generating, and Completed afterwards."""
    video = videos.of(PLAIN)
    statuses = [str(answer.field("status")) for answer in video.seen]
    while_made = [status for status in statuses if status not in ENDS]

    if not statuses:
        for fact in ("generation-is-shown", "generated-version-is-completed"):
            evidence.unjudged(f"{TOPIC}.{fact}", video.trouble or "nothing was generated")
        return
    if while_made:
        evidence.holds(
            f"{TOPIC}.generation-is-shown",
            set(while_made) == {"Generating"},
            *video.seen,
            message="a version whose final video is made shows another status",
            expected="Generating",
            actual=while_made,
        )
    else:
        reason = "it was done before it could be asked about"
        evidence.unjudged(f"{TOPIC}.generation-is-shown", reason, *video.seen)
    evidence.holds(
        f"{TOPIC}.generated-version-is-completed",
        video.is_completed,
        *video.seen,
        message="a version whose final video was ordered is not Completed",
        expected="Completed",
        actual=statuses[-1],
    )


def _counts(asset: Answer) -> dict[str, float]:
    """How many versions each language has."""
    counts: dict[str, float] = {locale: len(version_ids_of(asset, locale)) for locale in SEVERAL}
    if any(counts.values()):
        return counts
    # Not within the entries of the languages: then there are as many as languages.
    return dict.fromkeys(SEVERAL, len(version_ids_of(asset)) / len(SEVERAL))


def _prepared(version_id: str, studio: StudioApi) -> Answer | None:
    """The version once it is no longer NotReady, or at the end of patience."""
    answer = None
    for waited in studio.polls():
        answer = studio.get_version(version_id)
        if answer.field("status") != "NotReady":
            break
        if studio.is_local and waited > PREPARATION_SECONDS:
            break
    return answer
