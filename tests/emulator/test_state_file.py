"""State that outlives the process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

from dubcheck.emulator.database import Database
from dubcheck.emulator.store import Resource, Store
from dubcheck.errors import UsageError


class Note(Resource, frozen=True, kw_only=True):
    """Something to store."""

    text: str = ""


class Served:
    """`dubcheck serve --state` as a process."""

    def __init__(self, state: Path) -> None:
        command = [sys.executable, "-m", "dubcheck", "serve", "--port", "0", "--state", str(state)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = str(json.loads(self.process.stdout.readline())["url"])
        self.http = httpx.Client(
            base_url=self.url, headers={"authorization": "Bearer pk_emulator"}, timeout=30
        )

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        self.http.close()
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Starts a process on the test's state file."""
    running: list[Served] = []

    def begin() -> Served:
        running.append(Served(tmp_path / "state.db"))
        return running[-1]

    yield begin
    for each in running:
        each.kill()


def test_killed_process_comes_back_and_finishes_its_jobs(
    serve: Callable[[], Served], sample: bytes
) -> None:
    """After SIGKILL in the middle of a job the next process completes it, with uploads and cost."""
    first = serve()
    link = first.http.post(
        "/api/dubbing/upload-url", json={"filename": "a.wav", "content_type": "audio/wav"}
    ).json()
    httpx.put(link["upload_url"], content=sample, headers={"content-type": "audio/wav"})
    created = first.http.post(
        "/api/dubbing/jobs", json={"source_url": link["source_url"], "target_lang": "es"}
    ).json()
    first.kill()

    second = serve()
    job_url = f"/api/dubbing/jobs/{created['job_id']}"
    job = _wait_for_end(second.http, job_url)

    assert (job["status"], job["cost_usd"]) == ("completed", 0.02)
    assert job["created_at"] == created["created_at"]
    assert httpx.get(job["output_url"]).content[:4] == b"RIFF"


def _wait_for_end(http: httpx.Client, job_url: str) -> dict[str, str]:
    while (job := http.get(job_url).json())["status"] not in ("completed", "failed"):
        pass
    return dict(job)


def test_killed_process_finishes_its_assets(serve: Callable[[], Served]) -> None:
    """After SIGKILL an asset that was dubbing becomes Ready in the next process."""
    first = serve()
    headers = {"authorization": "Bearer panjaya-emulator"}
    order = {
        "name": "My Asset",
        "locale": "en-US",
        "languages": [{"locale": "es-ES"}],
        "media_url": "https://cdn.example.com/emulator-succeeds.mp4",
    }
    asset_id = first.http.post("/v1/assets/", json=order, headers=headers).json()["asset_id"]
    first.kill()

    second = serve()
    asset = _wait_while_dubbing(second.http, f"/v1/assets/{asset_id}", headers)

    assert asset["status"] == "Ready"


def _wait_while_dubbing(http: httpx.Client, url: str, headers: dict[str, str]) -> dict[str, str]:
    while (asset := http.get(url, headers=headers).json())["status"] == "Dubbing":
        pass
    return dict(asset)


def test_restart_keeps_clock_links_and_ids_apart(serve: Callable[[], Served]) -> None:
    """The next process goes on with the advanced clock, and names no job like an earlier one."""
    first = serve()
    body = {"source_url": "https://cdn.example.com/a.mp4", "target_lang": "es"}
    first.http.post("/_emulator/clock", json={"advance_seconds": 1_000_000})
    before = first.http.get("/_emulator/clock").json()["now"]
    old = first.http.post("/api/dubbing/jobs", json=body).json()["job_id"]
    first.kill()

    second = serve()
    new = second.http.post("/api/dubbing/jobs", json=body).json()["job_id"]

    assert second.http.get("/_emulator/clock").json()["now"] >= before
    assert new != old
    assert second.http.get("/api/dubbing/jobs").json()["total"] == 2


def test_store_brings_resources_back_in_order(tmp_path: Path) -> None:
    """What was put, replaced and dropped is found so after a reopening."""
    store = Store(tmp_path / "state.db")
    shelf = store.shelf("notes", Note)
    for name in ("b", "a", "c"):
        shelf.put(Note(identifier=name, owner="me"))
    shelf.put(Note(identifier="b", owner="me", text="new"))
    shelf.drop(Note(identifier="a", owner="me"))
    store.close()

    again = Store(tmp_path / "state.db").shelf("notes", Note)

    assert [(each.identifier, each.text) for each in again.every()] == [("b", "new"), ("c", "")]


@pytest.mark.parametrize("path", [None, "state.db"], ids=["memory", "file"])
def test_shelf_keeps_owners_apart(tmp_path: Path, path: str | None) -> None:
    """One owner neither gets, lists nor clears what is another's."""
    shelf = Store(tmp_path / path if path else None).shelf("notes", Note)
    shelf.put(Note(identifier="a", owner="me"))
    shelf.put(Note(identifier="b", owner="you"))

    shelf.clear("you")

    assert shelf.get("you", "a") is None
    assert shelf.page("me", 10, 0) == ([Note(identifier="a", owner="me")], 1)
    assert shelf.page("you", 10, 0) == ([], 0)


def test_file_that_is_no_state_file_is_refused(tmp_path: Path) -> None:
    """A file of another kind is a usage error, and is left as it was."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam, this is no database.")

    with pytest.raises(UsageError, match="^--state"):
        Database(file)

    assert file.read_text() == "Dear Sir or Madam, this is no database."


def test_two_keys_share_one_process_without_seeing_each_other(
    customer: PinchCustomer,
) -> None:
    """A job of one key is 404 for another, also its result."""
    job_id = customer.create("https://cdn.example.com/a.mp4")
    other = PinchCustomer(customer.server, customer.server.settings.pinch_other_key)

    statuses = {
        other.http.get(f"/api/dubbing/jobs/{job_id}{part}").status_code for part in ("", "/result")
    }

    assert statuses == {404}
