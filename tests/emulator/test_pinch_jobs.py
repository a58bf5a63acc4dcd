"""Pinch jobs from creation to their end, with real media."""

from __future__ import annotations

import wave
from io import BytesIO

import httpx
import pytest
from tests.emulator.conftest import Json, PinchCustomer

STAGE_NAMES = [f"stage_{number}" for number in range(1, 8)]


@pytest.fixture(scope="module")
def history(customer: PinchCustomer, sample: bytes) -> list[Json]:
    """Every state of one successful job."""
    return customer.step_through(customer.upload(sample))


def silence(seconds: float) -> bytes:
    """A WAV file of digital silence."""
    buffer = BytesIO()
    with wave.open(buffer, "wb") as output:
        output.setnchannels(1)
        output.setsampwidth(2)
        output.setframerate(8000)
        output.writeframes(bytes(2 * int(8000 * seconds)))
    return buffer.getvalue()


def test_job_shows_every_status_and_stage_in_order(history: list[Json]) -> None:
    """A job passes all five statuses and all seven stages, in the documented order."""
    stages = [state["progress"]["stage"] for state in history]

    assert stages == ["pending", "downloading", *STAGE_NAMES, "uploading", "completed"]


def test_job_percent_never_falls(history: list[Json]) -> None:
    """The percentages go from 0 to 100 without a step back."""
    percents = [state["progress"]["percent"] for state in history]

    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)


def test_completed_job_is_paid_by_the_minute(history: list[Json]) -> None:
    """Two seconds cost 0.02 USD; before the length is known neither number is given."""
    first, last = history[0], history[-1]

    assert (first["input_duration_sec"], first["cost_usd"]) == (None, None)
    assert (last["input_duration_sec"], last["cost_usd"]) == (2.0, 0.02)


def test_job_links_its_output_only_when_completed(history: list[Json]) -> None:
    """output_url is null until the job is completed, then it gives a WAV for a WAV."""
    links = [state["output_url"] for state in history]

    output = httpx.get(links[-1])

    assert set(links[:-1]) == {None}
    assert output.headers["content-type"] == "audio/wav"
    assert output.content[:4] == b"RIFF"


def test_result_gives_a_fresh_link(customer: PinchCustomer, history: list[Json]) -> None:
    """/result answers a link that works and when it ends."""
    answer = customer.http.get(f"/api/dubbing/jobs/{history[-1]['job_id']}/result")

    assert set(answer.json()) == {"job_id", "download_url", "expires_at"}
    assert httpx.get(answer.json()["download_url"]).status_code == 200


def test_result_of_an_unfinished_job_is_refused(customer: PinchCustomer) -> None:
    """/result of a pending job is 409 not_ready."""
    job_id = customer.create("https://cdn.example.com/video.mp4")

    answer = customer.http.get(f"/api/dubbing/jobs/{job_id}/result")

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"<html>no media</html>", "unsupported_format", id="html"),
        pytest.param(b"", "unsupported_format", id="empty"),
        pytest.param(silence(0.5), "video_too_short", id="half-a-second"),
        pytest.param(silence(2), "processing_failed", id="silent"),
        pytest.param(silence(602), "video_too_long", id="too-long"),
    ],
)
def test_job_fails_by_its_media(customer: PinchCustomer, content: bytes, code: str) -> None:
    """Media with a real fault fails with the documented code, without output and without cost."""
    job = customer.finish(customer.upload(content))

    assert (job["status"], job["error"]) == ("failed", code)
    assert (job["output_url"], job["cost_usd"]) == (None, 0)


def test_job_fails_if_nothing_was_uploaded(customer: PinchCustomer) -> None:
    """A source URL that was never filled fails with download_failed."""
    body = {"filename": "a.mp4", "content_type": "video/mp4"}
    link = customer.http.post("/api/dubbing/upload-url", json=body).json()

    job = customer.finish(link["source_url"])

    assert job["error"] == "download_failed"


def test_job_cannot_read_another_accounts_upload(customer: PinchCustomer, sample: bytes) -> None:
    """A source URL of another key fails with download_failed."""
    source = customer.upload(sample)
    other = PinchCustomer(customer.server, customer.server.settings.pinch_other_key)

    job = other.finish(source)

    assert job["error"] == "download_failed"
