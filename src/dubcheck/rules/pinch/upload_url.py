"""What the answer to a request for an upload URL must hold, and the PUT that follows it.

Source: Dubbing API Reference, "Upload Media (optional)".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import clocks_of
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.pinch.links import (
    SIGNING_NAMES,
    link_end,
    link_life_seconds,
    link_place,
    link_query,
)
from dubcheck.rules.pinch.request_oracle import has_fault
from dubcheck.rules.pinch.vocabulary import API, as_number, is_known_caller
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.upload-url."
# AWS Signature V4 allows no more, so that a larger number is none of seconds.
LONGEST_LIFE_SECONDS = 604_800.0
_LIFE_TOLERANCE_SECONDS = 5.0  # a life counted from another moment of the same answer


def _is_granted(exchange: Exchange) -> bool:
    return exchange.succeeded and is_known_caller(exchange) and not has_fault(exchange)


@exchange_rule(API, "createUploadUrl", [f"{_ID}answers-200-or-201", f"{_ID}success-status"])
def granted_status(exchange: Exchange) -> Iterator[Outcome]:
    """200 or 201, and which of them."""
    if exchange.response is None or not _is_granted(exchange):
        return
    status = exchange.response.status
    yield holds(
        f"{_ID}answers-200-or-201",
        status in (200, 201),
        "an upload URL is given with another success status",
        expected="200 or 201",
        actual=status,
    )
    if status in (200, 201):
        yield read(f"{_ID}success-status", "ok-200" if status == 200 else "created-201")


@exchange_rule(
    API,
    "createUploadUrl",
    [f"{_ID}expires-in-is-3600", f"{_ID}link-expiry-agrees", f"{_ID}upload-url-is-sigv4-presigned"],
)
def upload_link(exchange: Exchange) -> Iterator[Outcome]:
    """The link itself, and how long it lives."""
    if not _is_granted(exchange):
        return
    url, announced = exchange.field("upload_url"), as_number(exchange.field("expires_in_sec"))
    if announced is not None and announced > 0:
        yield holds(
            f"{_ID}expires-in-is-3600",
            announced == 3600,
            "the upload URL has another life time than the samples show",
            expected=3600,
            actual=announced,
        )
        yield from _life_agreement(exchange, announced)
    if isinstance(url, str):
        yield holds(
            f"{_ID}upload-url-is-sigv4-presigned",
            link_query(url).keys() >= SIGNING_NAMES,
            "the query of `upload_url` lacks parameters of AWS Signature V4",
            expected=sorted(SIGNING_NAMES),
            actual=sorted(link_query(url)),
        )


def _life_agreement(exchange: Exchange, announced: float) -> Iterator[Outcome]:
    url = exchange.field("upload_url")
    stated, tolerance_seconds = link_life_seconds(url), _LIFE_TOLERANCE_SECONDS
    end = link_end(url, exchange) if stated is None else None
    if end is not None:
        lives = [end.seconds - clock for clock in clocks_of(exchange)]
        stated = min(lives, key=lambda life: abs(life - announced))
        tolerance_seconds = end.tolerance_seconds
    agrees = stated is not None and abs(stated - announced) <= tolerance_seconds
    if announced > LONGEST_LIFE_SECONDS and not (end is not None and agrees):
        yield failed(
            f"{_ID}link-expiry-agrees",
            "`expires_in_sec` announces a longer life than a presigned link of S3 can have",
            expected=f"at most {LONGEST_LIFE_SECONDS:g} seconds (7 days)",
            actual=announced,
        )
    elif stated is not None:
        yield holds(
            f"{_ID}link-expiry-agrees",
            agrees,
            "the query of `upload_url` states another life time than `expires_in_sec`",
            expected=announced,
            actual=stated,
        )


@run_rule(API, [f"{_ID}upload-ids-are-unique", f"{_ID}upload-urls-are-distinct"])
def unique_uploads(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """No two uploads share an id or a place."""
    ids: dict[str, Exchange] = {}
    places: dict[str, Exchange] = {}
    for exchange in exchanges:
        if exchange.operation != "createUploadUrl" or not _is_granted(exchange):
            continue
        identifier = exchange.field("upload_id")
        if isinstance(identifier, str) and identifier:
            if identifier in ids:
                yield _repeated("upload-ids-are-unique", identifier, ids[identifier], exchange)
                continue
            ids[identifier] = exchange
        place = link_place(exchange.field("upload_url"))
        if place is not None:
            if place in places:
                yield _repeated("upload-urls-are-distinct", place, places[place], exchange)
            places[place] = exchange
    if len(ids) > 1:
        yield resting_on(passed(f"{_ID}upload-ids-are-unique"), *ids.values())
    if len(places) > 1:
        yield resting_on(passed(f"{_ID}upload-urls-are-distinct"), *places.values())


def _repeated(slug: str, value: str, first: Exchange, second: Exchange) -> Outcome:
    message = "two uploads were given the same one"
    finding = failed(_ID + slug, message, expected="one of its own for each upload", actual=value)
    return resting_on(finding, first, second)
