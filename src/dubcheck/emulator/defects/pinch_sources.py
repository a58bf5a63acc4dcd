"""Pinch fetches what it must not fetch, or does not fetch what it must.

What is fetched wrongly becomes the emulator's built-in sample: nothing private is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.ways import Document, When, accepts, receives

FETCHED = "https://cdn.example.com/emulator-succeeds.mp4"
NOT_FETCHED = "https://cdn.example.com/emulator-download-failed.mp4"
PROCESSING_FAILS = "https://cdn.example.com/emulator-processing-failed.mp4"
PAGE_FAILS = "https://cdn.example.com/emulator-unsupported-format.mp4"
OWN_FOLDER = "/pinch-dubbing/uploads/"


def _source(call: Call) -> str:
    document = call.document
    url = document.get("source_url") if isinstance(document, dict) else None
    return url if isinstance(url, str) else ""


def _host(call: Call) -> str:
    """The host as it is spelt, in small letters, without a name before it or a port."""
    try:
        return urlsplit(_source(call)).hostname or ""
    except ValueError:
        return ""


def _spelt(test: Callable[[str], bool]) -> When:
    return lambda call: _source(call).startswith("http") and test(_source(call))


def _at(*hosts: str) -> When:
    """Uploads lie at such an address themselves, and stay what they are."""
    return lambda call: _host(call) in hosts and not _is_upload(call)


def _under(prefix: str) -> When:
    return lambda call: _host(call).startswith(prefix)


def _mapped(test: Callable[[IPv6Address], bool]) -> When:
    def when(call: Call) -> bool:
        try:
            address = ip_address(_host(call))
        except ValueError:
            return False
        is_mapped = isinstance(address, IPv6Address) and address.ipv4_mapped is not None
        return is_mapped and test(address)  # type: ignore[arg-type] # told by is_mapped

    return when


def _leads_to(url: str) -> Callable[[Document], None]:
    return lambda document: document.update(source_url=url)


# Which promise, how it is broken, and the spelling that is let through.
LET_THROUGH: tuple[tuple[str, str, When], ...] = (
    ("localhost", "every-spelling", lambda call: _host(call).rstrip(".") == "localhost"),
    ("localhost", "capitals-only", _spelt(lambda url: "//LOCALHOST" in url)),
    ("localhost", "trailing-dot-only", _at("localhost.")),
    ("loopback-address", "the-usual-one", _at("127.0.0.1")),
    ("loopback-address", "end-of-its-range", _at("127.255.255.254")),
    ("loopback-address", "behind-a-user-name", _spelt(lambda url: "@127.0.0.1" in url)),
    ("private-10-address", "whole-range", _under("10.")),
    ("private-10-address", "beyond-the-first-256", _under("10.255.")),
    ("private-172-address", "whole-range", _under("172.")),
    ("private-172-address", "only-172.16-is-known", _under("172.31.")),
    ("private-192-address", "whole-range", _under("192.168.")),
    ("private-192-address", "only-192.168.0-is-known", _under("192.168.255.")),
    ("link-local-address", "whole-range", _under("169.254.")),
    ("link-local-address", "metadata-of-clouds", _at("169.254.169.254")),
    ("shared-address", "whole-range", _under("100.")),
    ("shared-address", "only-100.64-is-known", _under("100.127.")),
    ("unspecified-address", "both", _at("0.0.0.0", "::")),
    ("unspecified-address", "ipv4-only", _at("0.0.0.0")),
    ("unspecified-address", "ipv6-only", _at("::")),
    ("ipv6-loopback", "both-spellings", _at("::1", "0:0:0:0:0:0:0:1")),
    ("ipv6-loopback", "long-spelling-only", _at("0:0:0:0:0:0:0:1")),
    ("ipv6-private-address", "unique-local", _under("fd")),
    ("ipv6-private-address", "only-fd-is-known", _under("fc")),
    ("ipv6-private-address", "link-local", _under("fe80")),
    ("mapped-private-address", "every-spelling", _mapped(lambda _: True)),
    ("mapped-private-address", "hexadecimal-only", _spelt(lambda url: "[::ffff:7f00:1]" in url)),
    ("mapped-private-address", "10-only", _mapped(lambda ip: str(ip.ipv4_mapped)[:3] == "10.")),
    ("disguised-private-address", "one-number", _at("2130706433")),
    ("disguised-private-address", "hexadecimal", _at("0x7f000001")),
    ("disguised-private-address", "octal", _at("0177.0.0.1")),
    ("disguised-private-address", "two-parts", _at("127.1")),
    ("other-scheme", "ftp", lambda call: _source(call).startswith("ftp:")),
    ("other-scheme", "file", lambda call: _source(call).startswith("file:")),
    ("other-scheme", "data", lambda call: _source(call).startswith("data:")),
    ("unresolvable-host", "dubs-what-it-has", _at("dubcheck.invalid")),
)


def _is_public_file(call: Call) -> bool:
    has_host = bool(re.match(r"https?://.", _source(call)))
    return has_host and OWN_FOLDER not in _source(call)


def _names_no_kind(call: Call) -> bool:
    last = _source(call).partition("?")[0].rpartition("/")[2]
    return _is_public_file(call) and bool(last) and "." not in last


def _is_upload(call: Call) -> bool:
    return OWN_FOLDER in _source(call)


def _loses_query(document: Document) -> None:
    document["source_url"] = str(document["source_url"]).partition("?")[0]


def _fetches(when: When) -> Act:
    return accepts("createJob", when, _leads_to(FETCHED))


def _turned_away() -> Iterator[Defect]:
    never = _leads_to(NOT_FETCHED)
    cases: tuple[tuple[str, str, Callable[[Document], Any], When], ...] = (
        ("upload-source-url-is-dubbed", "never-finds-uploads", never, _is_upload),
        (
            "public-url-is-dubbed",
            "never-fetches",
            never,
            lambda call: _is_public_file(call) and "?" not in _source(call),
        ),
        ("public-url-is-dubbed", "wants-an-extension", never, _names_no_kind),
        ("url-with-query-is-dubbed", "loses-the-query", _loses_query, _is_public_file),
        (
            "url-with-query-is-dubbed",
            "quotes-the-query",
            lambda job: job.update(source_url=str(job["source_url"]).replace("?", "%3F")),
            _is_public_file,
        ),
    )
    for fact, slug, change, when in cases:
        yield Defect(f"pinch.source-url.{fact}", slug, receives("createJob", change, when))
    yield Defect("pinch.source-url.upload-source-url-is-dubbed", "plain-names-only", _loses_named)


async def _loses_named(call: Call, following: Next, memory: Memory) -> Reply:
    """What was uploaded under a name with blanks is not found by its job."""
    if call.operation == "createJob" and memory.kept.get(_source(call)):
        call = call.with_document({**call.document, "source_url": NOT_FETCHED})
    reply = await following(call)
    if call.operation == "createUploadUrl" and reply.succeeded:
        memory.kept[reply.document["source_url"]] = " " in call.document["filename"]
    return reply


def _is_gone(call: Call) -> bool:
    return _source(call).endswith("/no-such-file.mp3")


def _not_had() -> Iterator[Defect]:
    """Sources that cannot be had, and jobs that give another reason."""
    promise = "pinch.job-errors.missing-source-is-download-failed"
    for slug, when, wrong in (
        ("unresolvable-host-is-an-accident", _at("dubcheck.invalid"), PROCESSING_FAILS),
        ("404-is-an-accident", _is_gone, PROCESSING_FAILS),
        ("page-of-a-404-is-no-medium", _is_gone, PAGE_FAILS),
    ):
        yield Defect(promise, slug, receives("createJob", _leads_to(wrong), when))


DEFECTS = (
    *(
        Defect(f"pinch.source-url.{kind}-is-not-dubbed", slug, _fetches(when))
        for kind, slug, when in LET_THROUGH
    ),
    *_turned_away(),
    *_not_had(),
)
