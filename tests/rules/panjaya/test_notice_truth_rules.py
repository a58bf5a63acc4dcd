"""What the rules say of notices in the light of what their assets and versions show."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import ALL_THREE, RESULT_URL

ID = "panjaya.callbacks."
LIFE = "panjaya.lifecycle."


def test_whole_story_breaks_nothing(studio: Any, judged: Any) -> None:
    """Notices about a version that was dubbed, generated and revised fail no requirement."""
    studio.create()
    studio.see("Ready", 4)
    studio.notify("version_ready", 5)
    studio.notify("version_ready", 5.5, version_id="v2", locale="fr-FR")
    studio.version("ReadyToEdit", 6)
    studio.notify("version_generating", 7)
    studio.version("Generating", 8)
    studio.notify("version_generated", 9)
    studio.version("Completed", 10)
    studio.revise(11)
    studio.version("ReadyToEdit", 12)
    studio.notify("version_ready", 13)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{ID}{event}-{fact}"
        for event in ("version-ready", "version-generating", "version-generated")
        for fact in ("is-sent", "only-when-true")
    }
    assert judgement.passed >= {
        f"{ID}version-event-names-version",
        f"{ID}version-ready-for-each-language",
        f"{ID}ready-notice-finds-version",
        f"{ID}generated-notice-finds-result",
        f"{ID}revision-is-notified",
    }
    assert judgement.readings[f"{ID}asset-ready-event"] == {"no-event"}
    assert judgement.readings[f"{ID}repeated-notices"] == {"once"}


@pytest.mark.parametrize(
    ("events", "statuses", "broken"),
    [
        pytest.param(
            ["version_ready"], ["NotReady"], ID + "ready-notice-finds-version", id="early"
        ),
        pytest.param(
            ["version_ready"],
            ["Failed"],
            ID + "version-ready-only-when-true",
            id="ready-but-failed",
        ),
        pytest.param(
            ["version_ready", "version_failed"],
            ["ReadyToEdit"],
            ID + "version-failed-only-when-true",
            id="failed-but-ready",
        ),
        pytest.param(
            ["version_failed"], ["NotReady"], LIFE + "failed-version-shows-failed", id="unshown"
        ),
        pytest.param(
            ["version_failed"], ["ReadyToEdit"], LIFE + "failed-version-shows-failed", id="hidden"
        ),
        pytest.param(
            ["version_generating"],
            ["ReadyToEdit"],
            ID + "version-generating-only-when-true",
            id="never-generated",
        ),
        pytest.param(
            ["version_generated"],
            ["ReadyToEdit"],
            ID + "version-generated-only-when-true",
            id="never-made",
        ),
        pytest.param(
            ["version_generating", "version_generated"],
            ["Generating"],
            LIFE + "generated-version-is-completed",
            id="stays-generating",
        ),
        pytest.param(
            ["version_generated"],
            ["Generating", "Completed"],
            ID + "generated-notice-finds-result",
            id="notice-before-result",
        ),
        pytest.param(
            ["version_generate_failed"],
            ["Completed"],
            ID + "version-generate-failed-only-when-true",
            id="failed-but-made",
        ),
        pytest.param(
            ["version_generating", "version_generate_failed"],
            ["Generating"],
            LIFE + "failed-version-shows-failed",
            id="failure-unshown",
        ),
    ],
)
def test_contradiction_is_told_under_one_id(
    events: list[str], statuses: list[str], broken: str, studio: Any, judged: Any
) -> None:
    """A notice and a status that contradict each other break one requirement."""
    seen = [studio.create()]
    seen += [studio.notify(event, 5 + number) for number, event in enumerate(events)]
    seen += [studio.version(status, 10 + number) for number, status in enumerate(statuses)]

    judgement = judged(*seen)

    assert judgement.failed == {broken}


def test_generation_that_is_not_shown_is_found(studio: Any, judged: Any) -> None:
    """A version that is ReadyToEdit between its two notices hides that its video is made."""
    studio.create()
    studio.notify("version_generating", 5)
    studio.version("ReadyToEdit", 6)
    studio.notify("version_generated", 8)
    studio.version("Completed", 9)

    assert judged().failed == {f"{LIFE}generation-is-shown"}


def test_generation_that_is_shown_as_not_ready_is_found_alone(studio: Any, judged: Any) -> None:
    """NotReady while the video is made breaks nothing that version_ready told before."""
    studio.create()
    studio.notify("version_ready", 4)
    studio.version("ReadyToEdit", 5)
    studio.version("NotReady", 6)
    studio.notify("version_generating", 7)
    studio.version("NotReady", 8)

    assert f"{ID}ready-notice-finds-version" not in judged().failed


@pytest.mark.parametrize("event", ["version_generating", "version_generated"])
def test_notice_before_its_true_one_is_untrue(event: str, studio: Any, judged: Any) -> None:
    """A notice that comes long before the video is made is untrue; the one in time is not."""
    studio.create()
    studio.notify("version_ready", 4)
    studio.notify(event, 5)
    studio.version("ReadyToEdit", 7)
    studio.notify("version_generating", 8)
    studio.version("Generating", 9)
    studio.notify("version_generated", 10)
    studio.version("Completed", 11)

    broken = {f"{ID}{event.replace('_', '-')}-only-when-true"}
    assert judged().failed - {f"{ID}notices-keep-order"} == broken


def test_untrue_notice_is_told_apart_from_a_video_in_the_making(studio: Any, judged: Any) -> None:
    """A version that is told to have its video before it begins, and is still at it, hides none."""
    studio.create()
    studio.notify("version_generated", 5)
    studio.version("ReadyToEdit", 7)
    studio.notify("version_generating", 8)
    studio.version("Generating", 9)

    broken = {f"{ID}version-generated-only-when-true"}
    assert judged().failed - {f"{ID}notices-keep-order"} == broken


def test_repeated_notice_of_a_hidden_generation_is_no_untruth(studio: Any, judged: Any) -> None:
    """A version that never shows Generating hides it, however often its beginning is told."""
    studio.create()
    studio.notify("version_generating", 5)
    studio.version("ReadyToEdit", 7)
    studio.notify("version_generating", 8)
    studio.notify("version_generated", 9)
    studio.version("Completed", 10)

    assert judged().failed == {f"{LIFE}generation-is-shown"}


def test_result_under_another_status_is_told_once(studio: Any, judged: Any) -> None:
    """A version that was generated and shows its result, but not Completed, breaks that alone."""
    studio.create()
    studio.notify("version_generated", 5)
    studio.version("ReadyToEdit", 7, result_url=RESULT_URL)

    assert judged().failed == {f"{LIFE}generated-version-is-completed"}


@pytest.mark.parametrize(
    ("events", "statuses"),
    [
        pytest.param(["version_failed"], ["Failed"], id="failed"),
        pytest.param(["version_ready"], ["Completed"], id="late-ready"),
        pytest.param(["version_generating"], ["Completed"], id="late-generating"),
        pytest.param(["version_generating", "version_generate_failed"], ["Failed"], id="unmade"),
        pytest.param(["version_generated", "version_generating"], ["Completed"], id="overtaken"),
        pytest.param(["version_ready", "version_ready"], ["ReadyToEdit"], id="repeated"),
    ],
)
def test_late_and_repeated_notices_are_permissible(
    events: list[str], statuses: list[str], studio: Any, judged: Any
) -> None:
    """Notices may come late, twice and in another order; only the inferred order is noted."""
    seen = [studio.create()]
    seen += [studio.notify(event, 5 + number) for number, event in enumerate(events)]
    seen += [studio.version(status, 10 + number) for number, status in enumerate(statuses)]

    judgement = judged(*seen)

    assert judgement.failed <= {f"{ID}notices-keep-order"}


def test_late_notice_of_a_revised_version_accuses_nobody(studio: Any, judged: Any) -> None:
    """A notice that arrives after a revision tells of what was before it."""
    studio.create()
    studio.version("Completed", 5)
    studio.revise(6)
    studio.notify("version_generated", 7)
    studio.version("ReadyToEdit", 9)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("status", "broken"),
    [("Failed", set()), ("Ready", {f"{ID}asset-failed-only-when-true"}), ("Dubbing", set())],
    ids=["failed", "ready", "dubbing"],
)
def test_notice_of_a_failed_asset_is_judged(
    status: str, broken: set[str], studio: Any, judged: Any
) -> None:
    """A notice asset_failed about an asset that is Ready afterwards is untrue."""
    studio.create()
    studio.notify("asset_failed", 5)
    studio.see(status, 8)

    assert judged().failed == broken


@pytest.mark.parametrize(
    ("when", "broken"),
    [(9.0, {f"{ID}asset-failed-only-when-true"}), (7.5, set())],
    ids=["settled", "at-once"],
)
def test_untrue_failure_of_an_extended_asset_is_found(
    when: float, broken: set[str], studio: Any, judged: Any
) -> None:
    """An asset that is Ready again, a while after it was told to have failed, had not failed."""
    studio.create()
    studio.see("Ready", 4)
    studio.add(5)
    studio.notify("asset_failed", 7)
    studio.see("Ready", when, languages=ALL_THREE)

    assert judged().failed == broken


def test_failure_before_a_further_addition_may_be_true(studio: Any, judged: Any) -> None:
    """What an addition made of an asset is not known once something else was added."""
    studio.create()
    studio.see("Ready", 4)
    studio.add(5)
    studio.notify("asset_failed", 7)
    studio.add(8)
    studio.see("Ready", 10, languages=ALL_THREE)

    assert f"{ID}asset-failed-only-when-true" not in judged().failed


def test_added_language_is_notified(studio: Any, judged: Any) -> None:
    """A notice version_ready about an added language passes its requirement."""
    studio.create()
    studio.see("Ready", 4)
    studio.add(5)
    studio.notify("version_ready", 8, version_id="v3", locale="de-DE")

    judgement = judged()

    assert judgement.failed == set()
    assert f"{ID}added-language-is-notified" in judgement.passed


def test_repeated_notice_is_noted(studio: Any, judged: Any) -> None:
    """The same notice twice is a reading, never a failure."""
    studio.create()
    studio.notify("version_ready", 5)
    studio.notify("version_ready", 6)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}repeated-notices"] == {"repeated"}
