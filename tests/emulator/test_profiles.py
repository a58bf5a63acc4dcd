"""What the vendor-2026-08 profile changes, and what the default keeps as documented."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

from dubcheck.emulator.media import parse_srt
from dubcheck.emulator.profiles import VENDOR_2026_08

SOURCE = "https://cdn.example.com/video.mp4"


@pytest.fixture
def vendor(start: Callable[..., PinchCustomer]) -> PinchCustomer:
    """A customer of the service as its later clients know it."""
    return start(profile=VENDOR_2026_08)


def test_vendor_profile_has_higher_limits(vendor: PinchCustomer) -> None:
    """Limits are 60 minutes and 2 GB, in both answers that name them."""
    created = vendor.http.post(
        "/api/dubbing/jobs", json={"source_url": SOURCE, "target_lang": "es"}
    ).json()
    link = vendor.http.post(
        "/api/dubbing/upload-url", json={"filename": "a.mp4", "content_type": "video/mp4"}
    ).json()

    assert created["limits"] == {
        "max_duration_sec": 3600,
        "max_file_size_bytes": 2_000_000_000,
    }
    assert link["max_file_size_bytes"] == 2_000_000_000


@pytest.mark.parametrize(("lag", "status"), [(5, 201), (5.1, 400)], ids=["5", "above-5"])
def test_vendor_profile_accepts_a_lag_up_to_five(
    vendor: PinchCustomer, lag: float, status: int
) -> None:
    """A lag of 5 s is accepted, more is not."""
    body = {"source_url": SOURCE, "target_lang": "es", "translation_lag_time": lag}

    assert vendor.http.post("/api/dubbing/jobs", json=body).status_code == status


def test_vendor_profile_numbers_its_stages(vendor: PinchCustomer, sample: bytes) -> None:
    """Progress has a numeric stage and no percent; the last is 7, Align & Stitch."""
    job = vendor.finish(vendor.upload(sample))

    assert job["progress"] == {"stage": 7, "stage_name": "Align & Stitch"}


def test_vendor_profile_gives_the_error_as_object(vendor: PinchCustomer) -> None:
    """A failed job's error is {code, message}."""
    job = vendor.finish("https://cdn.example.com/emulator-video-too-long.mp4")

    assert job["error"]["code"] == "video_too_long"  # type: ignore[index]
    assert isinstance(job["error"]["message"], str)  # type: ignore[index]


@pytest.mark.parametrize("kind", ["original", "translated"])
def test_vendor_profile_links_subtitles(vendor: PinchCustomer, sample: bytes, kind: str) -> None:
    """A completed job links two SRT files, which are null before."""
    source = vendor.upload(sample)
    states = vendor.step_through(source)

    links = [state[f"subtitles_{kind}_url"] for state in states]

    assert set(links[:-1]) == {None}
    assert parse_srt(httpx.get(str(links[-1])).text)


def test_default_profile_has_no_subtitles(customer: PinchCustomer) -> None:
    """The documented answer has exactly the documented fields."""
    job = customer.job(customer.create(SOURCE))

    assert set(job) == {
        "job_id", "status", "source_lang", "target_lang", "error", "progress",
        "input_duration_sec", "cost_usd", "output_url", "output_expires_at", "created_at",
        "updated_at",
    }  # fmt: skip
