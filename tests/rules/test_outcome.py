"""How values are spoken in a finding."""

from __future__ import annotations

from dubcheck.rules.outcome import spoken


def test_long_value_is_shortened_in_the_middle() -> None:
    """Beginning, end and length of a long value are told."""
    value = "a" * 300 + "b" * 1000 + "z"

    told = spoken(value)

    assert told.startswith("a" * 200)
    assert told.endswith("bz (1301 characters)")
    assert len(told) < 400


def test_value_that_fits_is_whole() -> None:
    """A value of 400 characters is told as it is."""
    value = "a" * 400

    told = spoken(value)

    assert told == value
