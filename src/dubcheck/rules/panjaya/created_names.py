"""The name that creating or uploading an asset answers with.

Source: vendor-docs/panjaya.txt, Create Asset, field name: cut to 255 characters, not refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds
from dubcheck.rules.panjaya.requests import (
    LONGEST_NAME,
    is_of_foreign_letters,
    requested_name,
)
from dubcheck.rules.panjaya.vocabulary import API, CREATORS, is_answered_well
from dubcheck.rules.registry import run_rule
from dubcheck.rules.settling import resting_on, settle

_FACTS = (
    "name-is-echoed",
    "name-of-255-is-kept",
    "name-of-256-is-cut",
    "name-of-1000-is-cut",
    "non-ascii-name-is-kept",
    "long-non-ascii-name-is-cut",
)


@run_rule(API, [f"panjaya.{topic}.{fact}" for topic in CREATORS.values() for fact in _FACTS])
def shown_names(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Names up to 255 characters are kept, longer ones cut to that."""
    for operation, topic in CREATORS.items():
        own = [item for item in exchanges if item.operation == operation]
        yield from settle(_of_operation(f"panjaya.{topic}.", own))


def _of_operation(prefix: str, exchanges: list[Exchange]) -> Iterator[Outcome]:
    named = [
        (exchange, sent, shown)
        for exchange in exchanges
        if is_answered_well(exchange)
        and (sent := requested_name(exchange)) is not None
        and isinstance(shown := exchange.field("name"), str)
    ]
    cut = _ascii_cut(named)
    for exchange, sent, shown in named:
        if sent.isascii():
            fact, expected = _ascii_fact(sent, cut)
        elif is_of_foreign_letters(sent):
            fact, expected = _foreign_fact(sent, cut)
        else:
            continue
        if fact is not None:
            message = f"a name of {len(sent)} characters is answered as one of {len(shown)}"
            # Longer names may be cut as they should be where the one of 256 is not.
            is_right = shown in (expected, sent[:LONGEST_NAME])
            outcome = holds(f"{prefix}{fact}", is_right, message, expected=expected, actual=shown)
            yield resting_on(outcome, exchange)


def _ascii_cut(named: list[tuple[Exchange, str, str]]) -> int:
    """To how many characters a name of 256 is cut: if wrong, that is told once and not again."""
    lengths = [
        len(shown)
        for _, sent, shown in named
        if len(sent) == LONGEST_NAME + 1 and sent.isascii() and sent.startswith(shown) and shown
    ]
    return lengths[0] if lengths else LONGEST_NAME


def _ascii_fact(sent: str, cut: int) -> tuple[str | None, str]:
    if len(sent) < 2:
        return None, sent  # judged by its probe
    if len(sent) < LONGEST_NAME:
        return "name-is-echoed", sent
    if len(sent) == LONGEST_NAME:
        return "name-of-255-is-kept", sent
    if len(sent) == LONGEST_NAME + 1:
        return "name-of-256-is-cut", sent[:LONGEST_NAME]
    return "name-of-1000-is-cut", sent[:cut]


def _foreign_fact(sent: str, cut: int) -> tuple[str | None, str]:
    if len(sent) > LONGEST_NAME:
        return "long-non-ascii-name-is-cut", sent[:cut]
    # In bytes the name is too long, in characters it is not.
    if len(sent) < LONGEST_NAME < len(sent.encode("utf-8")):
        return "non-ascii-name-is-kept", sent
    return None, sent
