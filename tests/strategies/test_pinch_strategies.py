"""Pinch strategies obey the contract, or break exactly the rule they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.locales import PINCH_LANGUAGES
from dubcheck.strategies.pinch import jobs, languages, lists, uploads

BrokenFields = Callable[[str, str, Any], set[str]]
URLS = st.just("https://cdn.example.com/video.mp4")
quick = settings(max_examples=30, deadline=None)

BROKEN_JOBS = {
    "source_url absent": (jobs.create_job_bodies_without_source_url(URLS), ""),
    "target_lang absent": (jobs.create_job_bodies_without_target_lang(URLS), ""),
    "lag below zero": (jobs.create_job_bodies_with_lag_below_zero(URLS), "translation_lag_time"),
    "lag above five": (jobs.create_job_bodies_with_lag_above_five(URLS), "translation_lag_time"),
    "disputed lag": (jobs.create_job_bodies_with_disputed_lag(URLS), "translation_lag_time"),
    "text lag": (jobs.create_job_bodies_with_text_lag(URLS), "translation_lag_time"),
    "volume below zero": (
        jobs.create_job_bodies_with_volume_below_zero(URLS),
        "original_speech_volume",
    ),
    "volume above one": (
        jobs.create_job_bodies_with_volume_above_one(URLS),
        "original_speech_volume",
    ),
    "unsupported target": (jobs.create_job_bodies_with_unsupported_target(URLS), "target_lang"),
    "disputed target": (jobs.create_job_bodies_with_disputed_target(URLS), "target_lang"),
    "auto target": (jobs.create_job_bodies_with_auto_target(URLS), "target_lang"),
    "unsupported source": (jobs.create_job_bodies_with_unsupported_source(URLS), "source_lang"),
} | {
    f"{field} of wrong type": (jobs.create_job_bodies_with_wrong_type(URLS, field), field)
    for field in jobs.WRONG_TYPES
}
BROKEN_UPLOADS = {
    "filename absent": uploads.upload_url_bodies_without_filename(),
    "content_type absent": uploads.upload_url_bodies_without_content_type(),
    "filename of wrong type": uploads.upload_url_bodies_with_wrong_type("filename"),
    "content_type of wrong type": uploads.upload_url_bodies_with_wrong_type("content_type"),
}


@quick
@given(body=jobs.create_job_bodies(URLS))
def test_create_job_bodies_obey_the_contract(broken_fields: BrokenFields, body: Any) -> None:
    """A drawn body breaks nothing, and its languages differ."""
    broken = broken_fields("pinch", "CreateJobRequest", body)

    assert (broken, body.get("source_lang") == body["target_lang"]) == (set(), False)


@pytest.mark.parametrize("name", BROKEN_JOBS)
@quick
@given(draw=st.data())
def test_broken_job_body_breaks_only_the_field_it_names(
    broken_fields: BrokenFields, name: str, draw: st.DataObject
) -> None:
    """A broken body breaks the contract at one place, the one in its strategy's name."""
    strategy, field = BROKEN_JOBS[name]

    body = draw.draw(strategy)

    assert broken_fields("pinch", "CreateJobRequest", body) == {field}


@quick
@given(body=jobs.create_job_bodies_with_disputed_lag(URLS))
def test_disputed_lag_lies_above_three_and_at_most_at_five(body: Any) -> None:
    """A disputed lag is over 3 s and not over 5 s."""
    assert 3 < body["translation_lag_time"] <= 5


@quick
@given(body=uploads.upload_url_bodies())
def test_upload_url_bodies_obey_the_contract(broken_fields: BrokenFields, body: Any) -> None:
    """A drawn body breaks nothing."""
    assert broken_fields("pinch", "UploadUrlRequest", body) == set()


@pytest.mark.parametrize("name", BROKEN_UPLOADS)
@quick
@given(draw=st.data())
def test_broken_upload_url_body_breaks_the_contract(
    broken_fields: BrokenFields, name: str, draw: st.DataObject
) -> None:
    """A body without a field, or with one of a wrong type, breaks exactly one place."""
    body = draw.draw(BROKEN_UPLOADS[name])

    assert len(broken_fields("pinch", "UploadUrlRequest", body)) == 1


@quick
@given(query=lists.list_queries())
def test_list_queries_stay_inside_the_bounds(query: Any) -> None:
    """A limit is 1 to 100 and an offset 0 or more, where they are there."""
    assert 1 <= query.get("limit", 1) <= 100
    assert query.get("offset", 0) >= 0


@quick
@given(code=languages.unsupported_languages())
def test_unsupported_languages_share_no_code_with_the_listed(code: str) -> None:
    """An unsupported code is none of the ten in any case, nor "auto"."""
    assert code.lower()[:2] not in PINCH_LANGUAGES or len(code) == 3
    assert code not in (*PINCH_LANGUAGES, "auto")


@pytest.mark.parametrize("bound", [0, 3, 0.0, 3.0, 1.5])
def test_lag_times_reach_their_bounds(bound: float) -> None:
    """Both bounds are drawn, and a value between them."""
    assert find(jobs.lag_times(), lambda lag: lag == bound) == bound


@pytest.mark.parametrize("kind", [int, float])
@pytest.mark.parametrize(
    "numbers", [jobs.lag_times(), jobs.speech_volumes()], ids=["lags", "volumes"]
)
def test_numbers_are_drawn_as_integers_and_as_floats(
    numbers: SearchStrategy[float], kind: type
) -> None:
    """JSON integers and JSON floats are both sent."""
    assert isinstance(find(numbers, lambda number: isinstance(number, kind)), kind)


def test_broken_job_body_shrinks_to_its_core() -> None:
    """The smallest body with a negative lag holds the two required fields and the lag."""
    body = find(jobs.create_job_bodies_with_lag_below_zero(URLS), lambda _: True)

    assert set(body) == {"source_url", "target_lang", "translation_lag_time"}
