"""A URL taken apart strictly, so that no two readers disagree where it leads; no DNS here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from dubcheck.emulator.fetching.addresses import Address, parse_ipv4, parse_ipv6
from dubcheck.emulator.fetching.refusals import InvalidUrl

_LIMIT_CHARACTERS = 8192
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a URL leads. `host` is lower-case ASCII without a trailing dot; `address` if it is one.

    `target` is path and query as they go on the wire.
    """

    scheme: str
    host: str
    port: int
    address: Address | None
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What an allowed origin is compared with."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_locator(url: str) -> Locator:
    """Take an http or https URL apart.

    Raises: InvalidUrl for whatever URL readers are known to read differently: user information,
    control characters, backslashes, percent-encoded hosts, empty labels.
    """
    if len(url) > _LIMIT_CHARACTERS or _FORBIDDEN.search(url):
        raise InvalidUrl("it is too long or holds a character that no URL may hold")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidUrl(str(error)) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise InvalidUrl("its scheme is neither http nor https")
    if "@" in parts.netloc:
        raise InvalidUrl("it holds user information")
    if port == 0 or not parts.hostname:
        raise InvalidUrl("it names no host, or port 0")
    host, address = _parse_host(parts.hostname, is_bracketed="[" in parts.netloc)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Locator(
        parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], address, _encoded(target)
    )


def _parse_host(text: str, *, is_bracketed: bool) -> tuple[str, Address | None]:
    if is_bracketed:
        v6 = parse_ipv6(text)
        if v6 is None:
            raise InvalidUrl("what stands in its brackets is no IPv6 address")
        return str(v6), v6
    name = _ascii_name(text).removesuffix(".")
    if not _NAME.fullmatch(name):
        raise InvalidUrl("its host is neither a name nor an address")
    try:
        v4 = parse_ipv4(name)
    except ValueError as error:
        raise InvalidUrl("its host looks like an address and is none") from error
    return (str(v4), v4) if v4 else (name, None)


def _ascii_name(text: str) -> str:
    """The name as DNS sees it: full-width digits and ideographic stops are what they look like."""
    if text.isascii():
        return text.lower()
    try:
        return unicodedata.normalize("NFKC", text).encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise InvalidUrl("its host is no internationalised name") from error


def _encoded(target: str) -> str:
    """Non-ASCII characters percent-encoded as UTF-8; the rest, already encoded, stays as it is."""
    try:
        return "".join(
            each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode())
            for each in target
        )
    except UnicodeEncodeError as error:
        raise InvalidUrl("it holds half a character") from error
