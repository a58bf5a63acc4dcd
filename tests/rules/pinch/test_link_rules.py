"""What the rules say of links that state their own end in other ways than AWS Signature V4."""

from __future__ import annotations

from typing import Any

import pytest

PLACE = "https://store.example.com/a"
NOON = 1_772_712_000
DAY = 86_400
# `output_expires_at` of the paper service is 48 hours after ten seconds past noon.
AGREEING = {
    "unix-seconds": f"Expires={NOON + 2 * DAY}",
    "signed-token": f"exp={NOON + 2 * DAY + 290}&tk=REDACTED",
    "azure": "se=2026-03-07T12%3A00%3A00Z&sig=REDACTED",
    "google": f"X-Goog-Date=20260305T120000Z&X-Goog-Expires={2 * DAY}",
}
OTHER = {
    "unix-seconds": f"Expires={NOON + DAY}",
    "signed-token": f"exp={NOON + 2 * DAY + 400}&tk=REDACTED",
    "azure": "se=2026-03-06T12%3A00%3A00Z&sig=REDACTED",
    "google": f"X-Goog-Date=20260305T120000Z&X-Goog-Expires={DAY}",
}
DOUBTFUL = {
    "milliseconds": f"exp={NOON}000",
    "redacted": "exp=REDACTED",
    "no-zone": "se=2026-03-06T12%3A00%3A00",
    "date-alone": "se=2026-03-06",
    "two-statements": f"exp={NOON + DAY}&se=2026-03-06T12%3A00%3A00Z",
    "far-number": "exp=1234567890",
    "life-without-a-date": "X-Goog-Expires=3600",
}


@pytest.mark.parametrize("query", AGREEING.values(), ids=AGREEING)
def test_agreeing_end_of_a_link_is_understood(query: str, service: Any, judged: Any) -> None:
    """UNIX seconds and ISO times within 300 s of the announced expiry, and lives, agree."""
    service.create()
    service.see("completed", 20, output_url=f"{PLACE}?{query}")

    judgement = judged()

    assert judgement.failed == set()
    assert "pinch.get-job.link-expiry-agrees" in judgement.passed


@pytest.mark.parametrize("query", OTHER.values(), ids=OTHER)
def test_other_end_of_a_link_is_found(query: str, service: Any, judged: Any) -> None:
    """A link that states another end than the answer is found, whoever signed it."""
    service.create()
    service.see("completed", 20, output_url=f"{PLACE}?{query}")

    assert judged().failed == {"pinch.get-job.link-expiry-agrees"}


@pytest.mark.parametrize("query", DOUBTFUL.values(), ids=DOUBTFUL)
def test_doubtful_end_of_a_link_is_not_judged(query: str, service: Any, judged: Any) -> None:
    """What may mean something else accuses nobody and acquits nobody."""
    service.create()
    service.see("completed", 20, output_url=f"{PLACE}?{query}")

    judgement = judged()

    assert "pinch.get-job.link-expiry-agrees" not in judgement.failed | judgement.passed


@pytest.mark.parametrize(
    ("end", "seconds", "is_found"),
    [(3600, 3600, False), (3600, 7200, True), (30 * DAY, 30 * DAY, False), (1800, 1_800_000, True)],
    ids=["same", "other", "long-and-true", "milliseconds"],
)
def test_end_of_an_upload_url_is_held_against_its_announced_life(
    end: int, seconds: int, is_found: bool, service: Any, judged: Any
) -> None:
    """The end that an upload URL states lies `expires_in_sec` after the answer."""
    service.upload(1, upload_url=f"{PLACE}?Expires={NOON + end}", expires_in_sec=seconds)

    assert ("pinch.upload-url.link-expiry-agrees" in judged().failed) is is_found
