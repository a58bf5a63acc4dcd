"""What a run is told about the services it judges: URLs, keys and places to be reached at."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from dubcheck.errors import UsageError


@dataclass(frozen=True, slots=True)
class ApiTarget:
    """One API at one base URL.

    `kind` is emulator (embedded, its control surface may be used) or live (a black box).
    `is_recorded` says that cassettes answer in its place.
    """

    api: str
    kind: str
    base_url: str
    key: str
    poor_key: str | None = None
    other_key: str | None = None
    lacks: frozenset[str] = frozenset()
    is_recorded: bool = False

    @property
    def base_path(self) -> str:
        """The path that every path of the API is appended to; empty at the root of a host."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every key of this target."""
        return tuple(key for key in (self.key, self.poor_key, self.other_key) if key)


def is_loopback(url: str) -> bool:
    """Whether the URL names this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(url: str) -> bool:
    """Whether the host of the URL is this machine, or an address that is not public."""
    try:
        return not ipaddress.ip_address(urlsplit(url).hostname or "").is_global
    except ValueError:
        return is_loopback(url)


def checked_base_url(option: str, url: str) -> str:
    """The URL, if the suite may send keys to it.

    Raises: UsageError for anything but https, or http on loopback.
    """
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"{option} {url}: is not a URL; use https://HOST[:PORT][/PREFIX]")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise UsageError(f"{option}: takes a base URL without query, fragment or user name")
    if parts.scheme == "http" and not is_loopback(url):
        raise UsageError(f"{option} {url}: http is allowed for loopback only; use https")
    return url.rstrip("/")


def checked_listen_address(option: str, text: str) -> tuple[str, int]:
    """Host and port of HOST:PORT.

    Raises: UsageError where the text has another form.
    """
    host, mark, port = text.rpartition(":")
    if not mark or not host or not port.isdigit() or int(port) > 65535:
        raise UsageError(f"{option} {text}: is not HOST:PORT, such as 127.0.0.1:9443")
    return host.strip("[]"), int(port)
