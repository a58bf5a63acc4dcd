"""The control surface under /_emulator/."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

SOURCE = "https://cdn.example.com/video.mp4"


@pytest.fixture
def fresh(start: Callable[..., PinchCustomer]) -> PinchCustomer:
    """A customer of an emulator of their own."""
    return start()


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"origin": "https://evil.example"}, id="other-origin"),
        pytest.param({"origin": "null"}, id="sandboxed-page"),
        pytest.param({"host": "evil.example"}, id="rebound-name"),
        pytest.param({"host": "evil.example:8080"}, id="rebound-name-with-port"),
        pytest.param({"sec-fetch-site": "cross-site"}, id="image-of-another-site"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_control_refuses_pages_of_others(
    customer: PinchCustomer, method: str, headers: dict[str, str]
) -> None:
    """What a page of another host makes a browser send is 403."""
    answer = customer.http.request(method, "/_emulator/clock", headers=headers)

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "emulator:8080"])
def test_control_answers_local_names(customer: PinchCustomer, host: str) -> None:
    """Addresses and names without a dot reach it, as from a neighbouring container."""
    answer = customer.http.get("/_emulator/clock", headers={"host": host})

    assert answer.status_code == 200


def test_control_is_absent_when_switched_off(start: Callable[..., PinchCustomer]) -> None:
    """With control off its paths are unknown: 404."""
    answer = start(control=False).http.get("/_emulator/clock")

    assert answer.status_code == 404


def test_index_names_every_endpoint(customer: PinchCustomer) -> None:
    """The index carries the form's version and every endpoint with its method."""
    index = customer.http.get("/_emulator").json()

    assert index["schema_version"] == 1
    assert "POST /_emulator/versions/{version_id}/generate" in index["endpoints"]
    assert len(index["endpoints"]) == 17


def test_clock_jumps_forward_while_it_stands(fresh: PinchCustomer) -> None:
    """A frozen clock moves by exactly what is ordered."""
    before = fresh.turn_clock(frozen=True)

    after = fresh.turn_clock(advance_seconds=3600)

    assert after["now"] == before["now"] + 3600
    assert after["frozen"] is True


def test_date_header_tells_the_emulators_time(fresh: PinchCustomer) -> None:
    """The Date header follows the clock at once, so that who corrects for skew sees one time."""
    turned = fresh.turn_clock(frozen=True, advance_seconds=172_800)

    answer = fresh.http.get("/api/dubbing/jobs")

    told = parsedate_to_datetime(answer.headers["date"]).timestamp()
    assert told == int(turned["now"])


@pytest.mark.parametrize(
    "order",
    [
        pytest.param({"advance_seconds": -1}, id="backward"),
        pytest.param({"advance_seconds": "1"}, id="text"),
        pytest.param({"advance_seconds": 1e300}, id="beyond-all-dates"),
        pytest.param({"frozen": 1}, id="frozen-a-number"),
    ],
)
def test_clock_refuses_a_senseless_order(customer: PinchCustomer, order: object) -> None:
    """An order that is no jump forward and no freeze is 400."""
    assert customer.http.post("/_emulator/clock", json=order).status_code == 400


def test_upload_link_dies_after_an_hour(fresh: PinchCustomer) -> None:
    """An upload URL works at 3600 s and is 403 at 3601 s by the clock."""
    fresh.turn_clock(frozen=True)
    body = {"filename": "a.txt", "content_type": "text/plain"}
    url = fresh.http.post("/api/dubbing/upload-url", json=body).json()["upload_url"]

    fresh.turn_clock(advance_seconds=3600)
    on_time = httpx.put(url, content=b"x", headers={"content-type": "text/plain"})
    fresh.turn_clock(advance_seconds=1)
    late = httpx.put(url, content=b"x", headers={"content-type": "text/plain"})

    assert (on_time.status_code, late.status_code) == (200, 403)


def test_output_link_dies_after_48_hours_and_a_fresh_one_works(
    fresh: PinchCustomer, sample: bytes
) -> None:
    """output_url is 403 after 172,800 s; /result then gives a link that works."""
    job = fresh.finish(fresh.upload(sample))

    fresh.turn_clock(advance_seconds=172_801)
    old = httpx.get(str(job["output_url"]))
    result = fresh.http.get(f"/api/dubbing/jobs/{job['job_id']}/result").json()

    assert old.status_code == 403
    assert httpx.get(result["download_url"]).status_code == 200


def test_output_link_is_stable_across_polls(fresh: PinchCustomer, sample: bytes) -> None:
    """Two polls of a completed job, an hour apart, show the same link and expiry."""
    job = fresh.finish(fresh.upload(sample))

    fresh.turn_clock(advance_seconds=3600)

    assert fresh.job(str(job["job_id"])) == job


