"""Which requests belong to an API: by host, port, prefix and path."""

from __future__ import annotations

import pytest
from tests.recordings.recorded_messages import JOBS, SENT, created, har_entry

from dubcheck.contract import APIS, load_contract
from dubcheck.errors import UsageError
from dubcheck.recordings import Places

CONTRACTS = tuple(load_contract(api) for api in APIS)
PATH = "/api/dubbing/jobs"


@pytest.mark.parametrize(
    ("url", "given"),
    [
        pytest.param("https://api.startpinch.com", [], id="documented host"),
        pytest.param("https://portal.startpinch.com", [], id="sister host"),
        pytest.param("http://127.0.0.1:8080", [], id="this machine"),
        pytest.param("http://[::1]:8080", [], id="this machine by IPv6"),
        pytest.param("http://localhost:1", [], id="this machine by name"),
        pytest.param("https://gate.example", ["https://gate.example"], id="given host"),
        pytest.param("https://gate.example:443", ["https://gate.example"], id="default port"),
        pytest.param("https://gate.example/dub", ["https://gate.example/dub/"], id="given prefix"),
        pytest.param(
            "https://two.example", ["https://one.example", "https://two.example"], id="one of two"
        ),
    ],
)
def test_request_is_found_where_the_api_is_looked_for(url, given):
    """A documented path on a host that is looked at is an operation of the API."""
    found = Places(CONTRACTS, {"pinch": given}).find("GET", f"{url}{PATH}/a%2Fb")

    assert found is not None
    assert (found.api, found.operation, found.path_parameters) == ("pinch", "getJob", {"id": "a/b"})


@pytest.mark.parametrize(
    ("url", "given"),
    [
        pytest.param("https://api.example.com", [], id="unknown host"),
        pytest.param("https://notstartpinch.com", [], id="host that only ends alike"),
        pytest.param("https://api.startpinch.com", ["https://gate.example"], id="not the given"),
        pytest.param("https://gate.example", ["https://gate.example:8443"], id="other port"),
        pytest.param("https://gate.example", ["https://gate.example/dub"], id="without prefix"),
        pytest.param("ftp://api.startpinch.com", [], id="other scheme"),
        pytest.param("https://[api.startpinch.com", [], id="no URL"),
    ],
)
def test_request_elsewhere_is_not_found(url, given):
    """A documented path on another host is traffic of somebody else."""
    assert Places(CONTRACTS, {"pinch": given}).find("GET", f"{url}{PATH}") is None


def test_base_url_that_is_none_is_named():
    """An option whose value is no URL is named in the complaint."""
    with pytest.raises(UsageError, match="--pinch-url gate.example"):
        Places(CONTRACTS, {"pinch": ["gate.example"]})


def test_traffic_of_others_is_counted_by_host(desk):
    """Other hosts, and paths that are not documented, are counted in report and terminal."""
    gate = "https://gate.example/dub"
    file = desk.har(
        "trip.har",
        har_entry("POST", JOBS, 201, created(), SENT),
        har_entry("GET", "https://cdn.example/app.js", 200, "x"),
        har_entry("GET", "https://cdn.example/app.css?v=2", 200, "x"),
        har_entry("GET", f"{gate}{PATH}", 200, {}),
        har_entry("OPTIONS", JOBS, 204, ""),
    )

    judgement = desk.judge(file)

    ignored = judgement.recordings["ignored"]
    assert ignored["other_hosts"] == {"cdn.example": 2, "gate.example": 1}
    assert ignored["undocumented_operations"] == {"api.startpinch.com": 1}
    assert "ignored: 2 requests of cdn.example" in judgement.out
    assert "gate.example; they look like pinch: name the host with --pinch-url" in judgement.out


def test_given_base_url_is_judged(desk):
    """Traffic through a gateway is judged when its base URL is given, prefix and all."""
    gate = "https://gate.example/dub"
    file = desk.har("trip.har", har_entry("POST", f"{gate}{PATH}", 200, created(), SENT))

    judgement = desk.judge(file, "--pinch-url", gate)

    assert judgement.failed_musts == {"pinch.create-job.answers-201"}


def test_traffic_of_nobody_is_inconclusive(desk):
    """A file without any request of an API conforms to nothing: exit status 3."""
    judgement = desk.judge(desk.har("trip.har"))

    assert (judgement.status, judgement.report["verdict"]) == (3, "inconclusive")


def test_storage_is_known_by_the_links_that_were_announced(desk):
    """The PUT and the GET of a presigned link belong to the API whose answer announced it."""
    link = "https://storage.example/in/1?X-Amz-Date=20260305T120000Z&X-Amz-Signature=abcdef"
    kind = [{"name": "content-type", "value": "video/mp4"}]
    put = har_entry("PUT", link, 200, "", at=2)
    put["request"]["headers"] = kind
    grant = {
        "upload_url": link,
        "source_url": "https://storage.example/in/1",
        "upload_id": "1",
        "max_file_size_bytes": 500_000_000,
        "expires_in_sec": 3600,
    }
    asked = {"filename": "a.mp4", "content_type": "video/mp4"}
    url = "https://api.startpinch.com/api/dubbing/upload-url"
    file = desk.har("trip.har", put, har_entry("POST", url, 200, grant, asked, at=1))

    judgement = desk.judge(file)

    assert judgement.verdict("pinch.storage.put-is-accepted") == "pass"
    assert judgement.recordings["ignored"]["other_hosts"] == {}
