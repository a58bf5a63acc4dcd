"""Names of assets: what must be kept, what must be cut, and what has a disputed length.

Source: vendor-docs/panjaya.txt, Create Asset, name.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

LONGEST_KEPT_CHARACTERS = 255
LONGEST_TRIED_CHARACTERS = 1000

# Letters and signs that are one character for everyone: one code point, one UTF-16 unit, one
# grapheme, and unchanged by NFC, which some services apply to what they store.
_RANGES = (
    ("!", "~"),
    ("À", "ÿ"),
    ("Α", "Ρ"),
    ("α", "ω"),
    ("А", "я"),
    ("א", "ת"),
    ("あ", "お"),
    ("一", "龥"),
    ("가", "힣"),
)
_UNDISPUTED = st.one_of(
    *(st.characters(min_codepoint=ord(a), max_codepoint=ord(b)) for a, b in _RANGES)
)
_DISPUTED = st.sampled_from(["e\u0301", "\U0001f3ac", "👩\u200d🎤", "🇩🇪", "n\u0303", "𠀀"])


def asset_names() -> SearchStrategy[str]:
    """1 to 255 characters, with spaces inside but not at the ends."""
    return _inner_spaces(1, LONGEST_KEPT_CHARACTERS)


def long_names() -> SearchStrategy[str]:
    """256 to 1000 characters, without spaces, so that no cut leaves one at the end."""
    return _of_lengths(LONGEST_KEPT_CHARACTERS + 1, LONGEST_TRIED_CHARACTERS)


def names_of_length(characters: int) -> SearchStrategy[str]:
    """Names of exactly this length, for bounds."""
    return _of_lengths(characters, characters)


def disputed_names() -> SearchStrategy[str]:
    """Up to 40 combining marks, flags and emoji, far from any bound: to be kept as they are."""
    return st.lists(_DISPUTED, min_size=1, max_size=40).map("".join)


def long_disputed_names() -> SearchStrategy[str]:
    """Names over 255 in every unit, in which code points, UTF-16 units and graphemes differ."""
    pieces = st.lists(_DISPUTED, min_size=1, max_size=8)
    return pieces.map(lambda drawn: "".join(drawn * (LONGEST_TRIED_CHARACTERS // len(drawn))))


def _of_lengths(fewest: int, most: int) -> SearchStrategy[str]:
    """A short drawn piece, repeated to a drawn length: a long name that shrinks quickly."""
    pieces = st.lists(_UNDISPUTED, min_size=1, max_size=12).map("".join)
    return st.builds(_repeated, pieces, st.integers(fewest, most))


def _repeated(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _inner_spaces(fewest: int, most: int) -> SearchStrategy[str]:
    words = _of_lengths(fewest, most)
    return words | words.filter(lambda name: len(name) > 2).map(
        lambda name: f"{name[0]} {name[2:]}"
    )
