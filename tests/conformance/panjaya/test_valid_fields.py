"""What creating, uploading and adding languages accept, field by field; rows in acceptances.py.

The 36 source and 35 target locales travel with the uploads, one of each in a request.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dubcheck.strategies.locales import SOURCE_LOCALE_CODES, TARGET_LOCALE_CODES

from .acceptances import ACCEPTANCES, source_acceptance, target_acceptance
from .examination import Examination
from .stimuli import TOPICS, Acceptance, is_promised, requirement_of

# Hebrew as source is a promise of its own in each operation: test_locales.py.
LOCALES = (
    *(source_acceptance(code) for code in SOURCE_LOCALE_CODES if code != "he-IL"),
    *(target_acceptance(code) for code in TARGET_LOCALE_CODES),
)


def _case(topic: str) -> Any:
    rows: Sequence[Acceptance] = (*ACCEPTANCES, *LOCALES)
    promised = [row for row in rows if is_promised(topic, row.fact)]
    facts = {fact for row in promised for fact in (row.fact, *row.also) if is_promised(topic, fact)}
    marks = pytest.mark.judges(*sorted(requirement_of(topic, fact) for fact in facts))
    return pytest.param(topic, promised, id=topic, marks=marks)


@pytest.mark.parametrize(("subject", "acceptances"), [*map(_case, TOPICS)], indirect=["subject"])
def test_documented_field_is_accepted(
    acceptances: list[Acceptance], examination: Examination
) -> None:
    """A request in which a field has a documented value, or lies at a bound, is accepted."""
    examination.accepts(acceptances)
