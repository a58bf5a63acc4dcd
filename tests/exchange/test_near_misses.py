"""Keys that are almost right."""

from __future__ import annotations

from dubcheck.exchange import near_misses


def test_near_misses_differ_from_the_key() -> None:
    """A key loses its prefix, its letter case and its last character, and gains one."""
    found = near_misses("panjaya-aB1")

    assert set(found.values()) == {"aB1", "PANJAYA-Ab1", "panjaya-aB10", "panjaya-aB"}


def test_key_of_digits_has_no_other_letter_case() -> None:
    """A key without prefix and letters can only be spoilt in its length."""
    found = near_misses("123")

    assert set(found.values()) == {"1230", "12"}
