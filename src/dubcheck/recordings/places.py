"""Where the APIs are served: from the URL of a request to its API, operation and service.

By default these are the documented hosts, their sister hosts and this machine; given base URLs
take the place of all of them, for their API.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from dubcheck.contract import Contract
from dubcheck.errors import UsageError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Found:
    """A request that belongs to an API; `service` is the scheme, host and port that it went to."""

    api: str
    operation: str
    path_parameters: Mapping[str, str]
    service: str


@dataclass(frozen=True, slots=True)
class Place:
    """One base URL."""

    host: str
    port: int
    path: str

    @classmethod
    def of(cls, option: str, url: str) -> Place:
        """The place of a base URL.

        Raises: UsageError where the text is none.
        """
        parts = _split(url)
        if parts is None:
            raise UsageError(f"{option} {url}: is not a URL; use https://HOST[:PORT][/PREFIX]")
        return cls(parts.hostname or "", _port(parts), parts.path.rstrip("/"))

    def path_within(self, parts: SplitResult) -> str | None:
        """The path behind the prefix, or None where the URL is elsewhere."""
        if (parts.hostname, _port(parts)) != (self.host, self.port):
            return None
        if not parts.path.startswith(f"{self.path}/"):
            return None
        return parts.path.removeprefix(self.path)


class Places:
    """Every place of the APIs that are looked for."""

    def __init__(self, contracts: Iterable[Contract], given: Mapping[str, Iterable[str]]):
        """`given` holds base URLs by API; an API without any is looked for at its own places.

        Raises: UsageError naming the option whose URL is none.
        """
        self._contracts = {item.api: item for item in contracts}
        self._given = {
            api: tuple(Place.of(f"--{api}-url", url) for url in urls)
            for api, urls in given.items()
            if urls
        }
        self._also: tuple[Place, ...] = ()
        self._domains = {
            api: frozenset(_domain(item["url"]) for item in contract.document.get("servers", ()))
            for api, contract in self._contracts.items()
        }

    def look_at(self, url: str) -> None:
        """Takes the base URL that a recording names itself; one that is none is not looked at."""
        if _split(url) is not None:
            self._also = (*self._also, Place.of("", url))

    def find(self, method: str, url: str) -> Found | None:
        """The API and the operation of a request, or None where it belongs to neither."""
        parts = _split(url)
        if parts is None:
            return None
        for api, contract in self._contracts.items():
            path = self._path_within(api, parts)
            found = None if path is None else contract.finder.find(method, path)
            if found is not None:
                return Found(api, found[0].id, found[1], service_of(url))
        return None

    def holds(self, url: str) -> bool:
        """Whether an API is looked for at this place, whatever the path names."""
        parts = _split(url)
        return parts is not None and any(
            self._path_within(api, parts) is not None for api in self._contracts
        )

    def resembles(self, method: str, url: str) -> str | None:
        """The API whose paths the URL has at its end, on a host that nobody named."""
        parts = _split(url)
        names = [] if parts is None else parts.path.split("/")
        for start in range(1, len(names)):
            path = "/" + "/".join(names[start:])
            for api, contract in self._contracts.items():
                if api not in self._given and contract.finder.find(method, path) is not None:
                    return api
        return None

    def _path_within(self, api: str, parts: SplitResult) -> str | None:
        places = (*self._given.get(api, ()), *self._also)
        within = [path for place in places if (path := place.path_within(parts)) is not None]
        if within or api in self._given:
            return within[0] if within else None
        host = parts.hostname or ""
        is_own = any(host == item or host.endswith(f".{item}") for item in self._domains[api])
        return parts.path if is_own or _is_loopback(host) else None


def service_of(url: str) -> str:
    """Scheme, host and port: what keeps two services apart."""
    parts = _split(url)
    return url if parts is None else f"{parts.scheme}://{host_of(url)}"


def host_of(url: str) -> str:
    """The host of a URL with its port if it names one, for counting."""
    parts = _split(url)
    return "(no URL)" if parts is None else parts.netloc.rpartition("@")[2].lower()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_url else None


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _domain(url: str) -> str:
    """The domain of a documented server: the vendors' newer clients use its sister hosts."""
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
