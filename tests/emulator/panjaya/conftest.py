"""A customer of Panjaya on an emulator of its own, and media to send; no test lives here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from dubcheck.emulator.panjaya.materials import SAMPLE
from dubcheck.emulator.server import EmulatorServer
from dubcheck.emulator.settings import EmulatorSettings

from .panjaya_media import BODY

Json = dict[str, object]


class PanjayaCustomer:
    """Uses the Panjaya API of one emulator as its documentation shows."""

    def __init__(self, server: EmulatorServer, key: str) -> None:
        self.server = server
        self.http = httpx.Client(
            base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=30
        )

    def body(self) -> Json:
        """The shortest body that is dubbed."""
        return dict(BODY)

    def until(self, version_id: str, status: str) -> Json:
        """The version once it has this status."""
        version = self.version(version_id)
        while version["status"] != status:
            version = self.version(version_id)
        return version

    def create(self, **changes: object) -> httpx.Response:
        """POST an asset; a change to None leaves the field out."""
        body = {key: value for key, value in {**BODY, **changes}.items() if value is not None}
        return self.http.post("/v1/assets/", json=body)

    def upload(
        self,
        video: bytes,
        filename: str = "a.mp4",
        background: bytes | None = None,
        **changes: object,
    ) -> httpx.Response:
        """POST an asset with its video in the form."""
        body = {key: value for key, value in BODY.items() if key != "media_url"} | changes
        files: dict[str, object] = {
            "request": (None, json.dumps(body), "application/json"),
            "video": (filename, video, "video/mp4"),
        }
        if background is not None:
            files["background"] = ("b.wav", background, "audio/wav")
        return self.http.post("/v1/assets/upload", files=files)

    def asset(self, asset_id: str) -> Json:
        """The asset as it stands."""
        return dict(self.http.get(f"/v1/assets/{asset_id}").json())

    def watch(self, asset_id: str) -> list[Json]:
        """Every different state of an asset until it dubs no more."""
        states = [self.asset(asset_id)]
        while states[-1]["status"] == "Dubbing":
            state = self.asset(asset_id)
            if state != states[-1]:
                states.append(state)
        return states

    def until_begun(self, asset_id: str) -> Json:
        """The asset once its first dubbing has begun."""
        state = self.asset(asset_id)
        while state["languages"][0]["dubbing_id"] is None:
            state = self.asset(asset_id)
        return state

    def finish(self, accepted: httpx.Response) -> Json:
        """The last state of an asset that was just accepted."""
        assert accepted.status_code == 200, accepted.text
        return self.watch(accepted.json()["asset_id"])[-1]

    def version(self, version_id: str) -> Json:
        """The version as it stands."""
        return dict(self.http.get(f"/v1/versions/{version_id}").json())

    def generate(self, version_id: str) -> list[Json]:
        """Have the final video made; every different state of the version up to its end."""
        ordered = self.http.post(f"/_emulator/versions/{version_id}/generate")
        assert ordered.status_code == 200, ordered.text
        states = [self.version(version_id)]
        while states[-1]["status"] == "Generating":
            states.append(self.version(version_id))
        return states


@pytest.fixture(scope="session")
def clip() -> bytes:
    """Three seconds of speech and moving picture as MP4."""
    return SAMPLE.read_bytes()


@pytest.fixture(scope="module")
def panjaya_server() -> Iterator[EmulatorServer]:
    """An emulator with default settings, shared by the tests of a file."""
    with EmulatorServer() as running:
        yield running


@pytest.fixture(scope="module")
def panjaya(panjaya_server: EmulatorServer) -> PanjayaCustomer:
    """A customer of the shared emulator."""
    return PanjayaCustomer(panjaya_server, "panjaya-emulator")


@pytest.fixture(scope="module")
def other(panjaya_server: EmulatorServer) -> PanjayaCustomer:
    """Another customer of the shared emulator."""
    return PanjayaCustomer(panjaya_server, "panjaya-emulator-other")


@pytest.fixture
def start_panjaya() -> Iterator[Callable[..., PanjayaCustomer]]:
    """Starts an emulator of its own with the given settings; returns its first customer."""
    running: list[EmulatorServer] = []

    def begin(**options: object) -> PanjayaCustomer:
        server = EmulatorServer(EmulatorSettings(**options))  # type: ignore[arg-type]
        server.start()
        running.append(server)
        return PanjayaCustomer(server, "panjaya-emulator")

    yield begin
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where made samples lie."""
    return tmp_path_factory.mktemp("samples")
