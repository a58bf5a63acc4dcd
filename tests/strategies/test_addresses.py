"""URLs of non-public hosts really lead to non-public addresses."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dubcheck.strategies.addresses import AddressFamily, private_urls

quick = settings(max_examples=40, deadline=None)
NUMERIC = [family for family in AddressFamily if family is not AddressFamily.LOCALHOST]


@pytest.mark.parametrize("family", NUMERIC, ids=lambda family: family.name.lower())
@quick
@given(draw=st.data())
def test_private_url_leads_to_no_public_address(family: AddressFamily, draw: st.DataObject) -> None:
    """The system's own resolver reads each numeric host as an address that is not public."""
    url = draw.draw(private_urls(family))

    host = urlsplit(url).hostname
    found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)

    assert not any(ip_address(entry[4][0].partition("%")[0]).is_global for entry in found)
