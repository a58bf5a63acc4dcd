"""Assets of each source locale, which other probes created: read, and extended by English."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi

ENGLISH = "en-US"
# Any of them will do; some were created with trims and the like, and may have failed.
NEITHER_PLAIN_NOR_TARGET = ("he-IL", "ta-IN", "uk-UA", "vi-VN")
ALSO_TARGET = "ko-KR"


@pytest.mark.judges("panjaya.get-asset.locale-is-that-of-creation")
def test_asset_of_each_source_keeps_it(studio: StudioApi, lanes: int) -> None:
    """An asset of each source locale is read once; rules hold it against its creation."""
    asset_ids = list(studio.assets_by_source.values())

    with ThreadPoolExecutor(lanes) as reading:
        list(reading.map(studio.get_asset, asset_ids))


@pytest.fixture
def foreign_asset(studio: StudioApi) -> str | None:
    """The id of a Ready asset that neither speaks English nor is dubbed into it, or None."""
    known = studio.assets_by_source
    candidates = [known[source] for source in NEITHER_PLAIN_NOR_TARGET if source in known]
    ended = ((name, studio.wait_for_end(name)) for name in candidates)
    ready = ((name, answer) for name, answer in ended if answer and _is_ready(answer))
    return next((name for name, answer in ready if ENGLISH not in _languages(answer)), None)


def _is_ready(answer: Answer) -> bool:
    return answer.field("status") == "Ready"


def _languages(answer: Answer) -> str:
    """Everything that is shown of its languages: drawn requests name any."""
    return str(answer.field("languages"))


@pytest.mark.judges("panjaya.locales.target-en-us-is-accepted")
def test_english_can_be_added_to_what_is_not_english(
    foreign_asset: str | None, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """English is a target as any other, where it is not what is spoken."""
    requirement = "panjaya.locales.target-en-us-is-accepted"
    if foreign_asset is None:
        evidence.unjudged(requirement, "no asset in another language than English was Ready")
        return

    answer = studio.add_languages(foreign_asset, {"languages": [{"locale": ENGLISH}]})

    if not answer.succeeded:
        other = studio.add_languages(foreign_asset, {"languages": [{"locale": ALSO_TARGET}]})
        if not other.succeeded:
            reason = "no language at all can be added to that asset"
            evidence.unjudged(requirement, reason, answer, other)
            return
    reception.accepted_within_limits(requirement, answer)
