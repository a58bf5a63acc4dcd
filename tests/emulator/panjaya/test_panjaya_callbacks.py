"""The six events of an asset's life, as a receiver over HTTPS sees them."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme

from .panjaya_media import version_ids


class Hooks:
    """A receiver of callbacks over HTTPS on loopback."""

    def __init__(self, authority: trustme.CA) -> None:
        received: list[dict[str, object]] = []
        arrived = threading.Condition()

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Take one callback."""
                body = self.rfile.read(int(self.headers["content-length"]))
                with arrived:
                    received.append(json.loads(body))
                    arrived.notify_all()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self.received = received
        self._arrived = arrived
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(tls)
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.origin = f"https://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def events(self, count: int) -> list[str]:
        """Names of the events, once so many have arrived."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.received) >= count, timeout=20)
        return [each["event"] for each in self.received]

    def close(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that only these tests trust."""
    return trustme.CA()


@pytest.fixture
def hooks(authority: trustme.CA) -> Iterator[Hooks]:
    """A receiver."""
    receiver = Hooks(authority)
    yield receiver
    receiver.close()


@pytest.fixture
def begin(start_panjaya, authority, hooks, tmp_path) -> Callable:
    """Starts an emulator that may call the receiver."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")

    def start(*faults: str):
        return start_panjaya(
            allowed_origins=(hooks.origin,), callback_ca=tmp_path / "ca.pem", faults=faults
        )

    return start


def test_whole_life_is_told_in_order(begin, hooks):
    """Ready, generating and generated are told in this order, with asset, version and locale."""
    customer = begin()
    asset = customer.finish(customer.create(callback_url=f"{hooks.origin}/p"))
    version_id = version_ids(asset)[0]

    customer.generate(version_id)

    assert hooks.events(3) == ["version_ready", "version_generating", "version_generated"]
    assert hooks.received[0] == {
        "event": "version_ready",
        "asset_id": asset["asset_id"],
        "version_id": version_id,
        "locale": "es-ES",
    }


def test_failed_asset_is_told_without_a_version(begin, hooks, clip):
    """asset_failed names the asset; its version is null."""
    customer = begin()

    asset = customer.finish(customer.upload(clip, start_time=60, callback_url=f"{hooks.origin}/p"))

    hooks.events(1)
    assert hooks.received == [
        {"event": "asset_failed", "asset_id": asset["asset_id"], "version_id": None}
    ]


def test_failed_version_is_told(begin, hooks):
    """The fault version-fails fails the version, not the asset, and is told as version_failed."""
    customer = begin("version-fails")

    asset = customer.finish(customer.create(callback_url=f"{hooks.origin}/p"))

    assert hooks.events(1) == ["version_failed"]
    assert asset["status"] == "Ready"
    assert customer.version(version_ids(asset)[0])["status"] == "Failed"


def test_failed_generation_is_told(begin, hooks):
    """The fault generation-fails ends generating in Failed, told as version_generate_failed."""
    customer = begin("generation-fails")
    asset = customer.finish(customer.create(callback_url=f"{hooks.origin}/p"))

    states = customer.generate(version_ids(asset)[0])

    assert states[-1]["status"] == "Failed"
    assert hooks.events(3)[-1] == "version_generate_failed"


def test_failed_version_is_dubbed_again_when_generated(begin, hooks):
    """A version that failed at first may be revised and generated; both changes are told."""
    customer = begin("version-fails")
    asset = customer.finish(customer.create(callback_url=f"{hooks.origin}/p"))
    version_id = version_ids(asset)[0]

    customer.http.patch(f"/v1/versions/{version_id}/revise")
    states = customer.generate(version_id)

    assert states[-1]["status"] == "Completed"
    assert hooks.events(4) == [
        "version_failed",
        "version_ready",
        "version_generating",
        "version_generated",
    ]


def test_callback_fault_of_a_request_concerns_its_asset_only(begin, hooks):
    """A request that names callback-lost in its header has its callbacks lost, and no other's."""
    customer = begin()
    body = {**customer.body(), "callback_url": f"{hooks.origin}/p"}

    lost = customer.http.post(
        "/v1/assets/", json=body, headers={"x-emulator-fault": "callback-lost"}
    )
    customer.finish(lost)
    told = customer.finish(customer.http.post("/v1/assets/", json=body))

    assert hooks.events(1) == ["version_ready"]
    assert hooks.received[0]["asset_id"] == told["asset_id"]


def test_asset_without_a_callback_url_tells_nobody(begin, hooks):
    """Without a callback URL nothing is sent and nothing is logged."""
    customer = begin()

    customer.finish(customer.create())

    assert customer.http.get("/_emulator/callbacks").json()["callbacks"] == []
