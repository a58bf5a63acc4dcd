"""Fetches one file to disk within bounds, checking every step; what it holds stays unread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from dubcheck.emulator.fetching.connection import Message, exchange
from dubcheck.emulator.fetching.guard import PublicAddressGuard
from dubcheck.emulator.fetching.refusals import DownloadFailed, TooLarge

if TYPE_CHECKING:
    import httpx

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Encoded content could unpack to any size; media has no use for it.
_MESSAGE = Message(headers={"accept": "*/*", "accept-encoding": "identity"})


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """How much is borne. Times are of the machine's clock, as the transfer is."""

    size_bytes: int
    total_seconds: float = 300.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A complete file. `url` is the last one, after redirects."""

    path: Path
    size_bytes: int
    content_type: str
    url: str


async def download(
    url: str, destination: Path, *, limits: DownloadLimits, guard: PublicAddressGuard
) -> Downloaded:
    """Write what `url` answers to `destination`; nothing is left there unless it is whole.

    Raises: InvalidUrl, AddressRefused (also for a redirect's target), DownloadFailed, TooLarge.
    """
    try:
        async with asyncio.timeout(limits.total_seconds):
            return await _follow(url, destination, limits, guard)
    except TimeoutError as error:
        raise DownloadFailed(f"not complete after {limits.total_seconds} s") from error
    except OSError as error:
        raise DownloadFailed(f"{type(error).__name__}: {error}") from error


async def _follow(
    url: str, destination: Path, limits: DownloadLimits, guard: PublicAddressGuard
) -> Downloaded:
    for _ in range(limits.redirects + 1):
        async with exchange(await guard.resolve(url), _MESSAGE) as answer:
            location = answer.headers.get("location")
            if answer.status_code not in _REDIRECTS or location is None:
                return await _save(answer, url, destination, limits.size_bytes)
        try:
            url = urljoin(url, location)
        except ValueError as error:
            raise DownloadFailed("it redirects to something that is no URL") from error
    raise DownloadFailed(f"more than {limits.redirects} redirects")


async def _save(
    answer: httpx.Response, url: str, destination: Path, limit_bytes: int
) -> Downloaded:
    if answer.status_code != 200:
        raise DownloadFailed(f"the answer's status is {answer.status_code}")
    announced = answer.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit_bytes:
        raise TooLarge(limit_bytes)
    unfinished = destination.with_name(f"{destination.name}.part")
    try:
        size = await _write(answer, unfinished, limit_bytes)
        unfinished.replace(destination)
    finally:
        unfinished.unlink(missing_ok=True)
    return Downloaded(destination, size, answer.headers.get("content-type", ""), url)


async def _write(answer: httpx.Response, path: Path, limit_bytes: int) -> int:
    size = 0
    with path.open("wb") as file:
        async for part in answer.aiter_raw():
            size += len(part)
            if size > limit_bytes:
                raise TooLarge(limit_bytes)
            file.write(part)
    return size
