"""What the rules say of one version over all its answers and revisions."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING

from .conftest import RESULT_URL, STUDIO_URL

GET = "panjaya.get-version."
REVISE = "panjaya.revise-version."
LIFE = "panjaya.lifecycle."


def test_faithful_version_breaks_nothing(studio: Any, judged: Any) -> None:
    """A version that is prepared, generated, revised and refused where it must be is sound."""
    studio.version("NotReady", 1, studio_url=None)
    studio.revise(2, code=400)
    studio.version("ReadyToEdit", 3)
    studio.version("Generating", 4)
    studio.revise(5, code=400)
    studio.version("Completed", 6)
    studio.revise(7, {"studio_url_request": {}}, studio_url=STUDIO_URL)
    studio.version("ReadyToEdit", 8)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{GET}found-status-is-200",
        f"{GET}answer-has-progress",
        f"{GET}editable-version-has-studio-url",
        f"{GET}no-result-url-before-video",
        f"{GET}completed-version-has-result-url",
        f"{REVISE}success-status-is-200",
        f"{REVISE}unprepared-version-is-refused",
        f"{REVISE}generating-version-is-refused",
        f"{REVISE}wrong-status-answer-is-400",
        f"{REVISE}requested-studio-url-is-given",
        f"{REVISE}studio-url-is-string",
        f"{REVISE}status-becomes-ready-to-edit",
        f"{REVISE}result-url-is-deleted",
        f"{LIFE}unprepared-version-shows-not-ready",
        f"{LIFE}initial-version-becomes-ready-to-edit",
        f"{LIFE}generation-is-shown",
        f"{LIFE}generated-version-is-completed",
        f"{LIFE}version-statuses-keep-order",
    }
    assert judgement.readings[f"{GET}studio-url-before-editing"] == {"null"}


@pytest.mark.parametrize(
    ("status", "changes", "broken"),
    [
        pytest.param(
            "ReadyToEdit", {"studio_url": None}, "editable-version-has-studio-url", id="no-studio"
        ),
        pytest.param(
            "ReadyToEdit",
            {"studio_url": MISSING},
            "editable-version-has-studio-url",
            id="absent-studio",
        ),
        pytest.param(
            "ReadyToEdit", {"result_url": RESULT_URL}, "no-result-url-before-video", id="early"
        ),
        pytest.param(
            "NotReady", {"result_url": RESULT_URL}, "no-result-url-before-video", id="earlier"
        ),
        pytest.param(
            "Completed", {"result_url": None}, "completed-version-has-result-url", id="no-result"
        ),
        pytest.param("ReadyToEdit", {"progress": MISSING}, "answer-has-progress", id="progress"),
        pytest.param("ReadyToEdit", {"code": 203}, "found-status-is-200", id="other-success"),
    ],
)
def test_wrong_version_breaks_its_own_requirement(
    status: str, changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """Each wrong value of a version is found under its own id and no other."""
    studio.version(status, 1, **changes)

    assert judged().failed == {GET + broken}


@pytest.mark.parametrize("status", ["Generating", "Completed"])
def test_version_that_is_over_before_it_is_prepared_is_told_once(
    status: str, studio: Any, judged: Any
) -> None:
    """A version that seems to be made before it is editable is told as that, not for its link."""
    studio.version(status, 1, result_url=None)
    studio.version("ReadyToEdit", 2)

    assert judged().failed == {
        f"{LIFE}unprepared-version-shows-not-ready",
        f"{LIFE}version-statuses-keep-order",
    }


def test_version_that_vanishes_is_found(studio: Any, panjaya: Any, judged: Any) -> None:
    """A 404 for a version that was shown before breaks `found-status-is-200` alone."""
    studio.version("ReadyToEdit", 1)
    panjaya("getVersion", status=404, answer={"detail": "no"}, at=2, ids={"version_id": "v1"})

    assert judged().failed == {f"{GET}found-status-is-200"}


@pytest.mark.parametrize("url", [None, MISSING, STUDIO_URL], ids=["null", "absent", "url"])
def test_absent_links_are_permissible(url: Any, studio: Any, judged: Any) -> None:
    """Before a version is prepared its studio_url is open; result_url may be null or absent."""
    studio.version("NotReady", 1, studio_url=url, result_url=MISSING)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("after", "changes", "broken"),
    [
        pytest.param("Completed", {}, "status-becomes-ready-to-edit", id="no-effect"),
        pytest.param("Failed", {}, "status-becomes-ready-to-edit", id="failed"),
        pytest.param("ReadyToEdit", {"result_url": RESULT_URL}, "result-url-is-deleted", id="link"),
    ],
)
def test_revision_without_its_effect_is_found(
    after: str, changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """A revision that changes nothing is told by its status, one that keeps the link by that."""
    studio.version("Completed", 1)
    studio.revise(2)
    studio.version(after, 3, **changes)

    assert judged().failed == {REVISE + broken}


@pytest.mark.parametrize(
    ("asked", "given", "broken"),
    [
        pytest.param({}, None, {"requested-studio-url-is-given"}, id="null"),
        pytest.param({}, MISSING, {"requested-studio-url-is-given"}, id="absent"),
        pytest.param({}, {"url": STUDIO_URL}, {"studio-url-is-string"}, id="object"),
        pytest.param(None, None, set(), id="null-asked"),
    ],
)
def test_requested_studio_url_is_judged(
    asked: Any, given: Any, broken: set[str], studio: Any, judged: Any
) -> None:
    """Who asks for an address gets one; that it is a plain string is only inferred."""
    studio.revise(1, {"studio_url_request": asked}, studio_url=given)

    assert judged().failed == {REVISE + slug for slug in broken}


@pytest.mark.parametrize(
    ("before", "after", "code", "broken"),
    [
        pytest.param("NotReady", "NotReady", 200, {"unprepared-version-is-refused"}, id="unready"),
        pytest.param("Generating", "Generating", 200, {"generating-version-is-refused"}, id="made"),
        pytest.param("Generating", "Completed", 200, set(), id="may-have-ended"),
        pytest.param("Generating", "Completed", 404, {"wrong-status-answer-is-400"}, id="404"),
    ],
)
def test_revision_of_a_locked_version_is_judged(
    before: str, after: str, code: int, broken: set[str], studio: Any, judged: Any
) -> None:
    """An accepted revision is held against the service only where the version was surely locked."""
    studio.version(before, 1)
    studio.revise(2, code=code)
    studio.version(after, 3)

    assert judged().failed == {REVISE + slug for slug in broken}


@pytest.mark.parametrize("body", [b'{"studio_url', b"[]"], ids=["cut", "list"])
def test_unsound_revision_of_a_locked_version_shows_nothing(
    body: bytes, studio: Any, panjaya: Any, judged: Any
) -> None:
    """A body that is no object may be refused with any status, and shows nothing of the version."""
    studio.version("Generating", 1)
    panjaya(
        "reviseVersion",
        body=body,
        status=422,
        answer={"detail": "no"},
        at=2,
        ids={"version_id": "v1"},
    )

    judgement = judged()

    assert judgement.failed == set()
    assert f"{REVISE}generating-version-is-refused" not in judgement.passed


@pytest.mark.parametrize(
    ("statuses", "broken"),
    [
        pytest.param(["Completed", "ReadyToEdit"], True, id="completed-first"),
        pytest.param(["Generating", "NotReady"], True, id="generating-first"),
        pytest.param(["ReadyToEdit", "Generating", "Completed"], False, id="documented"),
        pytest.param(["Generating", "Completed"], False, id="unseen-steps"),
        pytest.param(["Failed"], False, id="failed"),
    ],
)
def test_later_status_before_preparation_is_found(
    statuses: list[str], broken: bool, studio: Any, judged: Any
) -> None:
    """A version is not Generating or Completed before it can be edited for the first time."""
    seen = [studio.version(status, when) for when, status in enumerate(statuses)]

    judgement = judged(*seen)

    assert (f"{LIFE}unprepared-version-shows-not-ready" in judgement.failed) is broken


def test_status_that_goes_back_is_noted(studio: Any, judged: Any) -> None:
    """A version that is no longer Completed without a revision breaks the inferred order."""
    studio.version("ReadyToEdit", 1)
    studio.version("Completed", 2)
    studio.version("ReadyToEdit", 3)

    assert judged().failed == {f"{LIFE}version-statuses-keep-order"}


def test_link_that_only_a_revision_brought_is_found(studio: Any, judged: Any) -> None:
    """A version that never had a final video shows none after a revision either."""
    studio.version("ReadyToEdit", 5)
    studio.revise(6)
    studio.version("ReadyToEdit", 7, result_url=RESULT_URL)

    assert judged().failed == {"panjaya.get-version.no-result-url-before-video"}
