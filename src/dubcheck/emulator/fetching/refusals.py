"""Why a URL was not fetched; how each API words it, its pack knows.

Unfetchable
├── InvalidUrl        not a URL of the form http(s)://host[:port]/...
├── AddressRefused    it leads to an address that is not public
├── DownloadFailed    nothing whole arrived: no such name, no answer, a status other than 200, a cut
└── TooLarge          more than the allowed number of bytes
"""

from __future__ import annotations


class Unfetchable(Exception):
    """A URL was not fetched; the message says why, for logs and control."""


class InvalidUrl(Unfetchable):
    """The text is no URL that may be fetched, wherever it leads."""


class AddressRefused(Unfetchable):
    """The URL, its name's addresses or a redirect lead somewhere that is not public."""


class DownloadFailed(Unfetchable):
    """The transfer did not yield a whole file."""


class TooLarge(Unfetchable):
    """The file exceeds the limit."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes = limit_bytes
