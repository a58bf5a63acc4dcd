"""Notices about the ends of assets that were created from a URL, in one language.

Those about uploads, and about several languages, are test_callbacks.py.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence

from .batch import AssetBatch, Fate
from .notices import NoticeReception, Wanted
from .notified_course import UNPREPARED
from .orders import CREATED, CREATED_BEYOND, CREATED_FAILING, CREATED_FAULTS, FETCHED

TOPIC = "panjaya.callbacks"


@pytest.fixture(scope="module")
def created_silence(batch: AssetBatch, notices: NoticeReception) -> str | None:
    """Why nothing can be said of assets that were created from a URL, or None where some can."""
    made = [batch.asset(name) for name in CREATED if name in batch]
    return notices.silence(made) if made else "the target cannot fetch a video from the suite"


@pytest.mark.judges(f"{TOPIC}.asset-failed-is-sent", f"{TOPIC}.version-ready-is-sent")
@pytest.mark.parametrize(
    ("name", "event", "fate"),
    [
        pytest.param(FETCHED, "version_ready", Fate.READY, id="ready"),
        pytest.param(CREATED_FAILING, "asset_failed", Fate.FAILED, id="failed"),
        *(
            pytest.param(name, "asset_failed", Fate.FAILED, id=name.replace(", ", "-"))
            for name in (*CREATED_BEYOND.values(), *CREATED_FAULTS.values())
        ),
    ],
)
def test_end_of_a_created_asset_is_told(
    name: str,
    event: str,
    fate: Fate,
    batch: AssetBatch,
    created_silence: str | None,
    notices: NoticeReception,
    evidence: Evidence,
) -> None:
    """A video of one language that was fetched from a URL is told of as one that was uploaded."""
    requirement = f"{TOPIC}.{event.replace('_', '-')}-is-sent"
    if created_silence:
        evidence.unjudged(requirement, created_silence)
        return
    made = batch.asset(name)
    wanted = Wanted(made, event)
    obstacle = None if made.fate is fate else f"the asset {made.story}"
    if obstacle is None and fate is Fate.READY and notices.awaited(wanted) is None:
        is_late = any(status in UNPREPARED for status in batch.version_statuses(made))
        obstacle = "the version of a Ready asset is not ready to be edited" if is_late else None

    notices.arrives(requirement, wanted, *made.seen, obstacle=obstacle)
