"""Which promises of Panjaya are broken on purpose. That each is seen, the matrix shows."""

from __future__ import annotations

from collections import Counter

from dubcheck.contract import Level, load_contract
from dubcheck.emulator.defects import all_defects

# Reviewed: promises that no wrong server can break in a way a black box could see, each with why.
WITHOUT_DEFECT: dict[str, str] = {}

MUSTS = {
    name
    for name, requirement in load_contract("panjaya").requirements.items()
    if requirement.level is Level.MUST
}
DEFECTS = tuple(item for item in all_defects() if item.requirement.startswith("panjaya."))


def test_every_must_of_panjaya_has_a_defect() -> None:
    """Each must is broken by at least one defect, or stands in the reviewed list."""
    broken = {defect.requirement for defect in DEFECTS}

    assert broken | set(WITHOUT_DEFECT) == MUSTS


def test_no_exception_is_stale() -> None:
    """A promise in the reviewed list has no defect."""
    broken = {defect.requirement for defect in DEFECTS}

    assert broken.isdisjoint(WITHOUT_DEFECT)


def test_every_defect_of_panjaya_has_a_name_of_its_own() -> None:
    """No two defects share requirement and slug: only the first of them could be served."""
    counts = Counter(defect.name for defect in DEFECTS)

    assert [name for name, count in counts.items() if count > 1] == []
