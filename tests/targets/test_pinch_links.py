"""Links are spoilt in their signature and nowhere else."""

from __future__ import annotations

import pytest

from dubcheck.targets.pinch_links import with_another_signature, without_query

PLACE = "https://store.example.com/in/1"
TOKEN = "c2lnbmVkLWJ5LXRoZS1zdG9yZQ"  # noqa: S105 - opens nothing


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        pytest.param(
            "X-Amz-Expires=3600&X-Amz-Signature=abcdef", "X-Amz-Expires=3600&X-Amz-Signature=abc0ef"
        ),
        pytest.param("se=2026&sig=ab%2F0%3D", "se=2026&sig=a0%2F0%3D"),
        pytest.param("Signature=000&Expires=1772712000", "Signature=010&Expires=1772712000"),
        pytest.param(f"exp=1772712000&tk={TOKEN}", f"exp=1772712000&tk={TOKEN[:13]}0{TOKEN[14:]}"),
        pytest.param(
            f"fileId={TOKEN}-longer&tk={TOKEN}",
            f"fileId={TOKEN}-longer&tk={TOKEN[:13]}0{TOKEN[14:]}",
        ),
    ],
    ids=["sigv4", "azure", "sigv2", "foreign-token", "token-beside-an-id"],
)
def test_one_character_of_the_signature_is_changed(query: str, changed: str) -> None:
    """The known parameter is changed, else the longest opaque value that names no file."""
    assert with_another_signature(f"{PLACE}?{query}") == f"{PLACE}?{changed}"


@pytest.mark.parametrize(
    "url",
    [
        PLACE,
        f"{PLACE}?tk=short",
        f"{PLACE}?versionId={TOKEN}",
        f"{PLACE}?response-content-disposition=attachment-of-a-file",
    ],
    ids=["no-query", "short", "version", "disposition"],
)
def test_link_that_shows_no_signature_is_left_alone(url: str) -> None:
    """Where nothing could be a signature, nothing is changed."""
    assert with_another_signature(url) is None


def test_unsigned_link_has_no_query() -> None:
    """Without its query a link is bare; one that has none cannot be made barer."""
    assert without_query(f"{PLACE}?tk={TOKEN}&exp=1772712000#top") == PLACE
    assert without_query(PLACE) is None
