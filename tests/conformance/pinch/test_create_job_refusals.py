"""createJob: what must be refused; each request differs from an accepted one in one respect."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets.job_lists import LARGEST_LIMIT, read_listing
from dubcheck.targets.pinch import JOBS, DubbingApi
from dubcheck.targets.receptions import is_refusal

STATUS = "pinch.create-job.bad-request-status-is-400"
JSON_HEADERS = {"Content-Type": "application/json"}
NO_TEXTS = {"null": None, "number": 5, "object": {"code": "es"}, "list": ["es"]}
NO_NUMBERS = {"object": {"seconds": 1}, "list": [1], "word": "loud"}
NO_BOOLEANS = {"object": {"on": True}, "list": [True], "word": "perhaps"}
NO_OBJECTS = {"list": [{"target_lang": "es"}], "text": "es", "number": 1, "null": None}


def _case(slug: str, field: str, name: str, value: object) -> Any:
    requirement = f"pinch.create-job.{slug}"
    marks = pytest.mark.judges(requirement)
    return pytest.param(field, value, requirement, id=f"{field}-{name}", marks=marks)


WRONG_TYPES = [
    *(_case("source-url-wrong-type-is-refused", "source_url", *item) for item in NO_TEXTS.items()),
    *(
        _case("target-lang-wrong-type-is-refused", "target_lang", *item)
        for item in NO_TEXTS.items()
    ),
    # Null in an optional field is a question of its own.
    *(
        _case("source-lang-wrong-type-is-refused", "source_lang", name, NO_TEXTS[name])
        for name in ("number", "object", "list")
    ),
    *(
        _case("reduce-accent-wrong-type-is-refused", "reduce_accent", *item)
        for item in NO_BOOLEANS.items()
    ),
    *(_case("lag-wrong-type-is-refused", "translation_lag_time", *i) for i in NO_NUMBERS.items()),
    *(
        _case("volume-wrong-type-is-refused", "original_speech_volume", *i)
        for i in NO_NUMBERS.items()
    ),
]
BEYOND_BOUNDS = [
    _case("negative-lag-is-refused", "translation_lag_time", "just-below-0", -0.001),
    _case("negative-lag-is-refused", "translation_lag_time", "minus-1", -1),
    _case("lag-above-5-is-refused", "translation_lag_time", "just-above-5", 5.001),
    _case("lag-above-5-is-refused", "translation_lag_time", "6", 6),
    _case("negative-volume-is-refused", "original_speech_volume", "just-below-0", -0.001),
    _case("negative-volume-is-refused", "original_speech_volume", "minus-1", -1),
    _case("volume-above-1-is-refused", "original_speech_volume", "just-above-1", 1.001),
    _case("volume-above-1-is-refused", "original_speech_volume", "2", 2),
]
# Swedish and Dutch are languages that the list lacks. Spellings with a region are in the questions.
FOREIGN_LANGUAGES = [
    _case("unsupported-target-is-refused", "target_lang", "swedish", "sv"),
    _case("unsupported-target-is-refused", "target_lang", "dutch", "nl"),
    _case("unsupported-target-is-refused", "target_lang", "unknown", "xx"),
    _case("unsupported-target-is-refused", "target_lang", "name", "Klingon"),
    _case("empty-target-is-refused", "target_lang", "empty", ""),
    _case("auto-target-is-refused", "target_lang", "auto", "auto"),
    _case("unsupported-source-is-refused", "source_lang", "swedish", "sv"),
    _case("unsupported-source-is-refused", "source_lang", "dutch", "nl"),
    _case("unsupported-source-is-refused", "source_lang", "unknown", "xx"),
]


@pytest.mark.parametrize(
    ("field", "requirement"),
    [
        pytest.param(field, name, id=field, marks=pytest.mark.judges(name))
        for field, name in (
            ("source_url", "pinch.create-job.source-url-is-required"),
            ("target_lang", "pinch.create-job.target-lang-is-required"),
        )
    ],
)
def test_job_requires_field(
    field: str,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A job that lacks one of the two required fields is refused."""
    del job_body[field]

    answer = dubbing.create_job(job_body)

    reception.refused(requirement, answer, status=STATUS)


@pytest.mark.parametrize(("field", "value", "requirement"), [*WRONG_TYPES, *BEYOND_BOUNDS])
def test_job_refuses_value(
    field: str,
    value: object,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A value of a type that cannot be converted, or beyond the documented bounds, is refused."""
    job_body[field] = value

    answer = dubbing.create_job(job_body)

    reception.refused(requirement, answer, status=STATUS)


@pytest.mark.parametrize(("field", "value", "requirement"), FOREIGN_LANGUAGES)
def test_job_refuses_language(
    field: str,
    value: object,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A language outside the ten, an empty one, and `auto` as target are refused."""
    job_body[field] = value

    answer = dubbing.create_job(job_body)

    reception.refused(requirement, answer)


@pytest.mark.judges("pinch.create-job.refused-job-is-not-created")
def test_refused_job_is_not_listed(
    job_body: dict[str, Any], dubbing: DubbingApi, evidence: Evidence
) -> None:
    """A refused job does not appear in the list."""
    requirement = "pinch.create-job.refused-job-is-not-created"
    body = {**job_body, "target_lang": "xx"}

    # Others may create jobs meanwhile, but hardly every time.
    always_grows = all(_newcomers(dubbing, body) for _ in range(3))

    evidence.holds(
        requirement,
        not always_grows,
        message="the list grows with every job that is refused",
        expected="no new job",
        actual="a new job each time",
    )


@pytest.mark.judges("pinch.create-job.malformed-json-is-refused")
@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize(
    "content", [b'{"target_lang": "es", "source_url":', b"target_lang=es"], ids=["cut-off", "form"]
)
def test_job_refuses_malformed_json(
    content: bytes, dubbing: DubbingApi, reception: Reception
) -> None:
    """A body that is not JSON is refused."""
    answer = dubbing.send("POST", JOBS, content=content, headers=JSON_HEADERS)

    reception.refused("pinch.create-job.malformed-json-is-refused", answer, status=STATUS)


@pytest.mark.judges("pinch.create-job.non-object-body-is-refused")
@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize("value", NO_OBJECTS.values(), ids=NO_OBJECTS)
def test_job_refuses_a_body_that_is_no_object(
    value: object, dubbing: DubbingApi, reception: Reception
) -> None:
    """A JSON body that is a list, a text, a number or null is refused."""
    answer = dubbing.create_job(value)

    reception.refused("pinch.create-job.non-object-body-is-refused", answer, status=STATUS)


@pytest.mark.judges("pinch.create-job.non-object-body-is-refused")
@pytest.mark.usefixtures("job_body")
def test_job_refuses_an_empty_body(dubbing: DubbingApi, reception: Reception) -> None:
    """A request without any body is refused."""
    answer = dubbing.send("POST", JOBS, content=b"", headers=JSON_HEADERS)

    reception.refused("pinch.create-job.non-object-body-is-refused", answer, status=STATUS)


def _newcomers(dubbing: DubbingApi, refused_body: dict[str, Any]) -> list[str]:
    before = read_listing(dubbing, LARGEST_LIMIT, 10)
    answer = dubbing.create_job(refused_body)
    after = read_listing(dubbing, LARGEST_LIMIT, 10)
    if before is None or after is None or not is_refusal(answer):
        pytest.skip("no job was refused, or the list cannot be read")
    return sorted(set(after.ids) - set(before.ids))
