"""What a revision does to the other versions of its asset: nothing.

Source: docs.panjaya.ai/apis/versions/versions-revise_version, effect on the version in the path.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds
from dubcheck.rules.ownership import known_traces
from dubcheck.rules.panjaya import version_history
from dubcheck.rules.panjaya.asset_history import histories_of
from dubcheck.rules.panjaya.languages import texts_of
from dubcheck.rules.panjaya.sequences import in_sequence, is_before
from dubcheck.rules.panjaya.version_history import VersionHistory, status_of
from dubcheck.rules.panjaya.vocabulary import (
    API,
    COMPLETED,
    GENERATING,
    NOT_READY,
    READY_TO_EDIT,
    is_refused,
)
from dubcheck.rules.registry import run_rule
from dubcheck.rules.settling import resting_on, settle

_REQUIREMENT = "panjaya.revise-version.other-versions-are-kept"
# What only a revision of the version itself could lead back to.
_EARLIER = {
    READY_TO_EDIT: (NOT_READY,),
    GENERATING: (NOT_READY, READY_TO_EDIT),
    COMPLETED: (NOT_READY, READY_TO_EDIT, GENERATING),
}


@run_rule(API, [_REQUIREMENT])
def others(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A version is where it was, or further, after another one of its asset was revised."""
    known = {
        trace.id: version_history.history_of(trace)
        for trace in known_traces(exchanges)
        if trace.kind == "version"
    }
    for asset in histories_of(exchanges):
        shown = {text for seen in asset.sightings for text in texts_of(seen.answer)}
        family = [known[name] for name in sorted(shown & known.keys())]
        for version in family:
            siblings = [item for item in family if item is not version]
            yield from settle(_kept(version, siblings))


def _kept(version: VersionHistory, siblings: list[VersionHistory]) -> Iterator[Outcome]:
    for earlier, later in in_sequence(version.sightings):
        before, after = status_of(earlier), status_of(later)
        if before not in _EARLIER or after is None or _is_revised(version, earlier, later):
            continue
        revision = _revision_between(siblings, earlier, later)
        if revision is not None:
            outcome = holds(
                _REQUIREMENT,
                after not in _EARLIER[before],
                "a version goes back since another version of its asset was revised",
                expected=before,
                actual=after,
            )
            yield resting_on(outcome, earlier, revision, later)


def _is_revised(version: VersionHistory, earlier: Exchange, later: Exchange) -> bool:
    return any(
        item.started_at <= later.ended_at and item.ended_at >= earlier.started_at
        for item in version.revisions
        if not is_refused(item)
    )


def _revision_between(
    siblings: list[VersionHistory], earlier: Exchange, later: Exchange
) -> Exchange | None:
    between = (
        item
        for sibling in siblings
        for item in sibling.revisions
        if item.succeeded and is_before(earlier, item) and is_before(item, later)
    )
    return next(between, None)
