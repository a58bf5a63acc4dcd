"""Every asset error code, reached by media or input that really has the fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dubcheck.emulator.profiles import DOCS_2026_03
from dubcheck.measure.samples import SampleName, make

from .panjaya_media import LocalMedia


def outcome_of(asset) -> tuple[str, str]:
    """Status and error code."""
    return asset["status"], asset["error"]["code"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (SampleName.MP4_WITHOUT_AUDIO, "missing_audio_track"),
        (SampleName.MP4_SILENT, "empty_transcript"),
        (SampleName.MP4_TONE, "empty_transcript"),
        (SampleName.WAV, "unsupported_media"),
        (SampleName.HTML_PAGE, "unsupported_media"),
        (SampleName.RANDOM_BYTES, "unsupported_media"),
        (SampleName.EMPTY_FILE, "unsupported_media"),
        (SampleName.PICTURE, "unsupported_media"),
    ],
    ids=lambda value: value.value if isinstance(value, SampleName) else value,
)
def test_unusable_video_fails_the_asset(panjaya, sample_folder, name, code):
    """An unusable video is accepted, then its asset fails with the code of its fault."""
    asset = panjaya.finish(panjaya.upload(make(name, sample_folder).content))

    assert outcome_of(asset) == ("Failed", code)
    assert asset["error"]["message"]


@pytest.mark.parametrize(
    ("trims", "code"),
    [
        pytest.param({"start_time": -1}, "invalid_input", id="negative-start"),
        pytest.param({"end_time": 0}, "invalid_input", id="end-at-zero"),
        pytest.param({"start_time": 2, "end_time": 1}, "invalid_input", id="end-before-start"),
        pytest.param({"start_time": 1, "end_time": 1}, "invalid_input", id="end-at-start"),
        pytest.param({"start_time": 60}, "time_out_of_range", id="start-beyond-the-video"),
        pytest.param({"end_time": 60}, "time_out_of_range", id="end-beyond-the-video"),
        pytest.param({"end_time": 1e300}, "time_out_of_range", id="end-beyond-all"),
    ],
)
def test_impossible_trim_fails_the_asset(panjaya, clip, trims, code):
    """A trim that the video does not allow is accepted, then its asset fails."""
    assert outcome_of(panjaya.finish(panjaya.upload(clip, **trims))) == ("Failed", code)


def test_trim_may_end_with_the_reported_duration(panjaya, clip):
    """The duration that the asset reports is itself within the video."""
    duration = panjaya.finish(panjaya.upload(clip))["duration"]

    assert panjaya.finish(panjaya.upload(clip, end_time=duration))["status"] == "Ready"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        pytest.param({"max_duration_seconds": 2}, "video_duration_limit_reached", id="duration"),
        pytest.param({"max_size_bytes": 16_000}, "video_size_limit_reached", id="size"),
    ],
)
def test_video_over_a_limit_fails_the_asset(start_panjaya, clip, limits, code):
    """A video longer or larger than the account's limit fails its asset."""
    customer = start_panjaya(profile=replace(DOCS_2026_03, **limits))

    assert outcome_of(customer.finish(customer.upload(clip))) == ("Failed", code)


def test_video_of_exactly_the_size_limit_is_dubbed(start_panjaya, clip):
    """The last allowed byte is allowed."""
    customer = start_panjaya(profile=replace(DOCS_2026_03, max_size_bytes=len(clip)))

    assert customer.finish(customer.upload(clip))["status"] == "Ready"


def test_background_that_is_no_media_fails_the_asset(panjaya, clip):
    """A background without sound is invalid input."""
    asset = panjaya.finish(panjaya.upload(clip, background=b"no sound"))

    assert outcome_of(asset) == ("Failed", "invalid_input")


def test_failed_asset_takes_no_languages(panjaya):
    """Adding a language to a failed asset answers 400."""
    asset = panjaya.finish(panjaya.upload(b"no video"))

    refused = panjaya.http.post(
        f"/v1/assets/{asset['asset_id']}/languages", json={"languages": [{"locale": "de-DE"}]}
    )

    assert refused.status_code == 400


@pytest.fixture
def local_media(clip: bytes) -> Iterator[LocalMedia]:
    """A web server on loopback that has the clip."""
    with LocalMedia(clip) as media:
        yield media


def test_media_url_of_an_allowed_origin_is_fetched(start_panjaya, local_media):
    """A video behind a URL of an allowed origin is fetched and dubbed."""
    customer = start_panjaya(allowed_origins=(local_media.url,))

    asset = customer.finish(customer.create(media_url=f"{local_media.url}/clip.mp4"))

    assert (asset["status"], asset["duration"]) == ("Ready", pytest.approx(3.0, abs=0.05))


@pytest.mark.parametrize("path", ["/missing.mp4", "/to-private", "/page.html"])
def test_media_url_without_a_video_fails_the_asset(start_panjaya, local_media, path):
    """A download that fails is invalid input; a page instead of a video is unsupported media."""
    customer = start_panjaya(allowed_origins=(local_media.url,))
    expected = "unsupported_media" if path == "/page.html" else "invalid_input"

    asset = customer.finish(customer.create(media_url=f"{local_media.url}{path}"))

    assert outcome_of(asset) == ("Failed", expected)
