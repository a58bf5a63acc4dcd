"""That every accepted reading of every question is served by some server, or said why not."""

from __future__ import annotations

from collections import Counter

import pytest

from dubcheck.contract import APIS, load_contract
from dubcheck.emulator.variations import VARIATIONS
from dubcheck.emulator.variations.plain import PLAIN_READINGS
from dubcheck.emulator.variations.unshown import UNSHOWN

ACCEPTED = {
    (requirement.id, reading)
    for api in APIS
    for requirement in load_contract(api).requirements.values()
    for reading in requirement.readings or {}
}
VARIED = {pair for variation in VARIATIONS.values() for pair in variation.shows}


def test_every_reading_is_shown_or_explained() -> None:
    """Each reading is that of the plain emulator, of a variation, or in the reviewed list."""
    shown = {*PLAIN_READINGS, *VARIED, *UNSHOWN}

    assert sorted(ACCEPTED - shown) == []


def test_every_shown_reading_is_in_a_catalogue() -> None:
    """What is said to be shown, or not to be, is a reading of a question."""
    named = {*PLAIN_READINGS, *VARIED, *UNSHOWN}

    assert sorted(named - ACCEPTED) == []


def test_unshown_readings_are_shown_nowhere() -> None:
    """The reviewed list has nothing that is shown after all."""
    assert sorted(UNSHOWN.keys() & {*PLAIN_READINGS, *VARIED}) == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_variation_shows_each_question_once(name: str) -> None:
    """One server follows one reading of a question."""
    counts = Counter(question for question, _ in VARIATIONS[name].shows)

    assert [question for question, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_variation_says_what_it_does_and_why_it_may(name: str) -> None:
    """Each variation has a sentence for what it does, and one for what allows it."""
    variation = VARIATIONS[name]

    assert (variation.summary[-1], variation.allowed[-1]) == (".", ".")


def test_matrix_of_variations_stays_affordable() -> None:
    """There are at most 80 trials: one for each API that a variation concerns."""
    own = [name for name in VARIATIONS if name.startswith(APIS)]

    assert 2 * len(VARIATIONS) - len(own) <= 80
