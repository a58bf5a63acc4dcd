"""Which IP addresses are public, and every spelling of IPv4; no names and no sockets here.

The list is written out, because `ipaddress.is_global` differs between Python versions.
Source: the IANA special-purpose address registries for IPv4 and IPv6.
"""

from __future__ import annotations

from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata address lies in it
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's platform address: public by registry, metadata by use
        "169.254.0.0/16",  # link-local, and the metadata address of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo and ORCHID among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address that the relay would reach
        "3fff::/20",
        "3ffe::/16",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether a service on the internet may connect there."""
    if isinstance(address, IPv6Address):
        carried = _carried(address)
        if carried is None:
            return address in _PUBLIC_V6 and not any(address in net for net in _NOT_PUBLIC_V6)
        address = carried
    return not any(address in network for network in _NOT_PUBLIC_V4)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address behind an IPv4-mapped or NAT64 one."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped


def parse_ipv6(text: str) -> IPv6Address | None:
    """The address between the brackets of a URL; a zone (`%eth0`) is not one."""
    try:
        return None if "%" in text else IPv6Address(text)
    except AddressValueError:
        return None


def parse_ipv4(host: str) -> IPv4Address | None:
    """The address that `inet_aton` and browsers read: 127.1, 0x7f.1, 017700000001, 2130706433.

    Raises: ValueError when the last part is a number, so that the whole can only be an address, but
    is none.
    """
    parts = host.split(".")
    if not _is_number(parts[-1]):
        return None
    if len(parts) > 4:
        raise ValueError(host)
    numbers = [_number(part) for part in parts]
    *leading, last = numbers
    if any(number > 255 for number in leading) or last >= 256 ** (5 - len(parts)):
        raise ValueError(host)
    value = last
    for position, number in enumerate(leading):
        value += number << (8 * (3 - position))
    return IPv4Address(value)


def parse_resolved(text: str) -> Address:
    """An address as a resolver returns it, without the zone it may carry."""
    return ip_address(text.partition("%")[0])


def _is_number(part: str) -> bool:
    return part.isdigit() or part.startswith("0x")


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8)
    if not part.isdigit():
        raise ValueError(part)
    return int(part)
