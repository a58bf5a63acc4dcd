"""Recording from a server and playing without it, through both HTTP clients."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import requests
import vcr

from dubcheck.exchange import Credential
from dubcheck.replay import Unrecorded
from dubcheck.replay.clock import ReplayClock
from dubcheck.replay.media_shelf import MediaShelf
from dubcheck.replay.tape import Tape
from dubcheck.replay.vcr_hooks import PlayedCassette, Player, RecordingHooks, SplittingPersister
from dubcheck.replay.wire import Wire

KEY = "pk_a-key-of-this-run-0123456789"
FILE = bytes(range(256)) * 64
SIGNED = "X-Amz-Credential=AK%2Fx&X-Amz-Signature=0a1b2c3d"


class Service(BaseHTTPRequestHandler):
    """Redirects to a presigned link, behind which lies a file."""

    def do_GET(self) -> None:  # noqa: N802 - the name http.server calls
        """Answers with the file or with where it lies."""
        moved = not self.path.startswith("/file")
        self.send_response(302 if moved else 200)
        body = b"" if moved else FILE
        if moved:
            self.send_header("Location", f"/file?{SIGNED}")
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """A service, until it is stopped."""
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def by_httpx(url: str) -> bytes:
    """A download through httpx."""
    headers = {"Authorization": f"Bearer {KEY}"}
    return httpx.get(url, headers=headers, follow_redirects=True, trust_env=False).content


def by_requests(url: str) -> bytes:
    """The same through requests."""
    return requests.get(url, headers={"Authorization": f"Bearer {KEY}"}, timeout=10).content


def record(folder: Path, wire: Wire, download: Callable[[], bytes]) -> None:
    """Records a download into pinch/m/a.yaml."""
    hooks = RecordingHooks(wire)
    recorder = vcr.VCR(record_mode="all")
    recorder.before_record_request = hooks.request
    recorder.before_record_response = hooks.response
    recorder.register_persister(SplittingPersister({"probe": "a"}))
    with recorder.use_cassette(str(folder / "pinch" / "m" / "a.yaml")):
        download()


def play(folder: Path, wire: Wire, origin: str, download: Callable[[], bytes]) -> bytes:
    """Plays the download from there."""
    tape = Tape()
    tape.load(folder / "pinch", [origin], {})
    player = Player(tape, wire, MediaShelf(folder / "media"), ReplayClock(0.0), (origin,))
    context = vcr.VCR(record_mode="none").use_cassette("none")
    context.cls = type("Played", (PlayedCassette,), {"player": player, "name": "pinch/m/a"})
    with context:
        return download()


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    """The wire of a run with one key."""
    return Wire({KEY: Credential.OWN}, MediaShelf(tmp_path / "media", writable=True))


@pytest.mark.parametrize("client", [by_httpx, by_requests], ids=["httpx", "requests"])
def test_redirected_download_is_played_without_the_service(
    tmp_path: Path, wire: Wire, origin: str, client: Callable[[str], Any]
) -> None:
    """Redirect, presigned link and large body come back from the cassette."""
    record(tmp_path, wire, lambda: client(f"{origin}/moved"))

    played = play(tmp_path, wire, origin, lambda: client(f"{origin}/moved"))

    assert played == FILE


def test_cassette_holds_neither_key_nor_signature_nor_file(
    tmp_path: Path, wire: Wire, origin: str
) -> None:
    """What is written is small and tells nothing."""
    record(tmp_path, wire, lambda: by_httpx(f"{origin}/moved"))

    text = (tmp_path / "pinch" / "m" / "a.yaml").read_text(encoding="utf-8")

    assert KEY not in text
    assert "0a1b2c3d" not in text
    assert len(text) < 4_000


def test_request_that_was_not_recorded_is_not_sent(tmp_path: Path, wire: Wire, origin: str) -> None:
    """A probe that asks something new is told so, though the service is there."""
    record(tmp_path, wire, lambda: by_httpx(f"{origin}/moved"))

    with pytest.raises(Unrecorded, match="/another"):
        play(tmp_path, wire, origin, lambda: by_httpx(f"{origin}/another"))
