"""Single connections: what the libraries below do not tell as an error of their own."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from dubcheck.emulator.fetching.connection import _try_address


class VanishedPeer(httpx.AsyncBaseTransport):
    """Fails as the library does when the other side hung up before it was asked for its address."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Never answers."""
        raise AttributeError("'NoneType' object has no attribute 'getpeername'")


def test_peer_that_hangs_up_at_once_is_a_failed_connection() -> None:
    """The library's AttributeError becomes an error that callers already know how to act on."""

    async def attempt() -> None:
        async with httpx.AsyncClient(transport=VanishedPeer()) as client:
            await _try_address(client, httpx.Request("GET", "http://127.0.0.1/"))

    with pytest.raises(httpx.ConnectError):
        asyncio.run(attempt())
