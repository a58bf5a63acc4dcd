"""What creating, uploading and adding languages refuse, field by field; rows in refusals.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .examination import Examination
from .refusals import REFUSALS
from .stimuli import TOPICS, Refusal, is_promised, requirement_of


def _cases() -> Iterator[Any]:
    for topic in TOPICS:
        for field, rows in REFUSALS.items():
            promised = [row for row in rows if is_promised(topic, row.fact)]
            facts = {fact for row in promised for fact in (row.fact, row.status_fact) if fact}
            if promised:
                marks = pytest.mark.judges(*sorted(requirement_of(topic, fact) for fact in facts))
                yield pytest.param(topic, promised, id=f"{topic}-{field}", marks=marks)


@pytest.mark.parametrize(("subject", "refusals"), [*_cases()], indirect=["subject"])
def test_invalid_field_is_refused(refusals: list[Refusal], examination: Examination) -> None:
    """A request in which one field breaks its documented rule is refused."""
    examination.refuses(refusals)
