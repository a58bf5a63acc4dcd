"""Panjaya strategies obey the contract, or break exactly the rule they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from dubcheck.strategies.locales import LOCALE_CODES, SOURCE_LOCALE_CODES, TARGET_LOCALE_CODES
from dubcheck.strategies.panjaya import assets, locales, names

BrokenFields = Callable[[str, str, Any], set[str]]
URLS = st.just("https://my.storage.service.com/my-video.mp4")
quick = settings(max_examples=30, deadline=None)

BROKEN_REQUESTS = {
    "name absent": (assets.asset_requests_without("name"), ""),
    "locale absent": (assets.asset_requests_without("locale"), ""),
    "languages absent": (assets.asset_requests_without("languages"), ""),
    "name empty": (assets.asset_requests_with_empty_name(), "name"),
    "unsupported source": (assets.asset_requests_with_unsupported_source(), "locale"),
    "source-only target": (assets.asset_requests_with_source_only_target(), "languages"),
    "unsupported target": (assets.asset_requests_with_unsupported_target(), "languages"),
} | {
    f"{field} of wrong type": (assets.asset_requests_with_wrong_type(field), field)
    for field in assets.WRONG_TYPES
    if field != "media_url"
}
REFUSED_LOCALES = {
    "unknown": locales.unknown_locales(),
    "unlisted region": locales.unlisted_regions(),
    "bare language": locales.bare_languages(),
    "underscore": locales.underscored_locales(),
    "any": locales.unsupported_locales(),
}


@quick
@given(body=assets.asset_requests(duration_seconds=6.0))
def test_asset_requests_obey_the_contract(broken_fields: BrokenFields, body: Any) -> None:
    """A drawn request breaks nothing."""
    assert broken_fields("panjaya", "AssetOptions", body) == set()


@quick
@given(body=assets.create_asset_bodies(URLS))
def test_create_asset_bodies_obey_the_contract(broken_fields: BrokenFields, body: Any) -> None:
    """A drawn body, `media_url` included, breaks nothing."""
    assert broken_fields("panjaya", "CreateAssetRequest", body) == set()


@quick
@given(body=assets.asset_requests())
def test_asset_requests_are_dubbed_into_different_languages(body: Any) -> None:
    """Source and target locales of one request all differ."""
    codes = [body["locale"], *(language["locale"] for language in body["languages"])]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", BROKEN_REQUESTS)
@quick
@given(draw=st.data())
def test_broken_asset_request_breaks_only_the_field_it_names(
    broken_fields: BrokenFields, name: str, draw: st.DataObject
) -> None:
    """A broken request breaks the contract at one place, the one in its strategy's name."""
    strategy, field = BROKEN_REQUESTS[name]

    body = draw.draw(strategy)

    assert broken_fields("panjaya", "AssetOptions", body) == {field}


@quick
@given(body=assets.asset_requests_with_malformed_target_srt())
def test_malformed_target_srt_is_the_only_fault(broken_fields: BrokenFields, body: Any) -> None:
    """Locales, names and types are right; one `srt` under the languages holds no arrow of times."""
    texts = [language.get("srt", "") for language in body["languages"]]

    assert broken_fields("panjaya", "AssetOptions", body) == set()
    assert sum(bool(text) and not re.search(r"\d --> \d", text) for text in texts) == 1


@pytest.mark.parametrize("position", [0, 1, 2])
def test_unsupported_target_stands_at_any_position(position: int) -> None:
    """The wrong locale comes first, second and third among several."""
    found = find(
        assets.language_lists_with_unsupported_locale(),
        lambda entries: (
            [i for i, e in enumerate(entries) if e["locale"] not in LOCALE_CODES] == [position]
        ),
    )

    assert found[position]["locale"] not in LOCALE_CODES


@quick
@given(languages=assets.language_lists(frozenset(TARGET_LOCALE_CODES[3:])))
def test_added_languages_leave_out_what_the_asset_has(languages: list[Any]) -> None:
    """Of three free languages only those are drawn."""
    assert {language["locale"] for language in languages} <= set(TARGET_LOCALE_CODES[:3])


@pytest.mark.parametrize("name", REFUSED_LOCALES)
@quick
@given(draw=st.data())
def test_refused_locales_are_no_listed_ones_in_any_case(name: str, draw: st.DataObject) -> None:
    """A near miss differs from every listed code by more than the case of its letters."""
    code = draw.draw(REFUSED_LOCALES[name])

    assert code.casefold() not in {listed.casefold() for listed in LOCALE_CODES}


@quick
@given(code=locales.locales_in_wrong_case())
def test_wrong_case_differs_by_case_alone(code: str) -> None:
    """A code in the wrong case is not listed, but is in other letters."""
    folded = {listed.casefold() for listed in LOCALE_CODES}

    assert (code in LOCALE_CODES, code.casefold() in folded) == (False, True)


def test_table_has_36_sources_and_35_targets() -> None:
    """Every locale is a source, and every one but he-IL a target."""
    assert (len(SOURCE_LOCALE_CODES), len(TARGET_LOCALE_CODES)) == (36, 35)
    assert set(SOURCE_LOCALE_CODES) - set(TARGET_LOCALE_CODES) == {"he-IL"}


@quick
@given(name=names.asset_names())
def test_asset_names_have_1_to_255_characters(name: str) -> None:
    """A name is 1 to 255 characters in code points and UTF-16 units, trimmed and in NFC."""
    utf_16_units = len(name.encode("utf-16-le")) // 2

    assert 1 <= len(name) == utf_16_units <= 255
    assert name == name.strip() == unicodedata.normalize("NFC", name)


@quick
@given(name=names.long_names())
def test_long_names_have_256_to_1000_characters(name: str) -> None:
    """A long name is 256 to 1000 characters in code points and UTF-16 units."""
    utf_16_units = len(name.encode("utf-16-le")) // 2

    assert 256 <= len(name) == utf_16_units <= 1000


def test_long_names_go_beyond_ascii() -> None:
    """Non-ASCII names are among the long ones, and so is the shortest of 256."""
    found = find(names.long_names(), lambda name: not name.isascii())

    assert len(found) == 256


@quick
@given(name=names.long_disputed_names())
def test_long_disputed_names_are_over_255_in_every_unit(name: str) -> None:
    """Even counted without marks, joiners and second halves of flags they are over 255."""
    bases = [c for c in name if unicodedata.category(c) not in ("Mn", "Cf")]

    assert len(bases) // 2 > 255
