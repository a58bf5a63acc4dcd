"""createJob: what the document leaves open; whichever reading is followed is noted."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi

# The question, the reading of an acceptance, the fields that are set, and a spoken name.
QUESTIONS: list[tuple[str, str, dict[str, object], str]] = [
    ("lag-above-3", "accepts", {"translation_lag_time": 3.001}, "just-above-3"),
    ("lag-above-3", "accepts", {"translation_lag_time": 5}, "5"),
    ("language-code-spelling", "normalises", {"target_lang": "ES"}, "capitals"),
    # Where one is taken and shown as it was sent, a rule says that it is no listed language.
    ("language-code-spelling", "normalises", {"target_lang": "es-ES"}, "with-region"),
    ("language-code-spelling", "normalises", {"target_lang": "pt-BR"}, "with-another-region"),
    ("language-code-spelling", "normalises", {"source_lang": "en-US"}, "source-with-region"),
    ("same-source-and-target", "accepts", {"source_lang": "es"}, "es-to-es"),
    ("null-optional-fields", "takes-the-default", {"source_lang": None}, "source"),
    ("null-optional-fields", "takes-the-default", {"reduce_accent": None}, "accent"),
    ("null-optional-fields", "takes-the-default", {"translation_lag_time": None}, "lag"),
    ("null-optional-fields", "takes-the-default", {"original_speech_volume": None}, "volume"),
    ("coercible-values", "converts", {"translation_lag_time": "1"}, "text-for-a-number"),
    ("coercible-values", "converts", {"reduce_accent": 1}, "number-for-a-boolean"),
    ("unknown-request-fields", "ignores", {"dubcheck_unknown": 1}, "unknown"),
]


def _cases() -> list[Any]:
    return [
        pytest.param(
            f"pinch.create-job.{slug}",
            accepted,
            fields,
            id=f"{slug}-{name}",
            marks=pytest.mark.judges(f"pinch.create-job.{slug}"),
        )
        for slug, accepted, fields, name in QUESTIONS
    ]


@pytest.mark.parametrize(("question", "accepted", "fields"), _cases())
def test_job_reading_is_noted(
    question: str,
    accepted: str,
    fields: dict[str, object],
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """What the document does not rule on is either accepted or refused."""
    answer = dubbing.create_job({**job_body, **fields})

    refused = "refuses"
    reception.reads(question, answer, accepted=accepted, refused=refused)


@pytest.mark.judges("pinch.create-job.reduce-accent-default")
def test_accent_default_cannot_be_observed(plain_answer: Answer, evidence: Evidence) -> None:
    """No answer tells whether accents were reduced when nothing was said of them."""
    evidence.reads("pinch.create-job.reduce-accent-default", "not-observable", plain_answer)
