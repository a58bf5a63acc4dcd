"""An emulator on a loopback port and one customer of it; no test lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from dubcheck.emulator.pinch.pace import DEFAULT_DWELL_SECONDS
from dubcheck.emulator.pinch.sources import write_sample
from dubcheck.emulator.server import EmulatorServer
from dubcheck.emulator.settings import EmulatorSettings

Json = dict[str, object]

ENDS = ("completed", "failed")
# A job stays that long in a step; the surplus is for the clock's resolution.
STEP_SECONDS = DEFAULT_DWELL_SECONDS + 0.001


class PinchCustomer:
    """Uses the Pinch API of one emulator as its documentation shows."""

    def __init__(self, server: EmulatorServer, key: str) -> None:
        self.server = server
        self.http = httpx.Client(
            base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=30
        )

    def upload(self, content: bytes, filename: str = "a.wav", media_type: str = "audio/wav") -> str:
        """Store `content` and return its source URL."""
        link = self.http.post(
            "/api/dubbing/upload-url", json={"filename": filename, "content_type": media_type}
        ).json()
        stored = httpx.put(
            link["upload_url"], content=content, headers={"content-type": media_type}
        )
        assert stored.status_code == 200, stored.text
        return str(link["source_url"])

    def create(self, source_url: str, **options: object) -> str:
        """Create a job and return its id."""
        body = {"source_url": source_url, "target_lang": "es", **options}
        created = self.http.post("/api/dubbing/jobs", json=body)
        assert created.status_code == 201, created.text
        return str(created.json()["job_id"])

    def job(self, job_id: str) -> Json:
        """The job as it stands."""
        return dict(self.http.get(f"/api/dubbing/jobs/{job_id}").json())

    def wait_for_end(self, job_id: str) -> Json:
        """The job once it is completed or failed."""
        while (job := self.job(job_id))["status"] not in ENDS:
            pass
        return job

    def finish(self, source_url: str, **options: object) -> Json:
        """Create a job and return its last state."""
        return self.wait_for_end(self.create(source_url, **options))

    def step_through(self, source_url: str) -> list[Json]:
        """Every state of a new job: time stands still but for one step after each state."""
        self.turn_clock(frozen=True)
        states = [self.job(self.create(source_url))]
        while states[-1]["status"] not in ENDS:
            self.turn_clock(advance_seconds=STEP_SECONDS)
            while (state := self.job(str(states[0]["job_id"]))) == states[-1]:
                pass
            states.append(state)
        self.turn_clock(frozen=False)
        return states

    def turn_clock(self, **order: object) -> Json:
        """Order something of the emulator's clock."""
        return dict(self.http.post("/_emulator/clock", json=order).json())


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds of a wavering tone as WAV."""
    file: Path = tmp_path_factory.mktemp("sample") / "sample.wav"
    write_sample(file)
    return file.read_bytes()


@pytest.fixture(scope="module")
def server() -> Iterator[EmulatorServer]:
    """An emulator with default settings, shared by the tests of a file."""
    with EmulatorServer() as running:
        yield running


@pytest.fixture(scope="module")
def customer(server: EmulatorServer) -> PinchCustomer:
    """A rich Pinch customer of the shared emulator."""
    return PinchCustomer(server, server.settings.pinch_key)


@pytest.fixture
def start() -> Iterator[Callable[..., PinchCustomer]]:
    """Starts an emulator of its own with the given settings; returns its rich Pinch customer."""
    running: list[EmulatorServer] = []

    def begin(**options: object) -> PinchCustomer:
        server = EmulatorServer(EmulatorSettings(**options))  # type: ignore[arg-type]
        server.start()
        running.append(server)
        return PinchCustomer(server, server.settings.pinch_key)

    yield begin
    for server in running:
        server.stop()
