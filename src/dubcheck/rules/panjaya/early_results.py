"""Links to a final video that does not exist yet; those that outlive a revision are elsewhere.

Source: docs.panjaya.ai/apis/versions, result_url.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds
from dubcheck.rules.panjaya.get_version import has_result
from dubcheck.rules.panjaya.notices import Callbacks, callbacks_rule
from dubcheck.rules.panjaya.version_history import status_of
from dubcheck.rules.panjaya.version_story import VersionStory, stories
from dubcheck.rules.panjaya.vocabulary import COMPLETED, GENERATING, NOT_READY, READY_TO_EDIT
from dubcheck.rules.settling import resting_on


@callbacks_rule("panjaya.get-version.no-result-url-before-video")
def early_results(callbacks: Callbacks) -> Iterator[Outcome]:
    """Until the final video exists nothing leads to it.

    A link that outlives a revision, and a version that was generated without a word of it in its
    status, are told under ids of their own.
    """
    for story in stories(callbacks):
        completed = story.history.with_status(COMPLETED)
        for seen in story.history.sightings:
            is_early = status_of(seen) in (NOT_READY, READY_TO_EDIT) or (
                status_of(seen) == GENERATING
                and any(item.started_at >= seen.ended_at for item in completed)
            )
            made = story.notice("version_generated")
            is_made = made is not None and made.arrived_at <= seen.ended_at
            if is_early and not is_made and not _may_outlive_a_revision(story, seen):
                outcome = holds(
                    "panjaya.get-version.no-result-url-before-video",
                    not has_result(seen),
                    f"a version that is {status_of(seen)} has a `result_url`",
                    expected="null or absent",
                    actual=seen.field("result_url"),
                )
                yield resting_on(outcome, seen)


def _may_outlive_a_revision(story: VersionStory, seen: Exchange) -> bool:
    """Whether there may have been a video that a revision before the answer has deleted."""
    if not story.history.may_be_revised_by(seen):
        return False
    first = min(item.started_at for item in story.history.revisions)
    known = [item for item in story.history.sightings if item.ended_at <= first]
    is_generated = story.was(GENERATING, COMPLETED) or story.notice("version_generating")
    return not known or any(map(has_result, known)) or bool(is_generated)
