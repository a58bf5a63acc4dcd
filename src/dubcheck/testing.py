"""An emulator for a client's own tests; nothing of the judge is here.

Outside pytest: `with emulator() as running:`. With pytest: the fixture `dubbing_emulator`, there as
soon as dubcheck is installed; one process serves the session, and each test finds it empty.

    def test_my_client_waits_for_the_dub(dubbing_emulator):
        client = MyClient(dubbing_emulator.url, dubbing_emulator.pinch_key)

        client.dub("emulator-succeeds.mp4")

        assert dubbing_emulator.requests(operation="createJob")[0].status == 201

As a pytest plugin this file is imported by every session, so it imports nothing heavy by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from dubcheck.emulator.settings import EmulatorSettings

if TYPE_CHECKING:
    from dubcheck.emulator.server import EmulatorServer

__all__ = [
    "EmulatorSettings",
    "Exchange",
    "RunningEmulator",
    "dubbing_emulator",
    "dubbing_emulator_settings",
    "emulator",
]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that reached the emulator, with its answer; keys and signatures are redacted.

    `operation` is that of the specs (createJob, getAsset …), "" for what is none. `body` and
    `answer_body` are text.
    """

    number: int
    operation: str
    account: str
    fault: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    status: int
    answer_body: str

    def json(self) -> Any:
        """The request's body, decoded."""
        return json.loads(self.body)


class RunningEmulator:
    """A running emulator, its keys, and everything a test may turn or ask.

    Times are seconds of the emulator's clock. An `account` is a label: pinch, pinch-poor,
    pinch-other, panjaya, panjaya-other; None means all.
    """

    def __init__(self, server: EmulatorServer) -> None:
        import httpx  # noqa: PLC0415 - heavy

        self._http = httpx.Client(base_url=f"{server.url}/_emulator", timeout=30)
        self.url = server.url
        self.settings = server.settings
        self.callback_public_key = server.callback_public_key

    @property
    def pinch_key(self) -> str:
        """A Pinch key with plenty of money."""
        return self.settings.pinch_key

    @property
    def pinch_poor_key(self) -> str:
        """A Pinch key without money."""
        return self.settings.pinch_poor_key

    @property
    def panjaya_key(self) -> str:
        """A Panjaya key."""
        return self.settings.panjaya_key

    def now(self) -> float:
        """The emulator's time in UNIX seconds."""
        return float(self._ask("GET", "/clock")["now"])

    def advance(self, seconds: float) -> None:
        """Let the emulator's time jump forward."""
        self._ask("POST", "/clock", {"advance_seconds": seconds})

    def freeze(self) -> None:
        """Let the emulator's time stand still; `advance` still moves it."""
        self._ask("POST", "/clock", {"frozen": True})

    def resume(self) -> None:
        """Let the emulator's time run again."""
        self._ask("POST", "/clock", {"frozen": False})

    def switch_on(
        self,
        fault: str,
        *,
        account: str | None = None,
        operation: str | None = None,
        times: int | None = None,
    ) -> None:
        """Switch a fault on, for one account, one operation or so many times if asked."""
        order = {"name": fault, "account": account, "operation": operation, "times": times}
        self._ask("POST", "/faults", order)

    def switch_off(self, fault: str | None = None) -> None:
        """Switch one fault off, or all."""
        self._ask("DELETE", f"/faults?name={fault}" if fault else "/faults")

    def set_balance(self, usd: float, account: str = "pinch") -> None:
        """Give a Pinch account so much money."""
        self._ask("PUT", f"/balances/{account}", {"usd": usd})

    def generate(self, version_id: str) -> None:
        """Begin the final video of a Panjaya version, as the studio would."""
        self._ask("POST", f"/versions/{version_id}/generate")

    def requests(
        self, *, operation: str | None = None, account: str | None = None
    ) -> list[Exchange]:
        """Requests that reached the emulator, oldest first."""
        chosen = {"operation": operation, "account": account}
        query = {name: value for name, value in chosen.items() if value is not None}
        return [_exchange(each) for each in self._ask("GET", "/requests", query=query)["requests"]]

    def callbacks(self, account: str | None = None) -> list[dict[str, Any]]:
        """Callbacks with every attempt to deliver them, oldest first."""
        query = {"account": account} if account else {}
        return list(self._ask("GET", "/callbacks", query=query)["callbacks"])

    def state(self, account: str | None = None) -> dict[str, Any]:
        """Every resource by service and kind."""
        return self._ask("GET", "/state", query={"account": account} if account else {})

    def reset(self, account: str | None = None) -> None:
        """Forget all resources, faults and requests, or those of one account."""
        self._ask("POST", "/reset", {"account": account})

    def close(self) -> None:
        """Close the connection to the control surface."""
        self._http.close()

    def _ask(
        self, method: str, path: str, order: object = None, query: dict[str, str] | None = None
    ) -> dict[str, Any]:
        answer = self._http.request(method, path, json=order or {}, params=query)
        if answer.is_error:
            raise ValueError(answer.json()["error"]["message"])
        return dict(answer.json())


@contextmanager
def emulator(settings: EmulatorSettings | None = None) -> Iterator[RunningEmulator]:
    """An emulator on a free loopback port, from entry to exit."""
    from dubcheck.emulator.server import EmulatorServer  # noqa: PLC0415 - heavy

    with EmulatorServer(settings) as server:
        running = RunningEmulator(server)
        try:
            yield running
        finally:
            running.close()


@pytest.fixture(scope="session")
def dubbing_emulator_settings() -> EmulatorSettings:
    """Settings of the session's emulator; override it in a conftest to choose others."""
    return EmulatorSettings()


@pytest.fixture(scope="session")
def _session_emulator(dubbing_emulator_settings: EmulatorSettings) -> Iterator[RunningEmulator]:
    with emulator(dubbing_emulator_settings) as running:
        yield running


@pytest.fixture
def dubbing_emulator(_session_emulator: RunningEmulator) -> Iterator[RunningEmulator]:
    """An emulator of both APIs, empty at the start of each test and with its clock running."""
    yield _session_emulator
    _session_emulator.reset()
    _session_emulator.resume()


def _exchange(view: dict[str, Any]) -> Exchange:
    request, answer = view["request"], view["answer"]
    return Exchange(
        number=view["number"],
        operation=view["operation"],
        account=view["account"],
        fault=view["fault"],
        method=request["method"],
        target=request["target"],
        headers=tuple((name, value) for name, value in request["headers"]),
        body=request["body"],
        status=answer["status"],
        answer_body=answer["body"],
    )
