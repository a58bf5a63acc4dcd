"""Presigned links: what their query tells about their life. Signatures are not recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import moment_of, service_clock

LINK_TOLERANCE_SECONDS = 60.0  # a link may be signed some moments before or after it is announced
END_TOLERANCE_SECONDS = 300.0  # where the end is stated by itself, perhaps for a whole window
SIGNING_NAMES = frozenset(
    f"x-amz-{name}"
    for name in ("algorithm", "credential", "date", "expires", "signedheaders", "signature")
)

# A life in seconds from a moment of its own: AWS Signature V4 and Google's V4.
_LIVES = (("x-amz-expires", "x-amz-date"), ("x-goog-expires", "x-goog-date"))
# The end itself: S3's older signatures and CloudFront, signed tokens, Azure.
_ENDS = ("expires", "exp", "se")
_FARTHEST_END_SECONDS = 366 * 86_400.0  # a number farther away may count something else


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """When a link dies, and how far another statement of it may be off. Units: UNIX seconds."""

    seconds: float
    tolerance_seconds: float


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
    query = link_query(url)
    lives = [query[name] for name, _ in _LIVES if name in query]
    return float(lives[0]) if len(lives) == 1 and re.fullmatch(r"\d{1,9}", lives[0]) else None


def link_end(url: Any, exchange: Exchange) -> LinkEnd | None:
    """When a link of this answer says that it dies; None where it does not say so beyond doubt."""
    query, life = link_query(url), link_life_seconds(url)
    if life is not None:
        signed = next(query.get(date, "") for name, date in _LIVES if name in query)
        try:
            start = datetime.strptime(signed, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return None
        return LinkEnd(start.timestamp() + life, LINK_TOLERANCE_SECONDS)
    stated = [query[name] for name in _ENDS if name in query]
    seconds = _unix_seconds(stated[0]) if len(stated) == 1 else None
    clock = service_clock(exchange)
    if seconds is None or clock is None or abs(seconds - clock) > _FARTHEST_END_SECONDS:
        return None
    return LinkEnd(seconds, END_TOLERANCE_SECONDS)


def _unix_seconds(text: str) -> float | None:
    if re.fullmatch(r"\d{10}", text):
        return float(text)
    moment = moment_of(text)
    return moment.seconds if moment is not None and moment.has_zone else None
