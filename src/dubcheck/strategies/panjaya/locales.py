"""Panjaya's locales and near misses of them, each kind by its own name. Table: ../locales.py."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.locales import (
    LOCALE_CODES,
    LOCALE_LANGUAGES,
    SOURCE_LOCALE_CODES,
    TARGET_LOCALE_CODES,
)

_REGIONS = (
    "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CN", "CO", "DE", "EG", "ES", "FR", "GB", "IE",
    "IN", "IT", "JP", "MX", "NL", "NZ", "PE", "PT", "SA", "TW", "US", "ZA",
)  # fmt: skip
# Deprecated or wider codes of listed languages, which a locale library may turn into them.
_ALIASES = frozenset({"iw", "in", "no", "nn", "tl", "mo", "sh", "ji", "jw", "cmn", "arb"})


def source_locales() -> SearchStrategy[str]:
    """All 36 codes."""
    return st.sampled_from(SOURCE_LOCALE_CODES)


def target_locales() -> SearchStrategy[str]:
    """All codes but Hebrew's."""
    return st.sampled_from(TARGET_LOCALE_CODES)


def unsupported_locales() -> SearchStrategy[str]:
    """What every reading refuses: unknown ones, unlisted regions, bare languages, underscores."""
    return unknown_locales() | unlisted_regions() | bare_languages() | underscored_locales()


def unknown_locales() -> SearchStrategy[str]:
    """Well-formed codes of languages that are not in the table, xx-XX first."""
    languages = st.text(ascii_lowercase, min_size=2, max_size=2).filter(
        lambda language: language not in LOCALE_LANGUAGES and language not in _ALIASES
    )
    regions = st.text(ascii_uppercase, min_size=2, max_size=2)
    return st.just("xx-XX") | st.builds(_joined, languages, regions)


def unlisted_regions() -> SearchStrategy[str]:
    """A listed language in a region that the table does not have, such as en-GB."""
    codes = st.builds(_joined, st.sampled_from(LOCALE_LANGUAGES), st.sampled_from(_REGIONS))
    return codes.filter(lambda code: code not in LOCALE_CODES)


def bare_languages() -> SearchStrategy[str]:
    """A listed language without region, such as en."""
    return st.sampled_from(LOCALE_LANGUAGES)


def underscored_locales() -> SearchStrategy[str]:
    """A listed code with an underscore, such as en_US."""
    return st.sampled_from(LOCALE_CODES).map(lambda code: code.replace("-", "_"))


def locales_in_wrong_case() -> SearchStrategy[str]:
    """A listed code in other letters, such as en-us: open, as language tags ignore case."""
    codes = st.sampled_from(LOCALE_CODES)
    return codes.map(str.lower) | codes.map(str.upper)


def _joined(language: str, region: str) -> str:
    return f"{language}-{region}"
