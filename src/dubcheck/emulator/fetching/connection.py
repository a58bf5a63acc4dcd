"""One HTTP request to an address that was checked; no redirect is followed and no name asked again.

httpx is imported when the first request is made, because it costs a tenth of a second and 15 MB.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dubcheck.emulator.fetching.guard import Destination
from dubcheck.emulator.fetching.refusals import DownloadFailed

if TYPE_CHECKING:
    import ssl

    import httpx

_MOST_ADDRESSES = 4


@lru_cache(maxsize=1)
def usual_authorities() -> ssl.SSLContext:
    """Trust in the public certificate authorities; loading them once costs some 20 ms."""
    import httpx  # noqa: PLC0415 - heavy, see the module's docstring

    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. Its times are of the machine's clock, as sockets are."""

    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    connect_seconds: float = 10.0
    idle_seconds: float = 20.0


@asynccontextmanager
async def exchange(
    destination: Destination, message: Message, tls: ssl.SSLContext | None = None
) -> AsyncIterator[httpx.Response]:
    """The answer, its body unread. `tls` None trusts the usual authorities.

    Raises: DownloadFailed, also while the body is read inside the block.
    """
    import httpx  # noqa: PLC0415 - heavy, see the module's docstring

    timeout = httpx.Timeout(message.idle_seconds, connect=message.connect_seconds)
    client = httpx.AsyncClient(
        verify=tls or usual_authorities(),
        timeout=timeout,
        trust_env=False,
        # A kept connection would belong to an address, not to the name it was verified for.
        limits=httpx.Limits(max_keepalive_connections=0),
    )
    try:
        async with client:
            answer = await _send(client, destination, message)
            try:
                yield answer
            finally:
                await answer.aclose()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DownloadFailed(f"{type(error).__name__}: {error}") from error


async def _send(
    client: httpx.AsyncClient, destination: Destination, message: Message
) -> httpx.Response:
    """Try the checked addresses in their order until one accepts the connection."""
    import httpx  # noqa: PLC0415 - heavy, see the module's docstring

    *others, last = destination.addresses[:_MOST_ADDRESSES]
    for address in others:
        try:
            return await _try_address(client, _request(client, destination, str(address), message))
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue
    return await _try_address(client, _request(client, destination, str(last), message))


async def _try_address(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    import httpx  # noqa: PLC0415 - heavy, see the module's docstring

    try:
        return await client.send(request, stream=True)
    except AttributeError as error:
        # A peer that hangs up at once leaves uvloop's transport without its socket, whose address
        # the library under httpx then asks for: "NoneType has no attribute getpeername".
        raise httpx.ConnectError("the other side hung up at once", request=request) from error


def _request(
    client: httpx.AsyncClient, destination: Destination, address: str, message: Message
) -> httpx.Request:
    import httpx  # noqa: PLC0415 - heavy, see the module's docstring

    locator = destination.locator
    host = f"[{address}]" if ":" in address else address
    # raw_path keeps the target's own percent-encoding, which a signed URL needs.
    url = httpx.URL(
        scheme=locator.scheme, host=host, port=locator.port, raw_path=locator.target.encode()
    )
    return client.build_request(
        message.method,
        url,
        headers={"host": locator.authority, "user-agent": "dubcheck-emulator"} | message.headers,
        content=message.body or None,
        extensions={"sni_hostname": locator.host},
    )
