"""Asset errors: each documented code, reached by a video that really has that fault.

Times outside the video are test_trims.py.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.receptions import told

from .batch import AssetBatch, Fate
from .orders import CREATED_FAULTS, FETCHED
from .reception import REFUSED_AT_ONCE, AssetReception

TOPIC = "panjaya.asset-errors"
ACCOUNT_LIMIT = "panjaya.errors.account-limit-is-403"
NO_LIMIT = "only the embedded emulator is told that an account has reached its limits"
UNFETCHED = "the target cannot fetch a video from the suite"
FAULTS = {
    "media-without-video": (SampleName.M4A, "unsupported_media"),
    "silent-video": (SampleName.MP4_SILENT, "empty_transcript"),
    "tone-only-video": (SampleName.MP4_TONE, "empty_transcript"),
    "video-without-audio": (SampleName.MP4_WITHOUT_AUDIO, "missing_audio_track"),
}
NO_MEDIA = (SampleName.TEXT_NAMED_MP4, SampleName.RANDOM_BYTES)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            fault,
            id=fault,
            marks=pytest.mark.judges(f"{TOPIC}.{fault}-fails", f"{TOPIC}.{fault}-code"),
        )
        for fault in FAULTS
    ],
)
def test_video_with_a_fault_fails_with_its_code(fault: str, assets: AssetReception) -> None:
    """Sound without picture, silence, a tone and a picture without sound each have their code."""
    sample, code = FAULTS[fault]

    assets.fails(f"{TOPIC}.{fault}-fails", sample.value, refused=REFUSED_AT_ONCE)
    assets.has_code(f"{TOPIC}.{fault}-code", sample.value, code)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            fault,
            id=fault,
            marks=pytest.mark.judges(f"{TOPIC}.{fault}-fails", f"{TOPIC}.{fault}-code"),
        )
        for fault, (sample, _) in FAULTS.items()
        if sample in CREATED_FAULTS
    ],
)
def test_fetched_video_with_a_fault_fails_with_its_code(
    fault: str, batch: AssetBatch, assets: AssetReception, evidence: Evidence
) -> None:
    """Such videos that the service fetches from a URL fail with the same codes."""
    sample, code = FAULTS[fault]
    name = CREATED_FAULTS[sample]
    obstacle = assets.obstacle(FETCHED) if name in batch else UNFETCHED
    if obstacle:
        for fact in ("fails", "code"):
            evidence.unjudged(f"{TOPIC}.{fault}-{fact}", obstacle)
        return

    assets.fails(f"{TOPIC}.{fault}-fails", name, refused=REFUSED_AT_ONCE)
    assets.has_code(f"{TOPIC}.{fault}-code", name, code)


@pytest.mark.judges(f"{TOPIC}.noise-only-video-code")
def test_noise_only_video_has_an_empty_transcript(assets: AssetReception) -> None:
    """A video with nothing but loud noise fails with empty_transcript."""
    requirement, name = f"{TOPIC}.noise-only-video-code", SampleName.MP4_WHITE_NOISE.value

    if assets.fails(requirement, name, refused=REFUSED_AT_ONCE):
        assets.has_code(requirement, name, "empty_transcript")


@pytest.mark.judges(f"{TOPIC}.no-media-is-never-ready", f"{TOPIC}.no-media-moment")
@pytest.mark.parametrize("sample", NO_MEDIA, ids=lambda item: str(item.value))
def test_file_without_media_is_never_ready(
    sample: SampleName, batch: AssetBatch, assets: AssetReception
) -> None:
    """A text named .mp4, and chance bytes, are refused or fail."""
    made = batch.asset(sample.value)
    reading = {
        Fate.REFUSED: "refused",
        Fate.FAILED: "fails-unsupported-media"
        if made.code == "unsupported_media"
        else "fails-otherwise",
    }.get(made.fate)

    assets.is_never_ready(f"{TOPIC}.no-media-is-never-ready", sample.value)
    assets.reads(f"{TOPIC}.no-media-moment", sample.value, reading)


@pytest.mark.parametrize(
    ("limit", "refusals"),
    [
        pytest.param(
            limit,
            refusals,
            id=limit,
            marks=pytest.mark.judges(
                *(f"{TOPIC}.{limit}-limit-{fact}" for fact in ("is-kept", "code", "moment"))
            ),
        )
        for limit, refusals in (
            ("duration", {403: "status-403"}),
            ("size", {403: "status-403", 400: "status-400", 413: "status-400"}),
        )
    ],
)
def test_video_over_a_limit_is_never_ready(
    limit: str,
    refusals: dict[int, str],
    batch: AssetBatch,
    assets: AssetReception,
    evidence: Evidence,
) -> None:
    """A video over the account's duration or size is refused, or fails with the limit's code."""
    name, prefix = f"{limit} limit", f"{TOPIC}.{limit}-limit"
    _need(name, batch, evidence, *(f"{prefix}-{fact}" for fact in ("is-kept", "code", "moment")))
    made = batch.asset(name)
    reading = refusals.get(made.created.status or 0)

    assets.is_never_ready(f"{prefix}-is-kept", name)
    assets.has_code(f"{prefix}-code", name, f"video_{limit}_limit_reached")
    assets.reads(f"{prefix}-moment", name, reading or _reading_of_failure(made.fate))


@pytest.mark.judges(ACCOUNT_LIMIT)
def test_account_at_its_limit_is_403(batch: AssetBatch, evidence: Evidence) -> None:
    """An upload to an account that has reached its limits is refused with 403."""
    _need("account limit", batch, evidence, ACCOUNT_LIMIT)
    made = batch.asset("account limit")

    evidence.holds(
        ACCOUNT_LIMIT,
        made.created.status == 403,
        made.created,
        message="an account's limit is answered with another status",
        expected=403,
        actual=told(made.created),
    )


def _need(name: str, batch: AssetBatch, evidence: Evidence, *requirements: str) -> None:
    if name in batch:
        return
    for requirement in requirements:
        evidence.unjudged(requirement, NO_LIMIT)
    pytest.skip(NO_LIMIT)


def _reading_of_failure(fate: Fate) -> str | None:
    return "asset-fails" if fate is Fate.FAILED else None
