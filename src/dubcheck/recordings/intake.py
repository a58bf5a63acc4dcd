"""From the entries of one file to exchanges: redacted, matched to operations, with their times.

No secret leaves this module. Which exchanges belong together is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dubcheck.exchange import EMPTY, Body, Exchange, Redactor, Request, Response
from dubcheck.exchange.bodies import body_from
from dubcheck.exchange.redaction import redact_url
from dubcheck.recordings.entries import Entry
from dubcheck.recordings.own_cassettes import shelved
from dubcheck.recordings.places import Found, Places

_KEY_HEADERS = ("authorization", "proxy-authorization", "x-api-key", "api-key")
_SHORTEST_KEY = 12  # a shorter one may be a word of any answer
_STORAGE_METHODS = ("GET", "HEAD", "PUT")
_STEP_SECONDS = 1e-3  # between exchanges of which only the order is known
_LINK = re.compile(r"https?://[^\s\"'<>\\]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """One exchange of an API, or one that storage or a client's receiver may have served.

    `service` is empty where only what an API was told, or tells, shows whose it is; `account` is a
    digest of the key that was sent, empty where the file does not hold it.
    """

    exchange: Exchange
    service: str
    account: str


def taken_from(entries: Iterable[Entry], places: Places, prefix: str) -> Iterator[Taken]:
    """What the entries of one file hold of the APIs, in their order."""
    listed = [(entry, places.find(entry.method, entry.url)) for entry in entries]
    chosen = [(entry, found) for entry, found in listed if found or may_belong(entry)]
    redactor = Redactor(_keys(entry for entry, _ in chosen))
    starts = _starts(chosen)
    for number, (entry, found) in enumerate(chosen):
        exchange = _exchange(entry, found, redactor, f"{prefix}-{number + 1}")
        if starts is None:
            started = number * _STEP_SECONDS
            exchange = replace(exchange, started_at=started, elapsed_seconds=0.0, is_timed=False)
        else:
            exchange = replace(exchange, started_at=starts[number])
        yield Taken(exchange, found.service if found else "", _account(entry))


def may_belong(entry: Entry) -> bool:
    """Whether the URL could be a presigned link, or that of a receiver of callbacks."""
    is_answered = entry.status is not None
    if entry.method == "POST":
        return is_answered and b'"event"' in (entry.request_body or b"")
    return is_answered and entry.method in _STORAGE_METHODS and "?" in entry.url


def announced_links(exchange: Exchange) -> Iterator[str]:
    """Every URL in the answer of an API, as it is recorded."""
    response = exchange.response
    if exchange.operation and exchange.succeeded and response is not None:
        yield from _LINK.findall((response.body.content or b"").decode("utf-8", "replace"))


def _keys(entries: Iterable[Entry]) -> set[str]:
    values = (
        entry.request_headers.get(name, "").split()[-1:]
        for entry in entries
        for name in _KEY_HEADERS
    )
    return {key for found in values for key in found if len(key) >= _SHORTEST_KEY}


def _account(entry: Entry) -> str:
    key = entry.request_headers.get("authorization", "").split()[-1:]
    return hashlib.sha256(key[0].encode("utf-8", "replace")).hexdigest() if key else ""


def _starts(chosen: list[tuple[Entry, Found | None]]) -> list[float] | None:
    """When each began, never before the one ahead of it; None where one of an API does not tell."""
    latest, starts = 0.0, []
    for entry, found in chosen:
        start = entry.started_at if entry.started_at is not None else entry.dated_at
        if start is None and found is not None:
            return None
        latest = max(latest, start or 0.0)
        starts.append(latest)
    return starts


def _exchange(entry: Entry, found: Found | None, redactor: Redactor, name: str) -> Exchange:
    response = None
    if entry.status is not None:
        headers = entry.response_headers
        body = _body(entry.response_body, headers, redactor, entry.response_size_bytes)
        response = Response(entry.status, redactor.headers(headers), body)
    return Exchange(
        id=name,
        api=found.api if found else "pinch",
        operation=found.operation if found else None,
        path_parameters=found.path_parameters if found else {},
        request=Request(
            method=entry.method,
            url=redactor.text(redact_url(entry.url)),
            headers=redactor.headers(entry.request_headers),
            body=_body(entry.request_body, entry.request_headers, redactor),
            credential=entry.credential,
        ),
        response=response,
        started_at=0.0,
        elapsed_seconds=entry.elapsed_seconds,
        failure=entry.failure and redactor.text(entry.failure),
        intent=entry.place,
    )


def _body(
    content: bytes | None, headers: Mapping[str, str], redactor: Redactor, size_bytes: int = 0
) -> Body:
    if content is None:
        return Body(None, size_bytes)
    by_reference = shelved(content)
    if by_reference is not None:
        return by_reference
    if not content:
        return EMPTY
    return body_from(content, headers.get("content-type", ""), redactor)
