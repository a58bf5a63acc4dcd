"""What creating or uploading an asset answers, besides the name.

Source: vendor-docs/panjaya.txt, Create Asset and Upload Asset.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import is_present, moment_of
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.panjaya.languages import locales_of
from dubcheck.rules.panjaya.requests import requested_locales, requested_source
from dubcheck.rules.panjaya.vocabulary import API, CREATORS, DUBBING, is_answered_well
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on, settle

_CREATING = tuple(CREATORS)


def _ids(*facts: str) -> list[str]:
    return [f"panjaya.{topic}.{fact}" for topic in CREATORS.values() for fact in facts]


@exchange_rule(
    API,
    (*_CREATING, "addLanguages"),
    [*_ids("success-status-code"), "panjaya.add-languages.success-status-code"],
)
def success_status(exchange: Exchange) -> Iterator[Outcome]:
    """Which status answers what was created or added."""
    if exchange.response is not None and is_answered_well(exchange):
        topic = CREATORS.get(exchange.operation or "", "add-languages")
        if exchange.response.status in (200, 201):
            question = f"panjaya.{topic}.success-status-code"
            yield read(question, f"status-{exchange.response.status}")


@exchange_rule(
    API,
    _CREATING,
    _ids("source-locale-is-echoed", "languages-are-echoed", "languages-keep-their-order"),
)
def echoed_locales(exchange: Exchange) -> Iterator[Outcome]:
    """The answer names the source and the targets that were asked for."""
    if not is_answered_well(exchange):
        return
    prefix = f"panjaya.{CREATORS[exchange.operation or '']}."
    source, shown_source = requested_source(exchange), exchange.field("locale")
    if source is not None and isinstance(shown_source, str):
        yield holds(
            f"{prefix}source-locale-is-echoed",
            shown_source == source,
            "the answer names another source locale than the request",
            expected=source,
            actual=shown_source,
        )
    targets, shown = requested_locales(exchange), locales_of(exchange)
    if targets is None or shown is None:
        return
    yield holds(
        f"{prefix}languages-are-echoed",
        sorted(shown) == sorted(targets),
        "the answer holds other languages than the request",
        expected=targets,
        actual=shown,
    )
    if sorted(shown) == sorted(targets):
        yield holds(
            f"{prefix}languages-keep-their-order",
            shown == targets,
            "the languages stand in another order than in the request",
            expected=targets,
            actual=shown,
        )


@exchange_rule(API, _CREATING, _ids("status-starts-as-dubbing", "creation-time-is-now"))
def first_sight(exchange: Exchange) -> Iterator[Outcome]:
    """A new asset is being dubbed, and is new."""
    if not is_answered_well(exchange):
        return
    prefix = f"panjaya.{CREATORS[exchange.operation or '']}."
    status, created_at = exchange.field("status"), exchange.field("created_at")
    if isinstance(status, str):
        yield holds(
            f"{prefix}status-starts-as-dubbing",
            status == DUBBING,
            "an asset just created has another status",
            expected=DUBBING,
            actual=status,
        )
    moment = moment_of(created_at)
    is_now = None if moment is None else is_present(moment, exchange)
    if is_now is not None:
        yield holds(
            f"{prefix}creation-time-is-now",
            is_now,
            "an asset just created has another time of creation",
            expected="the time of the request",
            actual=created_at,
        )


@run_rule(API, _ids("asset-ids-are-distinct"))
def distinct_ids(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """No two creations are answered with the same id."""
    return settle(_repeated_ids(exchanges))


def _repeated_ids(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    owners: dict[str, Exchange] = {}
    for exchange in exchanges:
        if exchange.operation not in CREATORS or not is_answered_well(exchange):
            continue
        asset_id = exchange.field("asset_id")
        if isinstance(asset_id, str):
            earlier = owners.setdefault(asset_id, exchange)
            if len(owners) > 1 or earlier is not exchange:
                outcome = holds(
                    f"panjaya.{CREATORS[exchange.operation]}.asset-ids-are-distinct",
                    earlier is exchange,
                    "two assets have one id",
                    expected="an id of its own",
                    actual=asset_id,
                )
                seen = (exchange,) if earlier is exchange else (earlier, exchange)
                yield resting_on(outcome, *seen)
