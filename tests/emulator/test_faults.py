"""Faults by name, and the rate limit."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

from dubcheck.emulator.fault_catalogue import CATALOGUE
from dubcheck.errors import UsageError

SOURCE = "https://cdn.example.com/video.mp4"
JOB_ERRORS = [
    "video_too_long",
    "video_too_short",
    "video_too_large",
    "unsupported_format",
    "download_failed",
    "processing_failed",
]


def with_fault(name: str) -> dict[str, str]:
    """The header that switches a fault on for one request."""
    return {"x-emulator-fault": name}


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        pytest.param("rate-limited", 429, "rate_limited", id="429"),
        pytest.param("server-error", 500, "internal_error", id="500"),
        pytest.param("unavailable", 503, "service_unavailable", id="503"),
    ],
)
def test_answer_fault_speaks_the_apis_dialect(
    customer: PinchCustomer, name: str, status: int, code: str
) -> None:
    """A fault named by a request's header answers that request in Pinch's form."""
    answer = customer.http.get("/api/dubbing/jobs", headers=with_fault(name))

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_bad_gateway_is_an_html_page(customer: PinchCustomer) -> None:
    """502 comes from a gateway, which knows no API: a page, not JSON."""
    answer = customer.http.get("/api/dubbing/jobs", headers=with_fault("bad-gateway"))

    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html")


def test_dropped_connection_still_does_the_work(customer: PinchCustomer) -> None:
    """The client gets no answer, yet the job exists."""
    before = customer.http.get("/api/dubbing/jobs").json()["total"]

    with pytest.raises(httpx.RemoteProtocolError):
        customer.http.post(
            "/api/dubbing/jobs",
            json={"source_url": SOURCE, "target_lang": "es"},
            headers=with_fault("dropped-connection"),
        )

    assert customer.http.get("/api/dubbing/jobs").json()["total"] == before + 1


def test_truncated_answer_ends_early(customer: PinchCustomer) -> None:
    """Half of the body arrives, then the connection is closed."""
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        customer.http.get("/api/dubbing/jobs", headers=with_fault("truncated-answer"))


def test_malformed_answer_is_no_json(customer: PinchCustomer) -> None:
    """The body claims to be JSON and is not."""
    answer = customer.http.get("/api/dubbing/jobs", headers=with_fault("malformed-answer"))

    with pytest.raises(ValueError, match="Expecting"):
        answer.json()


def test_unknown_fault_in_a_header_is_refused(customer: PinchCustomer) -> None:
    """A misspelt fault is 400, so that no test passes by a fault that never was."""
    answer = customer.http.get("/api/dubbing/jobs", headers=with_fault("serve-error"))

    assert answer.status_code == 400


@pytest.mark.parametrize("code", JOB_ERRORS)
def test_job_fault_fails_the_job(customer: PinchCustomer, code: str) -> None:
    """Each documented job error can be ordered by a fault."""
    created = customer.http.post(
        "/api/dubbing/jobs",
        json={"source_url": SOURCE, "target_lang": "es"},
        headers=with_fault(f"job-{code.replace('_', '-')}"),
    )

    job = customer.wait_for_end(created.json()["job_id"])

    assert (job["status"], job["error"]) == ("failed", code)


@pytest.mark.parametrize("code", JOB_ERRORS)
def test_magic_url_fails_the_job(customer: PinchCustomer, code: str) -> None:
    """Each documented job error can be ordered by the last segment of the source URL."""
    job = customer.finish(f"https://cdn.example.com/emulator-{code.replace('_', '-')}.mp4")

    assert (job["status"], job["error"]) == ("failed", code)


def test_magic_file_name_decides_whatever_was_uploaded(customer: PinchCustomer) -> None:
    """A file named emulator-succeeds is dubbed even if what was uploaded is no media."""
    source = customer.upload(b"no media", filename="emulator-succeeds.mp4", media_type="video/mp4")

    job = customer.finish(source)

    assert job["status"] == "completed"
    assert httpx.get(str(job["output_url"])).content[:4] == b"RIFF"


def test_process_fault_is_on_from_the_start(start: Callable[..., PinchCustomer]) -> None:
    """A fault of the settings spoils every request."""
    customer = start(faults=("server-error",))

    assert customer.http.get("/api/dubbing/jobs").status_code == 500


def test_account_fault_spares_other_accounts(start: Callable[..., PinchCustomer]) -> None:
    """A fault for pinch-other leaves pinch alone."""
    customer = start()
    other = PinchCustomer(customer.server, customer.server.settings.pinch_other_key)
    customer.http.post("/_emulator/faults", json={"name": "unavailable", "account": "pinch-other"})

    statuses = [each.http.get("/api/dubbing/jobs").status_code for each in (customer, other)]

    assert statuses == [200, 503]


def test_slow_answer_waits_by_the_clock(start: Callable[..., PinchCustomer]) -> None:
    """A slow answer comes 5 s later on the emulator's clock."""
    customer = start(faults=("slow-answer",))
    emulator = customer.server.emulator
    before = emulator.workspace.clock.now()  # type: ignore[union-attr]
    emulator.workspace.clock.now = _running_fast(before)  # type: ignore[union-attr,method-assign]

    answer = customer.http.get("/api/dubbing/jobs")

    assert answer.status_code == 200


def _running_fast(start: float) -> Callable[[], float]:
    """A clock's now() that runs ten seconds with every look."""
    looks = iter(range(1, 1_000_000))
    return lambda: start + 10 * next(looks)


def test_settings_refuse_an_unknown_fault() -> None:
    """A misspelt fault of the command line is a usage error."""
    from dubcheck.emulator.faults import Faults

    with pytest.raises(UsageError, match="--fault nothing"):
        Faults(("nothing",))


def test_every_fault_has_a_description() -> None:
    """The list of faults explains each of them."""
    assert all(fault.description for fault in CATALOGUE.values())


def test_rate_limit_lets_ten_requests_a_minute_through(
    start: Callable[..., PinchCustomer],
) -> None:
    """The eleventh request of a minute is 429 with Retry-After; a minute later one is let in."""
    customer = start(rate_limit=10)
    customer.turn_clock(frozen=True)
    statuses = [customer.http.get("/api/dubbing/jobs").status_code for _ in range(10)]

    refused = customer.http.get("/api/dubbing/jobs")
    customer.turn_clock(advance_seconds=60)
    later = customer.http.get("/api/dubbing/jobs")

    assert statuses == [200] * 10
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.json()["error"]["code"] == "rate_limited"
    assert later.status_code == 200


def test_rate_limit_counts_each_key_for_itself(start: Callable[..., PinchCustomer]) -> None:
    """One key's requests leave another key's minute untouched."""
    customer = start(rate_limit=1)
    other = PinchCustomer(customer.server, customer.server.settings.pinch_other_key)

    statuses = [
        each.http.get("/api/dubbing/jobs").status_code for each in (customer, other, customer)
    ]

    assert statuses == [200, 200, 429]


def test_rate_limit_never_refuses_a_poll(start: Callable[..., PinchCustomer]) -> None:
    """The document's own sample polls a job 12 times a minute, so a poll is never refused."""
    customer = start(rate_limit=1)
    job_id = customer.create(SOURCE)

    statuses = {customer.http.get(f"/api/dubbing/jobs/{job_id}").status_code for _ in range(12)}

    assert statuses == {200}
