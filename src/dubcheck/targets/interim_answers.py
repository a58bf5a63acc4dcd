"""Connections of requests that read past interim answers, such as 103, to the final one.

The standard library skips 100 alone, and would take any other for the answer, and the answer for
that of the next request. Nothing here knows what is sent.

Source: RFC 9110, section 15.2: a client reads any number of 1xx answers before the final one.
"""

from __future__ import annotations

import http.client

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

_SWITCHING = 101  # what follows it is no HTTP


class _FinalResponse(http.client.HTTPResponse):
    """Reads on while an answer is interim."""

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc] # not in typeshed
        while _SWITCHING < status <= 199:
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


class _Connection(HTTPConnection):
    response_class = _FinalResponse


class _SecureConnection(HTTPSConnection):
    response_class = _FinalResponse


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _Pool, "https": _SecurePool}
