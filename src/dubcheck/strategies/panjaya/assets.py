"""Bodies of createAsset, the JSON part of uploadAsset, and bodies of addLanguages.

Source: vendor-docs/panjaya.txt, Create Asset, Upload Asset, Add Languages. Callback and background
URLs are left to the probes, which know whether one can be reached.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.bodies import (
    Body,
    bodies_with,
    bodies_without,
    values_of_no_number,
    values_of_no_string,
)
from dubcheck.strategies.locales import SOURCE_ONLY_LOCALE_CODES
from dubcheck.strategies.panjaya.locales import source_locales, target_locales, unsupported_locales
from dubcheck.strategies.panjaya.names import asset_names
from dubcheck.strategies.panjaya.subtitles import free_texts, srt_texts, srt_texts_malformed
from dubcheck.strategies.panjaya.trims import TrimRange, trim_ranges

Lists = SearchStrategy[list[Body]]
_MOST_LANGUAGES = 3


def asset_requests(duration_seconds: float | None = None) -> SearchStrategy[Body]:
    """Requests without media that must be accepted; trimmed too if the duration is given.

    Languages differ from each other and from the source. `srt` of the source, whose name the
    document does not print, is left out.
    """
    requests: SearchStrategy[Body] = st.fixed_dictionaries(
        {"name": asset_names(), "locale": source_locales(), "languages": language_lists()},
        optional={
            "speakers_count": st.integers(1, 6),
            "auto_generate": st.just("off"),
            "lips_model": st.sampled_from(["real_face", "real_face_turbo"]),
        },
    )
    requests = requests.filter(_is_dubbed_into_other_languages)
    if duration_seconds is None:
        return requests
    ranges = st.just(TrimRange()) | trim_ranges(duration_seconds)
    return st.builds(_trimmed, requests, ranges)


def create_asset_bodies(
    media_urls: SearchStrategy[str], duration_seconds: float | None = None
) -> SearchStrategy[Body]:
    """The same with a `media_url`."""
    return bodies_with(asset_requests(duration_seconds), "media_url", media_urls)


def add_languages_bodies(taken: frozenset[str] = frozenset()) -> SearchStrategy[Body]:
    """Languages that an asset does not have yet, with or without `auto_generate`."""
    bodies: SearchStrategy[Body] = st.fixed_dictionaries(
        {"languages": language_lists(taken)}, optional={"auto_generate": st.just("off")}
    )
    return bodies


def language_lists(taken: frozenset[str] = frozenset()) -> Lists:
    """One to three different target languages, each with or without a valid `srt`."""
    locales = target_locales().filter(lambda locale: locale not in taken)
    languages: SearchStrategy[Body] = st.fixed_dictionaries(
        {"locale": locales}, optional={"srt": srt_texts()}
    )
    return st.lists(
        languages,
        min_size=1,
        max_size=_MOST_LANGUAGES,
        unique_by=lambda language: str(language["locale"]),
    )


def language_lists_with_unsupported_locale(lists: Lists | None = None) -> Lists:
    """One entry, the first or a later one, has a locale that is not in the table."""
    return _lists_with_entry(lists, unsupported_locales().map(lambda code: {"locale": code}))


def language_lists_with_source_only_locale(lists: Lists | None = None) -> Lists:
    """One entry, the first or a later one, is Hebrew."""
    codes = st.sampled_from(SOURCE_ONLY_LOCALE_CODES)
    return _lists_with_entry(lists, codes.map(lambda code: {"locale": code}))


def language_lists_without_locale(lists: Lists | None = None) -> Lists:
    """One entry lacks its `locale`."""
    return _lists_with_entry(lists, st.just({}))


def language_lists_with_malformed_srt(lists: Lists | None = None) -> Lists:
    """One entry, the first or a later one, has an `srt` without any cue."""
    return st.builds(
        _with_srt,
        language_lists() if lists is None else lists,
        st.integers(0, _MOST_LANGUAGES - 1),
        srt_texts_malformed(),
    )


def asset_requests_without(field: str) -> SearchStrategy[Body]:
    """A required field is missing: `name`, `locale` or `languages`."""
    return bodies_without(asset_requests(), field)


def asset_requests_with_unsupported_source() -> SearchStrategy[Body]:
    """`locale` is not in the table."""
    return bodies_with(asset_requests(), "locale", unsupported_locales())


def asset_requests_with_unsupported_target() -> SearchStrategy[Body]:
    """A locale under `languages` is not in the table."""
    return _requests_with_languages(language_lists_with_unsupported_locale)


def asset_requests_with_source_only_target() -> SearchStrategy[Body]:
    """Hebrew stands under `languages`; it is not the source."""
    requests = asset_requests().filter(lambda body: body["locale"] not in SOURCE_ONLY_LOCALE_CODES)
    return _requests_with_languages(language_lists_with_source_only_locale, requests)


def asset_requests_with_malformed_target_srt() -> SearchStrategy[Body]:
    """An `srt` under `languages` holds no cue."""
    return _requests_with_languages(language_lists_with_malformed_srt)


def asset_requests_with_source_srt() -> SearchStrategy[Body]:
    """A reference text of the source, SRT or not: to be accepted where the field is `srt`."""
    return bodies_with(asset_requests(), "srt", free_texts())


def asset_requests_with_empty_name() -> SearchStrategy[Body]:
    """`name` is empty."""
    return bodies_with(asset_requests(), "name", st.just(""))


def asset_requests_with_wrong_type(field: str) -> SearchStrategy[Body]:
    """One field has a type from which nothing valid can be converted."""
    return bodies_with(asset_requests(), field, WRONG_TYPES[field])


def _requests_with_languages(
    breaking: Callable[[Lists], Lists], requests: SearchStrategy[Body] | None = None
) -> SearchStrategy[Body]:
    """Requests whose own list of languages is broken, so that nothing else about it changes."""
    whole = asset_requests() if requests is None else requests
    return whole.flatmap(
        lambda body: bodies_with(st.just(body), "languages", breaking(st.just(body["languages"])))
    )


def _lists_with_entry(lists: Lists | None, entries: SearchStrategy[Body]) -> Lists:
    return st.builds(
        _with_entry,
        language_lists() if lists is None else lists,
        st.integers(0, _MOST_LANGUAGES),
        entries,
    )


def _with_entry(languages: list[Body], position: int, entry: Body) -> list[Body]:
    return [*languages[:position], entry, *languages[position:]]


def _with_srt(languages: list[Body], position: int, text: str) -> list[Body]:
    chosen = position % len(languages)
    return [
        {**language, "srt": text} if index == chosen else language
        for index, language in enumerate(languages)
    ]


def _trimmed(body: Body, trim: TrimRange) -> Body:
    return {**body, **trim.fields}


def _is_dubbed_into_other_languages(body: Body) -> bool:
    return all(language["locale"] != body["locale"] for language in body["languages"])


WRONG_TYPES: dict[str, SearchStrategy[Any]] = {
    "name": values_of_no_string(),
    "locale": values_of_no_string(),
    "languages": st.sampled_from(["es-ES", 1, {"locale": "es-ES"}, ["es-ES"]]),
    "callback_url": values_of_no_string(),
    "background_url": values_of_no_string(),
    "media_url": values_of_no_string(),
    "auto_generate": values_of_no_string(),
    "speakers_count": values_of_no_number(),
    "start_time": values_of_no_number(),
    "end_time": values_of_no_number(),
}
"""Values to break the type of each field, for asset_requests_with_wrong_type."""
