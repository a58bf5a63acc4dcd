"""A callback goes to the address that was checked, and only to a receiver of the URL's own name."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest
import trustme

from dubcheck.emulator.callbacks import CallbackSigner, Courier
from dubcheck.emulator.fetching import PublicAddressGuard


async def to_loopback(host: str, port: int) -> Sequence[str]:
    """Every name is 127.0.0.1."""
    return ["127.0.0.1"]


def post(authority: trustme.CA, ca: Path, certified: str, allowed: bool = True):
    """Post to hooks.example.com at a receiver with a certificate for `certified`."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(certified).configure_cert(tls)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def run():
        async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls) as server:
            origin = f"https://hooks.example.com:{server.sockets[0].getsockname()[1]}"
            guard = PublicAddressGuard([origin] if allowed else [], to_loopback)
            return await Courier(guard, CallbackSigner(7), ca).post(f"{origin}/x", b"{}")

    return asyncio.run(run())


def test_receiver_is_verified_by_the_name_of_the_url(authority, ca):
    """The connection is made to the checked address, the certificate must be the name's."""
    assert post(authority, ca, "hooks.example.com").status == 200


@pytest.mark.parametrize("certified", ["127.0.0.1", "other.example.com"])
def test_receiver_of_another_name_gets_nothing(authority, ca, certified):
    """A certificate for the address or for another name does not do."""
    outcome = post(authority, ca, certified)

    assert outcome.status is None
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.error


def test_receiver_at_a_private_address_gets_nothing(authority, ca):
    """A name that resolves to a private address when the callback leaves is refused."""
    outcome = post(authority, ca, "hooks.example.com", allowed=False)

    assert outcome.error.startswith("AddressRefused")
