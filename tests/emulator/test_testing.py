"""dubcheck.testing as a client's own test suite uses it."""

from __future__ import annotations

import httpx
import pytest

from dubcheck import testing
from dubcheck.testing import RunningEmulator, emulator

pytest_plugins = ["pytester"]
# Named here so that these tests run from a checkout that was never installed.
dubbing_emulator = testing.dubbing_emulator
dubbing_emulator_settings = testing.dubbing_emulator_settings
_session_emulator = testing._session_emulator
SOURCE = "https://cdn.example.com/emulator-succeeds.mp4"


class Client:
    """A small client of the Pinch API, such as a user of this project might test."""

    def __init__(self, url: str, key: str) -> None:
        self._http = httpx.Client(base_url=url, headers={"authorization": f"Bearer {key}"})

    def dub(self, source_url: str) -> httpx.Response:
        """Ask for a dub."""
        body = {"source_url": source_url, "target_lang": "es"}
        return self._http.post("/api/dubbing/jobs", json=body)

    def status(self, job_id: str) -> str:
        """Status of a job."""
        return str(self._http.get(f"/api/dubbing/jobs/{job_id}").json()["status"])


@pytest.fixture
def client(dubbing_emulator: RunningEmulator) -> Client:
    """A client of the emulator."""
    return Client(dubbing_emulator.url, dubbing_emulator.pinch_key)


def test_emulator_shows_the_requests_it_got(
    client: Client, dubbing_emulator: RunningEmulator
) -> None:
    """Each request is there with its operation, body and status, and without the key."""
    client.dub(SOURCE)

    seen = dubbing_emulator.requests(operation="createJob")

    assert [each.status for each in seen] == [201]
    assert seen[0].json() == {"source_url": SOURCE, "target_lang": "es"}
    assert ("authorization", "REDACTED") in seen[0].headers


def test_emulator_starts_every_test_empty(dubbing_emulator: RunningEmulator) -> None:
    """Nothing of an earlier test is left: no request and no job."""
    assert dubbing_emulator.requests() == []
    assert dubbing_emulator.state()["pinch"]["jobs"] == []


def test_emulator_turns_its_clock(client: Client, dubbing_emulator: RunningEmulator) -> None:
    """A frozen clock keeps a job pending; advancing it moves time by exactly that much."""
    dubbing_emulator.freeze()
    job_id = client.dub(SOURCE).json()["job_id"]
    before = dubbing_emulator.now()

    status = client.status(job_id)
    dubbing_emulator.advance(3600)

    assert status == "pending"
    assert dubbing_emulator.now() == before + 3600


def test_emulator_fails_on_request(client: Client, dubbing_emulator: RunningEmulator) -> None:
    """A fault for two requests spoils exactly two."""
    dubbing_emulator.switch_on("unavailable", operation="createJob", times=2)

    statuses = [client.dub(SOURCE).status_code for _ in range(3)]

    assert statuses == [503, 503, 201]


def test_emulator_takes_money_away(client: Client, dubbing_emulator: RunningEmulator) -> None:
    """With a balance of 0 a new job is 402."""
    dubbing_emulator.set_balance(0)

    assert client.dub(SOURCE).status_code == 402


def test_unknown_fault_is_refused(dubbing_emulator: RunningEmulator) -> None:
    """A fault that does not exist is a ValueError, not a silent nothing."""
    with pytest.raises(ValueError, match="name must be that of a fault"):
        dubbing_emulator.switch_on("no-such-fault")


def test_context_manager_serves_without_pytest() -> None:
    """`with emulator()` gives the same thing to any program."""
    with emulator() as running:
        answer = Client(running.url, running.pinch_key).dub(SOURCE)

    assert answer.status_code == 201


def test_documented_example_runs(pytester: pytest.Pytester) -> None:
    """The fixture needs no configuration: a test file that only names it passes."""
    pytester.makepyfile(
        """
        import httpx

        def test_client(dubbing_emulator):
            headers = {"authorization": f"Bearer {dubbing_emulator.pinch_key}"}
            body = {"source_url": "https://cdn.example.com/a.mp4", "target_lang": "es"}

            httpx.post(f"{dubbing_emulator.url}/api/dubbing/jobs", json=body, headers=headers)

            assert dubbing_emulator.requests(operation="createJob")[0].status == 201
        """
    )

    result = pytester.runpytest("-p", "dubcheck.testing", "-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)
