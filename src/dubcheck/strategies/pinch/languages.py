"""Pinch's language codes and codes that are not among them. Table: ../locales.py."""

from __future__ import annotations

from string import ascii_lowercase

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.locales import PINCH_AUTO_LANGUAGE, PINCH_LANGUAGES

# Other codes and habits for the ten languages, which a lenient service may understand.
_OTHER_SPELLINGS = {
    "eng", "spa", "fra", "fre", "deu", "ger", "ita", "por", "rus", "jpn", "kor", "zho", "chi",
    "cmn", "yue", "cn", "jp", "kr", "br", "mx", "us", "uk", "gb", "tw", "hk",
}  # fmt: skip
_OTHER_LANGUAGES = ("nl", "pl", "sv", "ar", "hi", "tr", "el", "he", "tlh")


def target_languages() -> SearchStrategy[str]:
    """The ten codes."""
    return st.sampled_from(PINCH_LANGUAGES)


def source_languages() -> SearchStrategy[str]:
    """The ten codes and "auto"."""
    return st.sampled_from((PINCH_AUTO_LANGUAGE, *PINCH_LANGUAGES))


def unsupported_languages() -> SearchStrategy[str]:
    """Codes of other languages and of none, in the form of the listed ones."""
    invented = st.text(ascii_lowercase, min_size=2, max_size=3).filter(
        lambda code: code not in PINCH_LANGUAGES and code not in _OTHER_SPELLINGS
    )
    return st.sampled_from(_OTHER_LANGUAGES) | invented


def disputed_languages() -> SearchStrategy[str]:
    """Other spellings of listed codes, such as ES or es-ES: refused or understood."""
    listed = st.sampled_from(PINCH_LANGUAGES)
    return listed.map(str.upper) | listed.map(lambda code: f"{code}-{code.upper()}")
