"""A load of one repeated request over kept-alive connections, and what it saw."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast

import uvloop


@dataclass(slots=True)
class Window:
    """What one window of load saw. Latencies are in seconds, sorted."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """Answers received."""
        return len(self.latencies)

    def percentile(self, share: float) -> float:
        """Latency below which this share of the answers came."""
        return self.latencies[min(int(self.requests * share), self.requests - 1)]


class _Connection(asyncio.Protocol):
    """Sends the request again as soon as its answer is whole."""

    def __init__(self, request: bytes, window: Window) -> None:
        self._request = request
        self._window = window
        self._buffer = b""
        self._sent_at = 0.0
        self.is_open = True
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none of asyncio's classes.
        self.transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or len(self._buffer) < end + 4 + _content_length(self._buffer[: end + 2]):
            return
        self._window.latencies.append(time.perf_counter() - self._sent_at)
        status = self._buffer[9:12].decode()
        self._window.statuses[status] = self._window.statuses.get(status, 0) + 1
        self._buffer = b""
        if self.is_open:
            self._send()

    def _send(self) -> None:
        assert self.transport is not None
        self._sent_at = time.perf_counter()
        self.transport.write(self._request)


def _content_length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.index(b"content-length:") + len(b"content-length:")
    return int(lowered[start : lowered.index(b"\r\n", start)])


def load(port: int, request: bytes, *, connections: int = 16, seconds: float = 2.0) -> Window:
    """One window of load on a loopback port."""
    return uvloop.run(_load(port, request, connections, seconds))


async def _load(port: int, request: bytes, connections: int, seconds: float) -> Window:
    window = Window(seconds)
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: _Connection(request, window), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for _, connection in opened:
        connection.is_open = False
    await asyncio.sleep(0.05)
    for transport, _ in opened:
        transport.close()
    window.latencies.sort()
    return window
