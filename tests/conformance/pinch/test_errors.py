"""The documented error codes that a request can bring about."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.receptions import is_refusal, told

# The requirement, the field that is wrong, a spoken name, its value, and the code.
CODES = [
    ("no-url-has-code-invalid-url", "source_url", "words", "not a url", "invalid_url"),
    ("no-url-has-code-invalid-url", "source_url", "no-scheme", "video.mp4", "invalid_url"),
    (
        "unsupported-target-has-code-unsupported-language",
        "target_lang",
        "unknown",
        "xx",
        "unsupported_language",
    ),
    (
        "unsupported-target-has-code-unsupported-language",
        "target_lang",
        "swedish",
        "sv",
        "unsupported_language",
    ),
    (
        "auto-target-has-code-unsupported-language",
        "target_lang",
        "auto",
        "auto",
        "unsupported_language",
    ),
    (
        "unsupported-source-has-code-unsupported-language",
        "source_lang",
        "unknown",
        "xx",
        "unsupported_language",
    ),
]


def _cases() -> list[Any]:
    return [
        pytest.param(
            f"pinch.errors.{slug}",
            {field: value},
            code,
            id=f"{field}-{name}",
            marks=pytest.mark.judges(f"pinch.errors.{slug}"),
        )
        for slug, field, name, value, code in CODES
    ]


@pytest.mark.parametrize(("requirement", "fields", "code"), _cases())
def test_refusal_has_code(
    requirement: str,
    fields: dict[str, str],
    code: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    evidence: Evidence,
) -> None:
    """The refusal of a text that is no URL, and of a foreign language, carries its code."""
    answer = dubbing.create_job({**job_body, **fields})

    _judge_code(requirement, code, answer, evidence)


def _judge_code(requirement: str, code: str, answer: Answer, evidence: Evidence) -> None:
    shown = answer.field("error", "code")
    # That there is a code at all, and that the request is refused, are promises of their own.
    if not is_refusal(answer) or not isinstance(shown, str):
        evidence.unjudged(requirement, f"not refused with a code: {told(answer)}", answer)
        return
    evidence.equals(requirement, shown, code, answer, message="the refusal carries another code")
