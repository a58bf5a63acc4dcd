"""Notices about the ends of assets that were created from a URL, also in several languages.

Those about uploads, and about several languages, are test_callbacks.py.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence

from .batch import AssetBatch, Fate
from .notices import NoticeReception, Wanted
from .notified_course import undue, uneditable, wanted_version
from .orders import (
    CREATED,
    CREATED_BEYOND,
    CREATED_FAILING,
    CREATED_FAULTS,
    CREATED_SEVERAL,
    FETCHED,
    SEVERAL,
    UNFETCHED,
)

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
            for name in (*CREATED_BEYOND.values(), *CREATED_FAULTS.values(), UNFETCHED)
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
        obstacle = uneditable(batch, made)

    notices.arrives(requirement, wanted, *made.seen, obstacle=obstacle)


@pytest.mark.judges(f"{TOPIC}.version-ready-for-each-language")
@pytest.mark.parametrize("locale", SEVERAL[:2])
def test_each_language_of_a_created_asset_is_told(
    locale: str,
    batch: AssetBatch,
    created_silence: str | None,
    notices: NoticeReception,
    evidence: Evidence,
) -> None:
    """version_ready is sent for both languages of a video that was fetched from a URL."""
    requirement = f"{TOPIC}.version-ready-for-each-language"
    fetched = batch.asset(FETCHED) if FETCHED in batch else None
    if created_silence or fetched is None or not notices.awaited(Wanted(fetched, "version_ready")):
        evidence.unjudged(requirement, created_silence or "one language is not told of, either")
        return
    made = batch.asset(CREATED_SEVERAL)

    wanted = wanted_version(made, locale)

    notices.arrives(requirement, wanted, *made.seen, obstacle=undue(batch, made, locale))
