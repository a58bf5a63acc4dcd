"""Limit boundaries and language validity as properties over generated requests.

Each property states one requirement; hypothesis shrinks what breaks it to the plainest request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.strategies.pinch import jobs, lists
from dubcheck.strategies.seconds import Number, numbers_between
from dubcheck.targets.pinch import DubbingApi

NAME = "pinch.create-job."
STATUS = f"{NAME}bad-request-status-is-400"
JSON_HEADERS = {"Content-Type": "application/json"}
SHARE = 0.12  # single probes have tried the plainest values already
Bodies = Callable[[SearchStrategy[str]], SearchStrategy[dict[str, Any]]]

INVALID_BODIES: dict[str, Bodies] = {
    "unsupported-target-is-refused": jobs.create_job_bodies_with_unsupported_target,
    "unsupported-source-is-refused": jobs.create_job_bodies_with_unsupported_source,
    "negative-lag-is-refused": jobs.create_job_bodies_with_lag_below_zero,
    "lag-above-5-is-refused": jobs.create_job_bodies_with_lag_above_five,
    "negative-volume-is-refused": jobs.create_job_bodies_with_volume_below_zero,
    "volume-above-1-is-refused": jobs.create_job_bodies_with_volume_above_one,
}
# No listed code, not even to a service that cuts a text at its first odd character.
ODD_LANGUAGE = "x\x00"
BETWEEN_BOUNDS = {
    "lag-between-bounds-is-accepted": ("translation_lag_time", numbers_between(0.001, 2.999)),
    "volume-between-bounds-is-accepted": ("original_speech_volume", numbers_between(0.001, 0.999)),
}
LANGUAGE_FIELDS = {
    "unsupported-target-is-refused": "target_lang",
    "unsupported-source-is-refused": "source_lang",
}
WRONG_TYPES = {
    "source_url": "source-url-wrong-type-is-refused",
    "target_lang": "target-lang-wrong-type-is-refused",
    "source_lang": "source-lang-wrong-type-is-refused",
    "reduce_accent": "reduce-accent-wrong-type-is-refused",
    "translation_lag_time": "lag-wrong-type-is-refused",
    "original_speech_volume": "volume-wrong-type-is-refused",
}


def _cases(slugs: Mapping[str, object]) -> list[Any]:
    return [
        pytest.param(value, NAME + slug, id=slug, marks=pytest.mark.judges(NAME + slug))
        for slug, value in slugs.items()
    ]


@pytest.mark.parametrize(("bodies", "requirement"), _cases(INVALID_BODIES))
def test_invalid_job_is_refused(
    bodies: Bodies,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    explore: Explorer,
) -> None:
    """Whatever else a job says, a value outside its bounds or its list is refused."""

    def send(body: dict[str, Any]) -> None:
        reception.refused(requirement, dubbing.create_job(body))

    share = SHARE * 3 if requirement.endswith("target-is-refused") else SHARE
    explore(bodies(st.just(job_body["source_url"])), send, share=share)


@pytest.mark.parametrize(("field", "requirement"), _cases(LANGUAGE_FIELDS))
def test_language_of_odd_characters_is_refused(
    field: str,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A language that holds a NUL is refused like any other.

    Half a surrogate pair is not sent: RFC 8259, section 8.2, foretells nothing of such a text.
    """
    reception.refused(requirement, dubbing.create_job({**job_body, field: ODD_LANGUAGE}))


@pytest.mark.parametrize(("option", "requirement"), _cases(BETWEEN_BOUNDS))
def test_documented_number_is_accepted(
    option: tuple[str, SearchStrategy[Number]],
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    explore: Explorer,
) -> None:
    """Any lag and any volume between their bounds is accepted, however small its step."""
    field, values = option

    def send(value: Number) -> None:
        reception.accepted(requirement, dubbing.create_job({**job_body, field: value}))

    explore(values, send, share=SHARE)


@pytest.mark.parametrize(
    ("field", "requirement"), _cases({slug: field for field, slug in WRONG_TYPES.items()})
)
def test_wrong_type_is_refused(
    field: str,
    requirement: str,
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    explore: Explorer,
) -> None:
    """Whatever else a job says, a field of a type that cannot be converted is refused."""

    def send(body: dict[str, Any]) -> None:
        reception.refused(requirement, dubbing.create_job(body), status=STATUS)

    bodies = jobs.create_job_bodies_with_wrong_type(st.just(job_body["source_url"]), field)
    explore(bodies, send, share=SHARE)


def test_valid_job_is_judged_by_the_rules(
    job_body: dict[str, Any], dubbing: DubbingApi, explore: Explorer
) -> None:
    """Any combination of documented values makes a job that keeps what the rules ask of it."""
    explore(
        jobs.create_job_bodies(st.just(job_body["source_url"])), dubbing.create_job, share=SHARE
    )


@pytest.mark.parametrize(
    "queries",
    [
        lists.list_queries(),
        lists.list_queries_with_limit_above_hundred(),
        lists.list_queries_with_limit_below_one(),
        lists.list_queries_with_negative_offset(),
    ],
    ids=["valid", "limit-above-100", "limit-below-1", "negative-offset"],
)
def test_list_bounds_hold(
    queries: SearchStrategy[dict[str, object]], dubbing: DubbingApi, explore: Explorer
) -> None:
    """Whatever limit and offset are asked for, a page keeps its bounds: the rules judge."""
    explore(queries, dubbing.list_jobs, share=SHARE)
