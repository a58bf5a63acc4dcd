"""Where the emulator may connect, judged by the text of a URL and by its name's addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from dubcheck.emulator.fetching import (
    AddressRefused,
    DownloadFailed,
    InvalidUrl,
    PublicAddressGuard,
)
from dubcheck.errors import UsageError


def resolver(*addresses: str):
    """A resolver that knows one answer for every name."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1/a.mp4", id="loopback"),
        pytest.param("http://127.255.1.2/a.mp4", id="loopback-network"),
        pytest.param("http://localhost:8080/a.mp4", id="localhost"),
        pytest.param("http://LOCALHOST./a.mp4", id="localhost-with-dot"),
        pytest.param("http://media.localhost/a.mp4", id="under-localhost"),
        pytest.param("http://printer.local/a.mp4", id="mdns"),
        pytest.param("http://metadata.google.internal/x", id="internal"),
        pytest.param("http://database/a.mp4", id="single-label"),
        pytest.param("http://0/a.mp4", id="zero"),
        pytest.param("http://0.0.0.0/a.mp4", id="unspecified"),
        pytest.param("http://10.1.2.3/a.mp4", id="private-10"),
        pytest.param("http://172.16.0.1/a.mp4", id="private-172-first"),
        pytest.param("http://172.31.255.255/a.mp4", id="private-172-last"),
        pytest.param("http://192.168.1.1/a.mp4", id="private-192"),
        pytest.param("http://100.64.0.1/a.mp4", id="carrier-grade-nat"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="metadata"),
        pytest.param("http://168.63.129.16/metadata", id="azure-platform"),
        pytest.param("http://192.0.0.192/opc/", id="oracle-metadata"),
        pytest.param("http://198.18.0.1/a.mp4", id="benchmarking"),
        pytest.param("http://203.0.113.7/a.mp4", id="documentation"),
        pytest.param("http://224.0.0.1/a.mp4", id="multicast"),
        pytest.param("http://255.255.255.255/a.mp4", id="broadcast"),
        pytest.param("http://127.1/a.mp4", id="short"),
        pytest.param("http://10.66051/a.mp4", id="two-parts"),
        pytest.param("http://2130706433/a.mp4", id="decimal"),
        pytest.param("http://017700000001/a.mp4", id="octal-number"),
        pytest.param("http://0177.0.0.01/a.mp4", id="octal-parts"),
        pytest.param("http://0x7f000001/a.mp4", id="hexadecimal"),
        pytest.param("http://0X7F.0x0.0.1/a.mp4", id="hexadecimal-parts"),
        pytest.param("http://127.0.0.1./a.mp4", id="trailing-dot"),
        pytest.param("http://１２７.０.０.１/a.mp4", id="full-width-digits"),
        pytest.param("http://127。0。0。1/a.mp4", id="ideographic-stops"),
        pytest.param("http://①②⑦.⓪.⓪.①/a.mp4", id="circled-digits"),
        pytest.param("http://[::1]/a.mp4", id="v6-loopback"),
        pytest.param("http://[::]/a.mp4", id="v6-unspecified"),
        pytest.param("http://[fe80::1]/a.mp4", id="v6-link-local"),
        pytest.param("http://[fd00:ec2::254]/a.mp4", id="v6-metadata"),
        pytest.param("http://[ff02::1]/a.mp4", id="v6-multicast"),
        pytest.param("http://[::ffff:127.0.0.1]/a.mp4", id="v4-mapped"),
        pytest.param("http://[::ffff:7f00:1]/a.mp4", id="v4-mapped-hexadecimal"),
        pytest.param("http://[::127.0.0.1]/a.mp4", id="v4-compatible"),
        pytest.param("http://[64:ff9b::a9fe:a9fe]/a.mp4", id="nat64"),
        pytest.param("http://[64:ff9b:1::1]/a.mp4", id="nat64-local"),
        pytest.param("http://[2002:7f00:1::]/a.mp4", id="6to4"),
        pytest.param("http://[2001:0:4136:e378::1]/a.mp4", id="teredo"),
        pytest.param("http://[2001:db8::1]/a.mp4", id="v6-documentation"),
    ],
)
def test_check_refuses_an_address_that_is_not_public(url):
    """Every spelling of a loopback, private or otherwise special address is refused."""
    guard = PublicAddressGuard()

    with pytest.raises(AddressRefused):
        guard.check(url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("video.mp4", id="relative"),
        pytest.param("//cdn.example.com/a.mp4", id="without-scheme"),
        pytest.param("ftp://cdn.example.com/a.mp4", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("gopher://cdn.example.com/", id="gopher"),
        pytest.param("http:///a.mp4", id="without-host"),
        pytest.param("http://user@cdn.example.com/a.mp4", id="user"),
        pytest.param("http://cdn.example.com@127.0.0.1/a.mp4", id="user-trick"),
        pytest.param("http://127.0.0.1:80@cdn.example.com/", id="user-and-password"),
        pytest.param("http://cdn.example.com\\@127.0.0.1/", id="backslash"),
        pytest.param("http://127.0.0.1\t.example.com/", id="tab"),
        pytest.param("http://cdn.example.com/a b.mp4", id="space"),
        pytest.param("http://cdn.example.com/\x00", id="null-byte"),
        pytest.param("http://127%2e0%2e0%2e1/a.mp4", id="percent-encoded-host"),
        pytest.param("http://127.0.0.1../a.mp4", id="two-trailing-dots"),
        pytest.param("http://256.1.1.1/a.mp4", id="part-over-255"),
        pytest.param("http://1.2.3.4.5/a.mp4", id="five-parts"),
        pytest.param("http://4294967296/a.mp4", id="decimal-too-large"),
        pytest.param("http://0x7g.1/a.mp4", id="half-a-number"),
        pytest.param("http://[fe80::1%25eth0]/a.mp4", id="v6-zone"),
        pytest.param("http://[::1/a.mp4", id="open-bracket"),
        pytest.param("http://[v1.a]/a.mp4", id="future-address"),
        pytest.param("http://cdn.example.com:99999/a.mp4", id="port-too-large"),
        pytest.param("http://cdn.example.com:0/a.mp4", id="port-zero"),
        pytest.param("http://cdn.example.com:x/a.mp4", id="port-not-a-number"),
        pytest.param("http://a..example.com/a.mp4", id="empty-label"),
        pytest.param(f"http://{'a' * 64}.com/a.mp4", id="label-too-long"),
        pytest.param(f"http://cdn.example.com/{'a' * 9000}", id="too-long"),
        pytest.param("http://\ud800.com/", id="half-a-character"),
        pytest.param("http://cdn.example.com/\ud800", id="half-a-character-in-path"),
    ],
)
def test_check_refuses_what_is_no_http_url(url):
    """A text that URL readers could read in two ways, or that names no host by HTTP, is no URL."""
    guard = PublicAddressGuard()

    with pytest.raises(InvalidUrl):
        guard.check(url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://cdn.example.com/video.mp4", id="http"),
        pytest.param("https://cdn.example.com:8443/v.mp4?X=%2F&y=1#part", id="https-port-query"),
        pytest.param("HTTPS://CDN.Example.COM./video.mp4", id="upper-case-with-dot"),
        pytest.param("http://8.8.8.8/video.mp4", id="v4"),
        pytest.param("http://172.32.0.1/video.mp4", id="after-the-private-172"),
        pytest.param("http://[2606:4700::1111]/video.mp4", id="v6"),
        pytest.param("http://[::ffff:8.8.8.8]/video.mp4", id="mapped-public"),
        pytest.param("https://bücher.example/film.mp4", id="international-name"),
        pytest.param("https://cdn.example.com/fïlm.mp4", id="international-path"),
        pytest.param("https://cdn.example.com", id="without-path"),
    ],
)
def test_check_lets_a_public_url_through(url):
    """An http or https URL of a public name or address is let through."""
    guard = PublicAddressGuard()

    assert guard.check(url).port in (80, 443, 8443)


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(("10.0.0.1",), id="private"),
        pytest.param(("8.8.8.8", "127.0.0.1"), id="one-of-two-private"),
        pytest.param(("fe80::1%eth0",), id="link-local-with-zone"),
        pytest.param(("::ffff:169.254.169.254",), id="mapped-metadata"),
    ],
)
def test_resolve_refuses_a_name_with_a_private_address(addresses):
    """One private address among those of a name refuses the name, at once and when it is used."""
    guard = PublicAddressGuard(resolver=resolver(*addresses))

    with pytest.raises(AddressRefused):
        asyncio.run(guard.resolve("http://media.example.com/a.mp4"))
    with pytest.raises(AddressRefused):
        asyncio.run(guard.admit("http://media.example.com/a.mp4"))


