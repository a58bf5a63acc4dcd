"""Ids of nobody keep the form of those that a service gives, and are never one of them."""

from __future__ import annotations

import uuid

import pytest

from dubcheck.targets.unknown_ids import unknown_id_like


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        pytest.param("dub_7f3a", "dub_2a4b", id="prefix"),
        pytest.param("8123", "2147483646", id="number"),
        pytest.param("job_8123", "job_2147483646", id="number-behind-a-prefix"),
        pytest.param("asset8123", "asset2147483646", id="number-behind-a-word"),
        pytest.param("1234567890123456789", "8888888888888888888", id="long-number"),
    ],
)
def test_id_becomes_one_of_nobody(known: str, unknown: str) -> None:
    """What tells nothing apart stays."""
    assert unknown_id_like(known) == unknown


@pytest.mark.parametrize(
    "known",
    [
        pytest.param("dub_xKqTzWnR", id="letters"),
        pytest.param("V1StGXR8Z5jdHi6B_myT", id="underscore-within"),
        pytest.param("4f3a_", id="underscore-at-the-end"),
        pytest.param("abcdef123456", id="hexadecimal-with-digits-last"),
        pytest.param("7b9b9e3c3c7e322aec4c3d9b", id="24-hex"),
    ],
)
def test_unknown_id_has_the_form_of_the_known_one(known: str) -> None:
    """It differs, is as long, and is of digits and letters where the known one is."""
    unknown = unknown_id_like(known)

    assert unknown != known
    assert [item.isdigit() for item in unknown] == [item.isdigit() for item in known]
    assert [item.isalpha() for item in unknown] == [item.isalpha() for item in known]


def test_unknown_uuid_is_of_the_same_version() -> None:
    """A service that verifies the form of its UUIDs takes the unknown one for such."""
    known = uuid.UUID("1b4e28ba-2fa1-4d1b-883f-0016d3cca427")

    unknown = uuid.UUID(unknown_id_like(str(known)))

    assert unknown != known
    assert (unknown.version, unknown.variant) == (known.version, known.variant)
