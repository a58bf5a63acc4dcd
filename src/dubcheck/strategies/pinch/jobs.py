"""Bodies of createJob. What a source URL leads to is the probes' matter, so they bring the URLs.

Source: vendor-docs/pinch.txt, Create Dubbing Job, Parameters.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.bodies import (
    Body,
    bodies_with,
    bodies_without,
    numbers_as_values,
    values_of_no_boolean,
    values_of_no_number,
    values_of_no_string,
)
from dubcheck.strategies.locales import PINCH_AUTO_LANGUAGE, PINCH_LANGUAGES
from dubcheck.strategies.pinch.languages import (
    disputed_languages,
    source_languages,
    target_languages,
    unsupported_languages,
)
from dubcheck.strategies.seconds import Number, numbers_between

Urls = SearchStrategy[str]
HIGHEST_LAG_SECONDS = 3
HIGHEST_LAG_OF_A_CLIENT_SECONDS = 5
"""A client of the vendor sends up to 5, so that from 3 to 5 both answers are accepted."""
HIGHEST_VOLUME = 1
_SMALLEST_STEP = 0.001
_FAR = 1000.0


def create_job_bodies(source_urls: Urls) -> SearchStrategy[Body]:
    """Bodies that must be accepted: two different languages, each other field or none."""
    bodies: SearchStrategy[Body] = st.fixed_dictionaries(
        {"source_url": source_urls, "target_lang": target_languages()},
        optional={
            "source_lang": source_languages(),
            "reduce_accent": st.booleans(),
            "translation_lag_time": lag_times(),
            "original_speech_volume": speech_volumes(),
        },
    )
    return bodies.filter(lambda body: body.get("source_lang") != body["target_lang"])


def create_job_bodies_with_every_option(source_urls: Urls) -> SearchStrategy[Body]:
    """Bodies that must be accepted, with each option at another value than its default."""
    bodies: SearchStrategy[Body] = st.fixed_dictionaries(
        {
            "source_url": source_urls,
            "target_lang": target_languages(),
            "source_lang": st.sampled_from(PINCH_LANGUAGES),
            "reduce_accent": st.just(True),
            "translation_lag_time": numbers_between(1, HIGHEST_LAG_SECONDS),
            "original_speech_volume": numbers_between(0.1, HIGHEST_VOLUME),
        }
    )
    return bodies.filter(lambda body: body["source_lang"] != body["target_lang"])


def lag_times() -> SearchStrategy[Number]:
    """0 to 3 seconds, bounds included."""
    return numbers_between(0, HIGHEST_LAG_SECONDS)


def speech_volumes() -> SearchStrategy[Number]:
    """0 to 1, bounds included."""
    return numbers_between(0, HIGHEST_VOLUME)


def create_job_bodies_without_source_url(source_urls: Urls) -> SearchStrategy[Body]:
    """The required `source_url` is missing."""
    return bodies_without(create_job_bodies(source_urls), "source_url")


def create_job_bodies_without_target_lang(source_urls: Urls) -> SearchStrategy[Body]:
    """The required `target_lang` is missing."""
    return bodies_without(create_job_bodies(source_urls), "target_lang")


def create_job_bodies_with_lag_below_zero(source_urls: Urls) -> SearchStrategy[Body]:
    """`translation_lag_time` is negative, from -0.001 on."""
    return _with(source_urls, "translation_lag_time", _negative_numbers())


def create_job_bodies_with_lag_above_five(source_urls: Urls) -> SearchStrategy[Body]:
    """`translation_lag_time` is above what document and clients know."""
    too_late = numbers_between(HIGHEST_LAG_OF_A_CLIENT_SECONDS + _SMALLEST_STEP, _FAR)
    return _with(source_urls, "translation_lag_time", too_late)


def create_job_bodies_with_disputed_lag(source_urls: Urls) -> SearchStrategy[Body]:
    """`translation_lag_time` is above 3 and at most 5."""
    late = numbers_between(HIGHEST_LAG_SECONDS + _SMALLEST_STEP, HIGHEST_LAG_OF_A_CLIENT_SECONDS)
    return _with(source_urls, "translation_lag_time", late)


def create_job_bodies_with_volume_below_zero(source_urls: Urls) -> SearchStrategy[Body]:
    """`original_speech_volume` is negative, from -0.001 on."""
    return _with(source_urls, "original_speech_volume", _negative_numbers())


def create_job_bodies_with_volume_above_one(source_urls: Urls) -> SearchStrategy[Body]:
    """`original_speech_volume` is above 1, from 1.001 on."""
    return _with(
        source_urls,
        "original_speech_volume",
        numbers_between(HIGHEST_VOLUME + _SMALLEST_STEP, _FAR),
    )


def create_job_bodies_with_unsupported_target(source_urls: Urls) -> SearchStrategy[Body]:
    """`target_lang` is the code of no listed language."""
    return _with(source_urls, "target_lang", unsupported_languages())


def create_job_bodies_with_auto_target(source_urls: Urls) -> SearchStrategy[Body]:
    """`target_lang` is "auto", which is a source only."""
    return _with(source_urls, "target_lang", st.just(PINCH_AUTO_LANGUAGE))


def create_job_bodies_with_unsupported_source(source_urls: Urls) -> SearchStrategy[Body]:
    """`source_lang` is neither "auto" nor a listed language."""
    return _with(source_urls, "source_lang", unsupported_languages())


def create_job_bodies_with_disputed_target(source_urls: Urls) -> SearchStrategy[Body]:
    """`target_lang` is a listed language in another spelling."""
    return _with(source_urls, "target_lang", disputed_languages())


def create_job_bodies_with_text_lag(source_urls: Urls) -> SearchStrategy[Body]:
    """`translation_lag_time` is a word."""
    return _with(source_urls, "translation_lag_time", st.sampled_from(["soon", "loud", "many"]))


def create_job_bodies_with_wrong_type(source_urls: Urls, field: str) -> SearchStrategy[Body]:
    """One field has a type from which nothing valid can be converted."""
    return _with(source_urls, field, WRONG_TYPES[field])


def _with(source_urls: Urls, field: str, values: SearchStrategy[Any]) -> SearchStrategy[Body]:
    return bodies_with(create_job_bodies(source_urls), field, values)


def _negative_numbers() -> SearchStrategy[Number]:
    return numbers_between(_SMALLEST_STEP, _FAR).map(lambda number: -number)


WRONG_TYPES: dict[str, SearchStrategy[Any]] = {
    "source_url": st.none() | numbers_as_values() | values_of_no_string(),
    "target_lang": st.none() | numbers_as_values() | values_of_no_string(),
    # null is open here: a service may take it for absent
    "source_lang": numbers_as_values() | values_of_no_string(),
    "reduce_accent": values_of_no_boolean(),
    "translation_lag_time": values_of_no_number(),
    "original_speech_volume": values_of_no_number(),
}
"""Values to break the type of each field, for create_job_bodies_with_wrong_type."""
