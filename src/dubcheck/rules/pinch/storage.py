"""Uploads that storage took and outputs that it gave. What it refuses, probes tell.

Source: Dubbing API Reference, "Upload Media" and "Output format"; workflow steps 2 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, passed
from dubcheck.rules.pinch.vocabulary import API, is_known_caller
from dubcheck.rules.registry import run_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.storage."
_LINKS = {
    "getJob": ("output_url", f"{_ID}output-url-downloads"),
    "getJobResult": ("download_url", f"{_ID}download-url-downloads"),
}


@run_rule(API, [f"{_ID}put-is-accepted"])
def taken_uploads(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """The bare file was taken at the upload URL, under the type that was declared."""
    declared: dict[object, Exchange] = {}
    for exchange in exchanges:
        if exchange.operation == "createUploadUrl" and exchange.succeeded:
            place = (exchange.field("upload_url"), exchange.sent("content_type"))
            if all(isinstance(item, str) for item in place):
                declared[place] = exchange
        elif exchange.request.method == "PUT" and exchange.succeeded:
            given = (exchange.request.url, exchange.request.headers.get("content-type"))
            if given in declared:
                yield resting_on(passed(f"{_ID}put-is-accepted"), declared[given], exchange)


@run_rule(API, [name for _, name in _LINKS.values()])
def fetched_outputs(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A GET of a link yielded a file."""
    links: dict[str, list[tuple[str, Exchange]]] = {}
    for exchange in exchanges:
        if exchange.operation in _LINKS and exchange.succeeded and is_known_caller(exchange):
            field, requirement = _LINKS[exchange.operation]
            url = exchange.field(field)
            if isinstance(url, str):
                links.setdefault(url, []).append((requirement, exchange))
        elif exchange.request.method == "GET" and _has_file(exchange):
            for requirement, source in links.get(exchange.request.url, ())[-1:]:
                yield resting_on(passed(requirement), source, exchange)


def _has_file(exchange: Exchange) -> bool:
    response = exchange.response
    return response is not None and response.status == 200 and response.body.size_bytes > 0
