"""What adding languages answers, in the light of what the asset was before.

Source: vendor-docs/panjaya.txt, Add Languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds
from dubcheck.rules.panjaya.asset_history import AssetHistory, asset_rule
from dubcheck.rules.panjaya.languages import locales_of
from dubcheck.rules.panjaya.requests import (
    name_to_be_shown,
    requested_source,
    sent_locales,
)
from dubcheck.rules.panjaya.sequences import first_after
from dubcheck.rules.panjaya.vocabulary import API, DUBBING, is_answered_well, is_refused
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "panjaya.add-languages."


@exchange_rule(API, "addLanguages", [f"{_ID}status-returns-to-dubbing"])
def status_after(exchange: Exchange) -> Iterator[Outcome]:
    """The asset is being dubbed again."""
    status = exchange.field("status")
    if is_answered_well(exchange) and isinstance(status, str):
        yield holds(
            f"{_ID}status-returns-to-dubbing",
            status == DUBBING,
            "an asset that languages were just added to has another status",
            expected=DUBBING,
            actual=status,
        )


@asset_rule(f"{_ID}name-is-unchanged", f"{_ID}source-locale-is-unchanged")
def unchanged_words(history: AssetHistory) -> Iterator[Outcome]:
    """Name and source locale stay what they were."""
    creation = history.creation
    requested = {
        "name": creation and name_to_be_shown(creation),
        "locale": creation and requested_source(creation),
    }
    requirements = {
        "name": f"{_ID}name-is-unchanged",
        "locale": f"{_ID}source-locale-is-unchanged",
    }
    for addition in history.accepted_additions:
        known = history.before(addition)
        for field, requirement in requirements.items():
            before, after = known and known.field(field), addition.field(field)
            if known and isinstance(before, str) and isinstance(after, str):
                outcome = holds(
                    requirement,
                    after in (before, requested[field]),
                    f"adding languages answers with another `{field}` than the asset had",
                    expected=before,
                    actual=after,
                )
                yield resting_on(outcome, known, addition)


def _shows_each(added: list[str], shown: list[str], earlier: list[str] | None) -> bool:
    # What was there already may stand there twice: what that leads to is open.
    are_new = earlier is not None and not set(earlier) & set(added)
    return all(shown.count(locale) == 1 if are_new else locale in shown for locale in added)


@asset_rule(
    f"{_ID}added-languages-are-shown",
    f"{_ID}earlier-languages-are-kept",
    f"{_ID}added-language-stands-last",
)
def answered_languages(history: AssetHistory) -> Iterator[Outcome]:
    """The answer holds the added languages after the earlier ones."""
    for addition in history.accepted_additions:
        shown, added = locales_of(addition), history.added_locales(addition)
        known = history.before(addition)
        earlier = locales_of(known) if known else None
        if shown is None:
            continue
        if added is not None:
            yield resting_on(
                holds(
                    f"{_ID}added-languages-are-shown",
                    _shows_each(added, shown, earlier),
                    "the answer does not show each added language, and a new one once",
                    expected=added,
                    actual=shown,
                ),
                addition,
            )
        if known is not None and earlier:
            outcome = holds(
                f"{_ID}earlier-languages-are-kept",
                set(earlier) <= set(shown),
                "the answer lacks a language that the asset had",
                expected=earlier,
                actual=shown,
            )
            yield resting_on(outcome, known, addition)
            if added and set(shown) == {*earlier, *added} and not set(earlier) & set(added):
                outcome = holds(
                    f"{_ID}added-language-stands-last",
                    shown[-len(added) :] == added,
                    "the added language does not stand after the earlier ones",
                    expected=[*earlier, *added],
                    actual=shown,
                )
                yield resting_on(outcome, known, addition)


@asset_rule(f"{_ID}refusal-changes-nothing")
def refused_additions(history: AssetHistory) -> Iterator[Outcome]:
    """A refused request adds none of its languages."""
    for addition in history.additions:
        known, after = history.before(addition), first_after(addition, history.sightings)
        named = sent_locales(addition)
        if not is_refused(addition) or known is None or after is None or not named:
            continue
        before, shown = locales_of(known), locales_of(after)
        if before is None or shown is None or not history.is_unchanged_between(known, after):
            continue
        added = [item for item in shown if item in named and item not in before]
        outcome = holds(
            f"{_ID}refusal-changes-nothing",
            not added,
            "a refused request added languages to the asset",
            expected=before,
            actual=shown,
        )
        yield resting_on(outcome, known, addition, after)
