"""Presigned links: what their query tells about their life. Signatures are not recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LINK_TOLERANCE_SECONDS = 60.0  # a link may be signed some moments before or after it is announced
SIGNING_NAMES = frozenset(
    f"x-amz-{name}"
    for name in ("algorithm", "credential", "date", "expires", "signedheaders", "signature")
)


def link_query(url: Any) -> Mapping[str, str]:
    """The query parameters, names in lower case; empty where there is no URL."""
    if not isinstance(url, str):
        return {}
    try:
        query = urlsplit(url).query
    except ValueError:
        return {}
    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}


def link_place(url: Any) -> str | None:
    """Host and path of a link, where its query does nothing but sign it."""
    if not isinstance(url, str) or link_query(url).keys() - SIGNING_NAMES - {
        "x-amz-security-token"
    }:
        return None
    return url.partition("?")[0]


def link_life_seconds(url: Any) -> float | None:
    """For how long the link says that it was signed."""
    value = link_query(url).get("x-amz-expires", "")
    return float(value) if re.fullmatch(r"\d{1,9}", value) else None


def link_expiry(url: Any) -> float | None:
    """When the link says that it dies, as UNIX seconds."""
    query, life = link_query(url), link_life_seconds(url)
    if life is not None:
        try:
            signed = datetime.strptime(query.get("x-amz-date", ""), "%Y%m%dT%H%M%SZ")
        except ValueError:
            return None
        return signed.replace(tzinfo=UTC).timestamp() + life
    # S3's older signatures and CloudFront state the end itself.
    stated = query.get("expires", "")
    return float(stated) if re.fullmatch(r"\d{9,11}", stated) else None
