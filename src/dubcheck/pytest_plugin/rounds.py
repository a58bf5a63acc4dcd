"""Rounds of exploring after every probe has run once: a deep run's minutes, with ever new seeds.

Minutes are for many rounds, not for one that is large: each ends soon after the time is over.
A round is what `--profile standard` explores with the seed of the round, so that what it finds can
be repeated without the rounds before it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

from dubcheck.targets.staging import Staged

if TYPE_CHECKING:
    from dubcheck.pytest_plugin.run import Share

# Fixtures of those probes that send what is generated; others would do the same again.
EXPLORING = frozenset({"explore", "stimuli"})
SIZE = "standard"
_SEED_DISTANCE = 1_000_003


def seed_of_round(seed: int, number: int) -> int:
    """The seed of a round, that of the run in the first; rounds of near seeds do not meet."""
    return seed + number * _SEED_DISTANCE


def staged_for_round(staged: Staged, number: int) -> Staged:
    """What a probe is told in a round; the first one is the ordinary run of every probe."""
    if staged.explore_until is None:
        return staged
    return replace(staged, profile=SIZE, seed=seed_of_round(staged.seed, number))


def explores(item: pytest.Item) -> bool:
    """Whether a probe sends what is generated."""
    return bool(EXPLORING.intersection(getattr(item, "fixturenames", ())))


def probe_name(item: pytest.Item, share: Share) -> str:
    """The probe and, where it explores, the options by which its exploration is repeated."""
    name = item.nodeid.rpartition("/")[2]
    if not explores(item):
        return name
    staged = staged_for_round(share.staged, share.round)
    return f"{name} --profile {staged.profile} --seed {staged.seed}"


def explore_further(session: pytest.Session, share: Share) -> None:
    """Runs the exploring probes round after round until the time is over, each time afresh."""
    items = [item for item in session.items if explores(item)]
    until = share.staged.explore_until
    while items and until is not None and time.time() < until:
        share.round += 1
        for item, following in pairwise((*items, None)):
            # Where the time is over the rest of the round is left out, after a last teardown.
            is_last = following is None or time.time() >= until
            assert item is not None  # only the last one has no successor
            _run(item, None if is_last else following, share)
            if is_last or session.shouldstop or session.shouldfail:
                break
        if session.shouldstop or session.shouldfail:
            return


def _run(item: pytest.Item, following: pytest.Item | None, share: Share) -> None:
    minutes = max(0.0, (share.staged.explore_until or 0.0) - time.time()) / 60
    item.user_properties = [("round", f"round {share.round}, {minutes:.1f} min left")]
    # A worker's reports are counted by the controlling process, which knows of no rounds; what
    # its probes see is in its part of the record all the same.
    is_worker = hasattr(item.config, "workerinput")
    runtestprotocol(item, log=not is_worker, nextitem=following)
