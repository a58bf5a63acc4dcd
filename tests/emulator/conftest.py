"""An emulator on a loopback port and one customer of it; no test lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from dubcheck.emulator.pinch.sources import write_sample
from dubcheck.emulator.server import EmulatorServer
from dubcheck.emulator.settings import EmulatorSettings

Json = dict[str, object]


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

    def watch(self, job_id: str) -> list[Json]:
        """Every different state of a job, up to its end."""
        states = [self.job(job_id)]
        while states[-1]["status"] not in ("completed", "failed"):
            state = self.job(job_id)
            if state != states[-1]:
                states.append(state)
        return states

    def finish(self, source_url: str, **options: object) -> Json:
        """Create a job and return its last state."""
        return self.watch(self.create(source_url, **options))[-1]


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
