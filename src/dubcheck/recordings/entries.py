"""One request with its answer as a file holds it, still with its secrets. No format lives here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dubcheck.exchange import Credential

_EARLIEST_YEAR = 2000  # recorders without a clock write the year 1970


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a recording.

    Shape: header names in lower case. A body is None where the file does not hold it.
    Units: `started_at` UNIX seconds, or None where the file does not tell; `elapsed_seconds`.
    """

    place: str
    method: str
    url: str
    request_headers: Mapping[str, str] = field(default_factory=dict)
    request_body: bytes | None = b""
    status: int | None = None
    response_headers: Mapping[str, str] = field(default_factory=dict)
    response_body: bytes | None = b""
    response_size_bytes: int = 0
    started_at: float | None = None
    elapsed_seconds: float = 0.0
    failure: str | None = None
    is_from_cache: bool = False
    credential: Credential = Credential.UNKNOWN

    @property
    def dated_at(self) -> float | None:
        """When the answer says that it was given."""
        return unix_seconds(self.response_headers.get("date"))


def header_map(pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined; pseudo-headers of HTTP/2 are left out."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        key = str(name).strip().lower()
        if key and not key.startswith(":") and value is not None:
            headers[key] = f"{headers[key]}, {value}" if key in headers else str(value)
    return headers


def unix_seconds(value: Any) -> float | None:
    """The moment of an ISO 8601 text with a zone, an HTTP date or a parsed timestamp, or None."""
    moment = moment_of(value)
    if moment is None or moment.tzinfo is None or moment.year < _EARLIEST_YEAR:
        return None
    return moment.timestamp()


def moment_of(value: Any) -> datetime | None:
    """The moment that a value names, with its zone if it has one, or None."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value.strip())
            moment.timestamp()
        except (ValueError, OverflowError):
            continue
        return moment
    return None
