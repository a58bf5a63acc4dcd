"""URLs that a service must not fetch, in every spelling, and texts that are no URL at all.

Each drawn address belongs to exactly one family; whether its refusal comes at once or later is
judged elsewhere. Source: vendor-docs/pinch.txt, Providing a source URL, Note.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_PATHS = st.sampled_from(["/clip.mp4", "/", ":8099/clip.mp4", "/a/b.wav?token=1"])
_SCHEMES = st.sampled_from(["http", "https"])


class AddressFamily(Enum):
    """A kind of address that is not public."""

    LOCALHOST = "localhost"
    LOOPBACK = "127.0.0.0/8"
    PRIVATE_10 = "10.0.0.0/8"
    PRIVATE_172 = "172.16.0.0/12"
    PRIVATE_192 = "192.168.0.0/16"
    LINK_LOCAL = "169.254.0.0/16"
    UNSPECIFIED = "0.0.0.0"
    IPV6_LOOPBACK = "::1"
    IPV6_PRIVATE = "fc00::/7 and fe80::/10"
    MAPPED = "private IPv4 as IPv6"
    DISGUISED = "private IPv4 in decimal, hexadecimal, octal or shortened spelling"


def private_urls(family: AddressFamily | None = None) -> SearchStrategy[str]:
    """URLs whose host is not public, of one family or of any."""
    families = [family] if family else list(AddressFamily)
    hosts = st.sampled_from(families).flatmap(_HOSTS.__getitem__)
    return st.builds(lambda scheme, host, path: f"{scheme}://{host}{path}", _SCHEMES, hosts, _PATHS)


def texts_that_are_no_url() -> SearchStrategy[str]:
    """Texts in which nobody finds a host."""
    return st.sampled_from(["not a url", "video.mp4", "http://", "://example.com", "http", "/a/b"])


def urls_of_other_schemes() -> SearchStrategy[str]:
    """URLs that are neither HTTP nor HTTPS."""
    schemes = st.sampled_from(["ftp", "file", "s3", "gopher", "data"])
    return schemes.map(
        lambda scheme: {
            "file": "file:///etc/hostname",
            "data": "data:video/mp4;base64,AAAA",
        }.get(scheme, f"{scheme}://example.com/clip.mp4")
    )


def _addresses(network: str) -> SearchStrategy[IPv4Address]:
    block = IPv4Network(network)
    return st.integers(1, block.num_addresses - 2).map(lambda index: block[index])


def _ipv6_addresses(network: str) -> SearchStrategy[IPv6Address]:
    block = IPv6Network(network)
    return st.integers(1, 0xFFFF).map(lambda index: block[index])


def _disguises(address: IPv4Address) -> SearchStrategy[str]:
    number, parts = int(address), address.packed
    spellings = [
        str(number),
        hex(number),
        ".".join(hex(part) for part in parts),
        ".".join(f"0{part:o}" for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{number & 0xFFFF}",
    ]
    return st.sampled_from(spellings)


_ANY_PRIVATE_IPV4 = st.sampled_from(
    ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]
).flatmap(_addresses)

_HOSTS: dict[AddressFamily, SearchStrategy[str]] = {
    AddressFamily.LOCALHOST: st.sampled_from(["localhost", "LOCALHOST", "localhost."]),
    AddressFamily.LOOPBACK: _addresses("127.0.0.0/8").map(str),
    AddressFamily.PRIVATE_10: _addresses("10.0.0.0/8").map(str),
    AddressFamily.PRIVATE_172: _addresses("172.16.0.0/12").map(str),
    AddressFamily.PRIVATE_192: _addresses("192.168.0.0/16").map(str),
    # the metadata service of every large cloud answers here
    AddressFamily.LINK_LOCAL: st.just("169.254.169.254") | _addresses("169.254.0.0/16").map(str),
    AddressFamily.UNSPECIFIED: st.sampled_from(["0.0.0.0", "[::]"]),
    AddressFamily.IPV6_LOOPBACK: st.sampled_from(["[::1]", "[0:0:0:0:0:0:0:1]"]),
    AddressFamily.IPV6_PRIVATE: (_ipv6_addresses("fc00::/7") | _ipv6_addresses("fe80::/10")).map(
        lambda address: f"[{address}]"
    ),
    AddressFamily.MAPPED: _ANY_PRIVATE_IPV4.map(lambda address: f"[::ffff:{address}]"),
    AddressFamily.DISGUISED: _ANY_PRIVATE_IPV4.flatmap(_disguises),
}
