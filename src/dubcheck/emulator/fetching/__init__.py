"""Fetching what a customer's URL names, as a service on the internet must: public addresses only,
pinned to what was checked, bounded. What a refusal means to an API, its pack knows.

When a request brings a URL: `await guard.admit(url)` (text and a quick look at DNS), or
`guard.check(url)` (text only). When it is used: `await download(...)`, which checks again.
"""

from __future__ import annotations

from dubcheck.emulator.fetching.download import Downloaded, DownloadLimits, download
from dubcheck.emulator.fetching.guard import Destination, PublicAddressGuard
from dubcheck.emulator.fetching.refusals import (
    AddressRefused,
    DownloadFailed,
    InvalidUrl,
    TooLarge,
    Unfetchable,
)

__all__ = [
    "AddressRefused",
    "Destination",
    "DownloadFailed",
    "DownloadLimits",
    "Downloaded",
    "InvalidUrl",
    "PublicAddressGuard",
    "TooLarge",
    "Unfetchable",
    "download",
]
