"""What a revision leaves alone, the other versions of its asset."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import RESULT_URL

REQUIREMENT = "panjaya.revise-version.other-versions-are-kept"


@pytest.fixture
def other(studio: Any) -> Any:
    """Version v2, of another language of the asset, as getVersion shows it."""

    def shown(status: str, when: float) -> Any:
        answer = {
            "status": status,
            "progress": 50,
            "studio_url": "https://studio.example.com/v2",
            "result_url": RESULT_URL if status == "Completed" else None,
        }
        return studio.build("getVersion", answer=answer, at=when, ids={"version_id": "v2"})

    return shown


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ("Completed", "ReadyToEdit", {REQUIREMENT}),
        ("Generating", "ReadyToEdit", {REQUIREMENT}),
        ("ReadyToEdit", "NotReady", {REQUIREMENT}),
        ("Completed", "Completed", set()),
        ("Generating", "Completed", set()),
        ("ReadyToEdit", "Generating", set()),
        ("NotReady", "ReadyToEdit", set()),
    ],
)
def test_other_version_goes_back_by_no_revision_but_its_own(
    before: str, after: str, broken: set[str], studio: Any, other: Any, judged: Any
) -> None:
    """A version that goes back since another one of its asset was revised is found."""
    studio.create()
    studio.see("Ready", 4)
    studio.version("Completed", 5)
    other("ReadyToEdit", 5.5)
    other(before, 6.5)
    studio.revise(7)
    studio.version("ReadyToEdit", 8)
    other(after, 9)

    failed = judged().failed - {"panjaya.lifecycle.version-statuses-keep-order"}

    assert failed == broken


def test_version_that_goes_back_by_itself_is_no_matter_of_revisions(
    studio: Any, other: Any, judged: Any
) -> None:
    """Without a revision between two answers nothing is said of revisions."""
    studio.create()
    studio.see("Ready", 4)
    studio.version("ReadyToEdit", 5)
    studio.revise(6)
    other("Completed", 7)
    other("ReadyToEdit", 8)

    assert REQUIREMENT not in judged().failed
