"""Each promise of Pinch is broken by a planted defect, so that the matrix can show it is seen."""

from __future__ import annotations

import pytest

from dubcheck.contract import Level, load_contract
from dubcheck.emulator.defects import all_defects

# No defect can break these for a black box; each with its reason.
EXCEPTIONS: dict[str, frozenset[str]] = {"pinch": frozenset()}


@pytest.mark.parametrize("api", EXCEPTIONS)
def test_every_must_has_a_defect(api: str) -> None:
    """Every must of an API is broken by a defect, or is a reviewed exception."""
    broken = {defect.requirement for defect in all_defects()}

    musts = load_contract(api).requirements.values()
    missing = {item.id for item in musts if item.level is Level.MUST} - broken

    assert missing == EXCEPTIONS[api]


def test_no_two_defects_have_the_same_name() -> None:
    """A name that is served stands for one defect."""
    names = [defect.name for defect in all_defects()]

    assert len(names) == len(set(names))
