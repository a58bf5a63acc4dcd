"""Decides where the emulator may connect, as a careful service would; never connects itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass

from dubcheck.emulator.fetching.addresses import Address, is_public, parse_resolved
from dubcheck.emulator.fetching.locators import Locator, parse_locator
from dubcheck.emulator.fetching.refusals import AddressRefused, DownloadFailed, InvalidUrl
from dubcheck.emulator.fetching.resolution import Resolver, resolve_with_system
from dubcheck.errors import UsageError

# Names for use inside a network: RFC 6761, 6762 with appendix G, 8375, ICANN's "internal".
_INTERNAL_SUFFIXES = (
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
)
_QUICK_LOOK_SECONDS = 0.3
_REMEMBERED_NAMES = 1024
_REMEMBERED_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL with the addresses that were checked: the only ones to connect to."""

    locator: Locator
    addresses: tuple[Address, ...]


class PublicAddressGuard:
    """Lets through what leads to public addresses, and the origins that were explicitly allowed.

    Three depths: `check` reads the text only, `admit` also takes a quick look at DNS (both for the
    moment a request arrives), `resolve` is what binds: its addresses are the ones to connect to.
    """

    def __init__(
        self, allowed_origins: Iterable[str] = (), resolver: Resolver = resolve_with_system
    ) -> None:
        self._allowed = frozenset(_origin(url) for url in allowed_origins)
        self._resolver = resolver
        self._looked_up: dict[str, tuple[float, str]] = {}

    def check(self, url: str, *, schemes: tuple[str, ...] = ("http", "https")) -> Locator:
        """Judge the text of a URL, without DNS.

        Raises: InvalidUrl, AddressRefused.
        """
        locator = parse_locator(url)
        if locator.scheme not in schemes:
            raise InvalidUrl(f"its scheme is not {' or '.join(schemes)}")
        if locator.origin in self._allowed:
            return locator
        if locator.address is not None:
            _require_public(locator.address)
        elif _is_internal(locator.host):
            raise AddressRefused(f"{locator.host} is a name inside a private network")
        return locator

    async def admit(self, url: str, *, schemes: tuple[str, ...] = ("http", "https")) -> Locator:
        """`check`, then refuse a name already known, or quickly found, to be private.

        A slow or failing resolver refuses nothing here: `resolve` decides when the URL is used.

        Raises: InvalidUrl, AddressRefused.
        """
        locator = self.check(url, schemes=schemes)
        if locator.address is not None or locator.origin in self._allowed:
            return locator
        moment, refusal = self._looked_up.get(locator.host, (float("-inf"), ""))
        if time.monotonic() - moment > _REMEMBERED_SECONDS:
            refusal = await self._quick_look(locator)
            if len(self._looked_up) >= _REMEMBERED_NAMES:
                self._looked_up.clear()
            self._looked_up[locator.host] = (time.monotonic(), refusal)
        if refusal:
            raise AddressRefused(refusal)
        return locator

    async def resolve(
        self, url: str, *, schemes: tuple[str, ...] = ("http", "https")
    ) -> Destination:
        """Check the URL and every address of its name, asking the resolver anew.

        Raises: InvalidUrl, AddressRefused, DownloadFailed when the name has no address.
        """
        locator = self.check(url, schemes=schemes)
        if locator.address is not None:
            return Destination(locator, (locator.address,))
        addresses = await self._addresses(locator)
        if locator.origin not in self._allowed:
            for address in addresses:
                _require_public(address)
        return Destination(locator, addresses)

    async def _addresses(self, locator: Locator) -> tuple[Address, ...]:
        try:
            found = await self._resolver(locator.host, locator.port)
        except OSError as error:
            raise DownloadFailed(f"the name {locator.host} cannot be resolved") from error
        if not found:
            raise DownloadFailed(f"the name {locator.host} has no address")
        return tuple(parse_resolved(text) for text in found)

    async def _quick_look(self, locator: Locator) -> str:
        """Why the name is refused, or nothing."""
        try:
            async with asyncio.timeout(_QUICK_LOOK_SECONDS):
                for address in await self._addresses(locator):
                    _require_public(address)
        except AddressRefused as refused:
            return str(refused)
        except (DownloadFailed, TimeoutError):
            return ""
        return ""


def _require_public(address: Address) -> None:
    if not is_public(address):
        raise AddressRefused(f"{address} is not a public address")


def _is_internal(host: str) -> bool:
    """A name without a dot is one of a private network too."""
    return "." not in host or host.endswith(tuple(f".{each}" for each in _INTERNAL_SUFFIXES))


def _origin(url: str) -> tuple[str, str, int]:
    try:
        return parse_locator(url).origin
    except InvalidUrl as error:
        raise UsageError(
            f"--allow-origin {url}: {error}; give scheme, host and port, as in http://127.0.0.1:9000"
        ) from error
