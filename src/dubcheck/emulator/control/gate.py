"""Who may use the control surface: nobody's web page but our own; keys are not asked for.

A page elsewhere can make a browser send requests to localhost. Its Origin gives it away, and where
a name was rebound to this machine the Host does.
"""

from __future__ import annotations

from ipaddress import ip_address

from dubcheck.emulator.messages import Request
from dubcheck.errors import ApiError


class Forbidden(ApiError):
    """The request comes from a page of another host."""

    def __init__(self, message: str) -> None:
        super().__init__(403, message, code="forbidden")


def check_sender(request: Request, own_host: str) -> None:
    """Return for tools and for our own page; raises Forbidden for pages of others."""
    if not _is_local_name(_host_name(request.host), own_host):
        raise Forbidden("The control surface answers under an IP address or a local name only")
    origin = request.header(b"origin")
    if origin is not None and origin.decode("latin-1") != request.origin:
        raise Forbidden("The control surface does not answer pages of another origin")
    if request.header(b"sec-fetch-site") in (b"cross-site", b"same-site"):
        raise Forbidden("The control surface does not answer pages of another site")


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _is_local_name(name: str, own_host: str) -> bool:
    """A name without a dot cannot be rebound by a stranger; an address cannot be at all."""
    if name == own_host or "." not in name.rstrip(".") or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
