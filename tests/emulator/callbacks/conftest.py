"""A receiver of callbacks over HTTPS on loopback, and what a sender needs around it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
import trustme

from dubcheck.emulator.callbacks import CallbackSender, CallbackSigner, Courier
from dubcheck.emulator.clock import Clock
from dubcheck.emulator.faults import Faults
from dubcheck.emulator.fetching import PublicAddressGuard
from dubcheck.emulator.store import Store
from dubcheck.emulator.tasks import Tasks

OWNER = "panjaya"


class Receiver:
    """Takes callbacks; answers with the next of `statuses`, then 200 for ever."""

    def __init__(self, authority: trustme.CA, statuses: Sequence[int] = ()) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"https://127.0.0.1:{self.socket.getsockname()[1]}"
        self.url = f"{self.origin}/hooks?id=1"
        self.statuses = list(statuses)
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self.tls)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one callback and hang up."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        self.heads.append(head)
        self.bodies.append(await reader.readexactly(length))
        status = self.statuses.pop(0) if self.statuses else 200
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    def header(self, number: int, name: str) -> str:
        """Value of a header of the callback of this number."""
        lines = self.heads[number].decode().splitlines()
        return next(line.partition(": ")[2] for line in lines if line.lower().startswith(name))


class Post:
    """A sender with a frozen clock and one receiver, run by `carry_out`."""

    def __init__(
        self, receiver: Receiver, ca: Path | None, faults: Sequence[str], state: Path | None
    ) -> None:
        self.receiver = receiver
        self.clock = Clock()
        self.clock.freeze()
        self.tasks = Tasks()
        self.state = state
        guard = PublicAddressGuard([receiver.origin])
        self.faults = Faults(tuple(faults))
        self.courier = Courier(guard, CallbackSigner(7), ca)
        self.sender = self.new_sender()

    def new_sender(self) -> CallbackSender:
        """A sender over the same state, as after a restart."""
        return CallbackSender(Store(self.state), self.clock, self.tasks, self.faults, self.courier)

    def enqueue(self, event: str, resource: str = "asset-1") -> None:
        """Hand one event to the sender."""
        content: dict[str, object] = {"event": event, "asset_id": resource}
        self.sender.enqueue(OWNER, resource, self.receiver.url, content)

    def carry_out(self, story: Callable[[], Awaitable[None]]) -> None:
        """Run `story` beside the receiver; then stop the sender."""

        async def run() -> None:
            async with await asyncio.start_server(
                self.receiver.answer, sock=self.receiver.socket, ssl=self.receiver.tls
            ):
                await story()
                await self.tasks.stop()

        asyncio.run(run())

    async def tried(self, count: int) -> None:
        """Wait until so many attempts were logged."""
        async with asyncio.timeout(10):
            while sum(len(each.attempts) for each in self.sender.log.entries()) < count:
                await asyncio.sleep(0.001)

    async def received(self, count: int) -> None:
        """Wait until so many callbacks arrived."""
        async with asyncio.timeout(10):
            while len(self.receiver.bodies) < count:
                await asyncio.sleep(0.001)

    async def settled(self) -> None:
        """Let everything run that is ready to run."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def tasks_ended(self) -> None:
        """Wait until no delivery is on its way."""
        async with asyncio.timeout(10):
            while not self.sender.is_idle:
                await asyncio.sleep(0.001)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """An authority that only the tests trust."""
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> Path:
    """The authority's certificate as a file."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def make_post(authority: trustme.CA, ca: Path) -> Callable[..., Post]:
    """Builds a sender with the named faults, and a receiver that answers with given statuses."""

    def make(
        *faults: str,
        statuses: Sequence[int] = (),
        trusted: bool = True,
        state: Path | None = None,
    ) -> Post:
        return Post(Receiver(authority, statuses), ca if trusted else None, faults, state)

    return make
