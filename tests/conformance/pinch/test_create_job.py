"""createJob: the documented values that must be accepted, at and between the bounds."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.strategies.locales import PINCH_AUTO_LANGUAGE, PINCH_LANGUAGES
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi

EVERY_FIELD = "pinch.create-job.accepts-every-field"
OPTIONAL_FIELDS: dict[str, object] = {
    "source_lang": "auto",
    "reduce_accent": False,
    "translation_lag_time": 0,
    "original_speech_volume": 0,
}
ACCEPTED = [
    ("accent-true-is-accepted", "reduce_accent", True),
    ("accent-false-is-accepted", "reduce_accent", False),
    ("lag-of-0-is-accepted", "translation_lag_time", 0),
    ("lag-of-0-is-accepted", "translation_lag_time", 0.0),
    ("lag-between-bounds-is-accepted", "translation_lag_time", 0.5),
    ("lag-between-bounds-is-accepted", "translation_lag_time", 2),
    ("lag-between-bounds-is-accepted", "translation_lag_time", 2.999),
    ("lag-of-3-is-accepted", "translation_lag_time", 3),
    ("volume-of-0-is-accepted", "original_speech_volume", 0),
    ("volume-of-0-is-accepted", "original_speech_volume", 0.0),
    ("volume-between-bounds-is-accepted", "original_speech_volume", 0.1),
    ("volume-between-bounds-is-accepted", "original_speech_volume", 0.999),
    ("volume-of-1-is-accepted", "original_speech_volume", 1),
]


def _values() -> list[Any]:
    return [
        pytest.param(
            field,
            value,
            f"pinch.create-job.{slug}",
            id=f"{field}-{value}",
            marks=pytest.mark.judges(f"pinch.create-job.{slug}"),
        )
        for slug, field, value in ACCEPTED
    ]


def _language_pairs() -> list[Any]:
    """Each source with another target, so that every language is met on both sides once.

    Jobs cost money: eleven show what would take twenty-one one by one.
    """
    sources = (PINCH_AUTO_LANGUAGE, *PINCH_LANGUAGES)
    targets = (*PINCH_LANGUAGES[1:], *PINCH_LANGUAGES[:2])
    return [
        pytest.param(
            source,
            target,
            id=f"{source}-to-{target}",
            marks=pytest.mark.judges(_source_id(source), _target_id(target)),
        )
        for source, target in zip(sources, targets, strict=True)
    ]


def _source_id(language: str) -> str:
    return f"pinch.create-job.source-language-{language}-is-accepted"


def _target_id(language: str) -> str:
    return f"pinch.create-job.target-language-{language}-is-accepted"


@pytest.mark.judges("pinch.create-job.accepts-required-fields-only")
def test_job_with_required_fields_only_is_accepted(
    plain_answer: Answer, reception: Reception
) -> None:
    """A job with `source_url` and `target_lang` alone is accepted."""
    reception.accepted("pinch.create-job.accepts-required-fields-only", plain_answer)


@pytest.mark.judges(EVERY_FIELD)
def test_job_with_every_field_is_accepted(
    job_body: dict[str, Any], dubbing: DubbingApi, reception: Reception, evidence: Evidence
) -> None:
    """A job with every documented field at its sample value is accepted."""
    answer = dubbing.create_job({**job_body, **OPTIONAL_FIELDS})

    culprits = [] if answer.succeeded else _refused_alone(job_body, dubbing)
    if culprits:  # that is the finding of the field's own probe
        evidence.unjudged(EVERY_FIELD, f"refused because of {', '.join(culprits)}", answer)
        return
    reception.accepted(EVERY_FIELD, answer)


@pytest.mark.parametrize(("source", "target"), _language_pairs())
def test_job_between_two_languages_is_accepted(
    source: str,
    target: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """Each of the ten languages is accepted as source and as target, and `auto` as source."""
    body = {**job_body, "source_lang": source, "target_lang": target}

    together = dubbing.create_job(body)

    # Where the pair is refused, each language is asked for beside an accepted one.
    answers = (together, together)
    if not together.succeeded:
        plain = "en" if source == job_body["target_lang"] else job_body["target_lang"]
        alone = {**job_body, "source_lang": source, "target_lang": plain}
        answers = (
            dubbing.create_job(alone),
            dubbing.create_job({**job_body, "target_lang": target}),
        )
    reception.accepted(_source_id(source), answers[0])
    reception.accepted(_target_id(target), answers[1])


@pytest.mark.parametrize(("field", "value", "requirement"), _values())
def test_documented_value_is_accepted(
    field: str,
    value: object,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A value at or between the documented bounds of an option is accepted."""
    job_body[field] = value

    answer = dubbing.create_job(job_body)

    reception.accepted(requirement, answer)


def _refused_alone(body: dict[str, Any], dubbing: DubbingApi) -> list[str]:
    """The optional fields that are refused on their own as well."""
    return [
        name
        for name, value in OPTIONAL_FIELDS.items()
        if not dubbing.create_job({**body, name: value}).succeeded
    ]
