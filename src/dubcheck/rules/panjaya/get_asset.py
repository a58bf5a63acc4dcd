"""What stays the same in every answer about one asset, and where it comes from.

Source: vendor-docs/panjaya.txt, Get Asset.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING, Exchange, value_at
from dubcheck.rules.moments import Moment, moment_of
from dubcheck.rules.outcome import Outcome, failed, holds, passed
from dubcheck.rules.panjaya.asset_history import AssetHistory, asset_rule
from dubcheck.rules.panjaya.languages import entries_of, locales_of
from dubcheck.rules.panjaya.requests import name_to_be_shown, requested_source
from dubcheck.rules.panjaya.sequences import is_before
from dubcheck.rules.panjaya.vocabulary import API, READY, is_answered_well, is_empty, is_refused
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "panjaya.get-asset."
_OUTAGE = 3  # answers in a row


@exchange_rule(
    API,
    ("getAsset", "addLanguages"),
    [f"{_ID}asset-id-is-echoed", "panjaya.add-languages.asset-id-is-echoed"],
)
def asked_asset(exchange: Exchange) -> Iterator[Outcome]:
    """The answer is about the asset in the path."""
    shown, asked = exchange.field("asset_id"), exchange.path_parameters.get("asset_id")
    if is_answered_well(exchange) and isinstance(shown, str) and asked:
        if shown != asked and (shown.startswith(asked) or asked.startswith(shown)):
            return  # a part of an id was taken for it, and should not have been found
        topic = "get-asset" if exchange.operation == "getAsset" else "add-languages"
        yield holds(
            f"panjaya.{topic}.asset-id-is-echoed",
            shown == asked,
            "the answer is about another asset than the path names",
            expected=asked,
            actual=shown,
        )


@asset_rule(f"{_ID}asset-is-found-at-once")
def found_at_once(history: AssetHistory) -> Iterator[Outcome]:
    """The first request after the creation finds the asset."""
    creation = history.creation
    asked = [item for item in history.asked if creation and is_before(creation, item)]
    if creation is None or not asked:
        return
    first = asked[0]
    if first.succeeded or is_refused(first):
        yield resting_on(
            holds(
                f"{_ID}asset-is-found-at-once",
                first.succeeded,
                "an asset is not found right after its creation",
                expected="the asset",
                actual=first.response.status if first.response else None,
            ),
            creation,
            first,
        )


@asset_rule(f"{_ID}found-status-is-200")
def found_status(history: AssetHistory) -> Iterator[Outcome]:
    """An asset that was shown once is shown again, with 200."""
    was_shown = False
    for exchange in history.asked:
        # Before it was ever shown, a refusal is that of an asset not found at once.
        if exchange.succeeded or (was_shown and is_refused(exchange)):
            status = exchange.response.status if exchange.response else None
            message = "an asset of the account is answered with another status"
            outcome = holds(
                f"{_ID}found-status-is-200", status == 200, message, expected=200, actual=status
            )
            yield resting_on(outcome, exchange)
        was_shown = was_shown or exchange.succeeded
    last = [item.response.status for item in history.asked[-_OUTAGE:] if item.response]
    # One 500 is an accident of the service; an asset that ends in nothing else is a broken promise.
    if last == [500] * _OUTAGE and (was_shown or history.creation):
        message = "an asset of the account is answered with 500, again and again"
        outcome = failed(f"{_ID}found-status-is-200", message, expected=200, actual=500)
        yield resting_on(outcome, *history.asked[-_OUTAGE:])


@asset_rule(f"{_ID}name-is-that-of-creation", f"{_ID}locale-is-that-of-creation")
def kept_words(history: AssetHistory) -> Iterator[Outcome]:
    """Name and source locale are those of the creation.

    Where the creation's answer differs from its request, or that of an addition from both, that is
    told of the creation or of the addition: either is then taken here.
    """
    creation = history.creation
    if creation is None:
        return
    expectations = (
        ("name", f"{_ID}name-is-that-of-creation", name_to_be_shown(creation)),
        ("locale", f"{_ID}locale-is-that-of-creation", requested_source(creation)),
    )
    for field, requirement, requested in expectations:
        answered = creation.field(field)
        for exchange in history.sightings:
            shown = exchange.field(field)
            if isinstance(answered, str) and isinstance(shown, str):
                told = [item.field(field) for item in history.changes if is_before(item, exchange)]
                outcome = holds(
                    requirement,
                    shown in (answered, requested, *told),
                    f"`{field}` is another than the creation answered with",
                    expected=answered,
                    actual=shown,
                )
                yield resting_on(outcome, creation, exchange)


@asset_rule(f"{_ID}creation-time-never-changes")
def kept_creation_time(history: AssetHistory) -> Iterator[Outcome]:
    """`created_at` is one instant in every answer."""
    first: tuple[Moment, Exchange, object] | None = None
    for exchange, text in _creation_times(history):
        moment = moment_of(text)
        if moment is None:
            continue
        if first is None:
            first = moment, exchange, text
            continue
        outcome = holds(
            f"{_ID}creation-time-never-changes",
            first[0].is_stamped_like(moment),
            "`created_at` of one asset is another instant than before",
            expected=first[2],
            actual=text,
        )
        yield resting_on(outcome, first[1], exchange)


def _creation_times(history: AssetHistory) -> Iterator[tuple[Exchange, object]]:
    for exchange in history.shown:
        yield exchange, exchange.field("created_at")
    for exchange in history.lists:
        for entry in exchange.field("assets"):
            if value_at(entry, "asset_id") == history.id:
                yield exchange, value_at(entry, "created_at")


@asset_rule(f"{_ID}languages-are-the-requested-ones")
def kept_languages(history: AssetHistory) -> Iterator[Outcome]:
    """As long as none was added, the languages are those of the creation."""
    creation, named = history.creation, history.named_locales()
    if creation is None or named is None:
        return
    # What the creation's own answer gets wrong is told of the creation.
    accepted = [sorted(named), sorted(locales_of(creation) or named)]
    for exchange in history.sightings:
        shown = locales_of(exchange)
        if shown is not None and not any(
            item.started_at <= exchange.ended_at for item in history.changes
        ):
            # What a refused addition left behind is told of the addition.
            refused = history.refused_locales(exchange) - set(named)
            outcome = holds(
                f"{_ID}languages-are-the-requested-ones",
                sorted(item for item in shown if item not in refused) in accepted,
                "the asset has other languages than it was created with",
                expected=named,
                actual=shown,
            )
            yield resting_on(outcome, creation, exchange)


@exchange_rule(API, "getAsset", [f"{_ID}ready-asset-has-duration"])
def duration(exchange: Exchange) -> Iterator[Outcome]:
    """Once an asset is Ready its duration is known; a wrong type is the schema's finding."""
    if not is_answered_well(exchange) or exchange.field("status") != READY:
        return
    seconds = exchange.field("duration")
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if is_empty(seconds) or is_number:
        yield holds(
            f"{_ID}ready-asset-has-duration",
            is_number,
            "an asset that is Ready has no duration",
            expected="a number of seconds",
            actual=seconds,
        )


@exchange_rule(
    API, "getAsset", [f"{_ID}versions-stand-under-languages", f"{_ID}version-has-version-id"]
)
def versions(exchange: Exchange) -> Iterator[Outcome]:
    """Where the versions of a Ready asset stand."""
    entries = entries_of(exchange)
    if not is_answered_well(exchange) or exchange.field("status") != READY or not entries:
        return
    lists = [entry.get("versions", MISSING) for entry in entries]
    yield holds(
        f"{_ID}versions-stand-under-languages",
        MISSING not in lists,
        "a language has no `versions`",
        expected="`versions` in each entry of `languages`",
        actual=entries,
    )
    found = [item for part in lists if isinstance(part, list) for item in part]
    if found:
        named = [isinstance(item, dict) and "version_id" in item for item in found]
        if all(named):
            yield passed(f"{_ID}version-has-version-id")
        else:
            message = "a version is listed without `version_id`"
            yield failed(
                f"{_ID}version-has-version-id", message, expected="version_id", actual=found
            )
