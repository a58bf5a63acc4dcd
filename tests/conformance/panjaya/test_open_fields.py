"""What creating, uploading and adding languages do where the documents are silent; noted only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from .examination import Examination
from .questions import QUESTIONS, SRT_QUESTIONS
from .stimuli import TOPICS, Question, is_promised, requirement_of


def _case(topic: str) -> Any:
    rows: Sequence[Question] = (*QUESTIONS, *SRT_QUESTIONS)
    promised = [row for row in rows if is_promised(topic, row.fact)]
    names = sorted({requirement_of(topic, row.fact) for row in promised})
    return pytest.param(topic, promised, id=topic, marks=pytest.mark.judges(*names))


@pytest.mark.parametrize(("subject", "questions"), [*map(_case, TOPICS)], indirect=["subject"])
def test_open_field_is_noted(questions: list[Question], examination: Examination) -> None:
    """A request on which the documents do not rule is accepted or refused, and that is noted."""
    examination.reads(questions)