def test_journal_shows_exchanges_without_secrets(fresh: PinchCustomer) -> None:
    """Requests are listed whole, but neither the key nor a signature is among them."""
    body = {"filename": "a.txt", "content_type": "text/plain"}
    url = fresh.http.post("/api/dubbing/upload-url", json=body).json()["upload_url"]
    httpx.put(url, content=b"x", headers={"content-type": "text/plain"})

    listed = fresh.http.get("/_emulator/requests")

    operations = [each["operation"] for each in listed.json()["requests"]]
    assert operations == ["createUploadUrl", "putObject"]
    assert "pk_emulator" not in listed.text
    assert url.partition("X-Amz-Signature=")[2] not in listed.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("?operation=listJobs", ["listJobs"], id="operation"),
        pytest.param("?account=pinch-other", [], id="account"),
        pytest.param("?after=1", ["listJobs"], id="after"),
        pytest.param("?limit=1", ["getJob"], id="limit"),
    ],
)
def test_journal_gives_the_asked_part(
    fresh: PinchCustomer, query: str, expected: list[str]
) -> None:
    """Exchanges can be chosen by operation, account, number and count."""
    fresh.http.get("/api/dubbing/jobs/x")
    fresh.http.get("/api/dubbing/jobs")

    listed = fresh.http.get(f"/_emulator/requests{query}").json()["requests"]

    assert [each["operation"] for each in listed] == expected


def test_journal_is_bounded(start: Callable[..., PinchCustomer]) -> None:
    """Of ten requests a journal of three keeps the last three, and counts all."""
    customer = start(journal_size=3)
    for _ in range(10):
        customer.http.get("/api/dubbing/jobs")

    listed = customer.http.get("/_emulator/requests").json()

    assert [each["number"] for each in listed["requests"]] == [8, 9, 10]
    assert listed["total"] == 10


def test_journal_exports_har(fresh: PinchCustomer) -> None:
    """The same exchanges come as HAR 1.2 with absolute URLs."""
    fresh.http.get("/api/dubbing/jobs?limit=5")

    log = fresh.http.get("/_emulator/requests.har").json()["log"]

    request = log["entries"][0]["request"]
    assert log["version"] == "1.2"
    assert request["url"] == f"{fresh.server.url}/api/dubbing/jobs?limit=5"
    assert request["queryString"] == [{"name": "limit", "value": "5"}]


def test_reset_of_one_account_leaves_the_others(fresh: PinchCustomer) -> None:
    """Resetting pinch-other forgets its jobs and leaves those of pinch."""
    other = PinchCustomer(fresh.server, fresh.server.settings.pinch_other_key)
    kept, lost = fresh.create(SOURCE), other.create(SOURCE)

    fresh.http.post("/_emulator/reset", json={"account": "pinch-other"})

    assert fresh.http.get(f"/api/dubbing/jobs/{kept}").status_code == 200
    assert other.http.get(f"/api/dubbing/jobs/{lost}").status_code == 404


def test_state_shows_jobs_and_objects(fresh: PinchCustomer, sample: bytes) -> None:
    """Every job and stored object is there with its owner."""
    job_id = fresh.finish(fresh.upload(sample))["job_id"]

    state = fresh.http.get("/_emulator/state").json()

    assert [(job["identifier"], job["owner"]) for job in state["pinch"]["jobs"]] == [
        (job_id, "pinch")
    ]
    assert len(state["storage"]["objects"]) == 2


def test_balance_falls_by_the_cost_of_a_job(fresh: PinchCustomer, sample: bytes) -> None:
    """A job of two seconds takes 0.02 USD from the account that created it."""
    fresh.http.put("/_emulator/balances/pinch", json={"usd": 1})
    fresh.finish(fresh.upload(sample))

    balances = fresh.http.get("/_emulator/balances").json()["balances"]

    assert {"account": "pinch", "usd": 0.98} in balances


def test_unknown_account_is_refused(customer: PinchCustomer) -> None:
    """A label that no account has is 404."""
    answer = customer.http.put("/_emulator/balances/nobody", json={"usd": 1})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("order", "status"),
    [
        pytest.param({"encoding": "base64", "layout": "raw"}, 200, id="base64-raw"),
        pytest.param({"encoding": "base64url"}, 200, id="layout-left-out"),
        pytest.param({"encoding": "rot13"}, 400, id="unknown-encoding"),
        pytest.param({"layout": []}, 400, id="layout-a-list"),
    ],
)
def test_signature_form_can_be_chosen(
    fresh: PinchCustomer, order: dict[str, object], status: int
) -> None:
    """The text and layout of callback signatures can be switched among the plausible ones."""
    answer = fresh.http.put("/_emulator/callbacks/signature", json=order)

    assert answer.status_code == status


def test_callback_key_is_served(customer: PinchCustomer) -> None:
    """The public key of callbacks can be asked for."""
    answer = customer.http.get("/_emulator/callbacks/key").json()

    assert answer["algorithm"] == "ES256"
    assert answer["public_key"] == customer.server.callback_public_key