def test_resolve_returns_the_addresses_that_were_checked():
    """The destination holds exactly the addresses that the resolver gave."""
    guard = PublicAddressGuard(resolver=resolver("8.8.8.8", "2606:4700::1111"))

    destination = asyncio.run(guard.resolve("http://media.example.com/a.mp4"))

    assert [str(each) for each in destination.addresses] == ["8.8.8.8", "2606:4700::1111"]


def test_resolve_asks_the_resolver_each_time():
    """A name that was public when admitted is refused when it has become private since."""
    answers = iter([("8.8.8.8",), ("127.0.0.1",)])

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    guard = PublicAddressGuard(resolver=rebinding)

    asyncio.run(guard.admit("http://media.example.com/a.mp4"))

    with pytest.raises(AddressRefused):
        asyncio.run(guard.resolve("http://media.example.com/a.mp4"))


def test_admit_lets_an_unknown_name_through():
    """A name without an address is admitted, because only its use shows that it stays so."""
    guard = PublicAddressGuard(resolver=resolver())

    assert asyncio.run(guard.admit("http://media.example.com/a.mp4")).host == "media.example.com"
    with pytest.raises(DownloadFailed):
        asyncio.run(guard.resolve("http://media.example.com/a.mp4"))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1:9000/a.mp4", id="as-given"),
        pytest.param("http://127.1:9000/a.mp4", id="other-spelling"),
    ],
)
def test_check_exempts_an_allowed_origin(url):
    """Scheme, host and port together are what is allowed, however the host is spelt."""
    guard = PublicAddressGuard(["http://127.0.0.1:9000"])

    assert str(guard.check(url).address) == "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1:9001/a.mp4", id="other-port"),
        pytest.param("https://127.0.0.1:9000/a.mp4", id="other-scheme"),
        pytest.param("http://127.0.0.2:9000/a.mp4", id="other-host"),
    ],
)
def test_check_exempts_nothing_beside_an_allowed_origin(url):
    """An allowed origin says nothing about another port, scheme or host."""
    guard = PublicAddressGuard(["http://127.0.0.1:9000/"])

    with pytest.raises(AddressRefused):
        guard.check(url)


def test_guard_names_the_option_of_a_malformed_origin():
    """An allowed origin that is no URL is a wrong use, told with the option's name."""
    with pytest.raises(UsageError, match="--allow-origin localhost"):
        PublicAddressGuard(["localhost:9000"])
