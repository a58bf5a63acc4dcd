"""From a name to its addresses, off the event loop, within a time; guard.py judges them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from dubcheck.emulator.fetching.refusals import DownloadFailed

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_TIMEOUT_SECONDS = 10.0


async def resolve_with_system(host: str, port: int) -> Sequence[str]:
    """Addresses of a name by the machine's resolver, in its order of preference.

    Raises: DownloadFailed when the name has none, or the resolver takes too long.
    """
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
    except (OSError, UnicodeError) as error:
        raise DownloadFailed(f"the name {host} cannot be resolved") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
