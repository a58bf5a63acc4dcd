"""Notices that a client's receiver got are judged with the traffic that asked for them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.recordings.recorded_messages import har_entry

ASSETS = "https://api.panjaya.ai/v1/assets/"
HOOK = "https://hooks.example.com/dubs?account=7"
BODY = {
    "name": "A film",
    "locale": "en-US",
    "languages": [{"locale": "fr-FR"}],
    "media_url": "https://cdn.example.com/film.mp4",
    "callback_url": HOOK,
}
LISTED = "panjaya.callbacks.event-is-listed"


def creation(asset_id: str = "7b9b9e3c3c7e322aec4c3d9b", at: int = 0) -> dict[str, Any]:
    """An asset is made whose notices go to the receiver."""
    shown = {
        "asset_id": asset_id,
        "name": "A film",
        "locale": "en-US",
        "created_at": f"2026-03-05T12:00:{at:02d}Z",
        "status": "Dubbing",
        "languages": [{"locale": "fr-FR", "dubbing_id": "d-1"}],
    }
    return har_entry("POST", ASSETS, 200, shown, BODY, at=at)


def notice(event: str, url: str = HOOK, **more: str) -> dict[str, Any]:
    """A notice about that asset arrives."""
    asset = {"asset_id": "7b9b9e3c3c7e322aec4c3d9b", **more}
    return har_entry("POST", url, 200, {}, {"event": event, **asset}, at=9)


def test_notice_that_breaks_a_promise_is_found(desk):
    """An event that no list names is told under its id."""
    har = desk.har("a.har", creation(), notice("asset_is_great"))

    judgement = desk.judge(har)

    assert judgement.failed == {LISTED}


def test_right_notice_is_accused_of_nothing(desk):
    """A notice of a listed event is judged, and nothing fails."""
    har = desk.har("a.har", creation(), notice("version_failed", version_id="v-1", locale="fr-FR"))

    judgement = desk.judge(har)

    assert (judgement.verdict(LISTED), judgement.failed) == ("pass", set())


@pytest.mark.parametrize(
    "url",
    ["http://localhost:3000/dubs?account=7", "https://hooks.example.com/dubs"],
    ids=["behind-a-proxy", "without-its-query"],
)
def test_receiver_is_known_by_its_path(desk, url):
    """What records the receiver may see it under another host."""
    client, receiver = desk.har("a.har", creation()), desk.har("b.har", notice("odd", url))

    judgement = desk.judge(client, receiver)

    assert judgement.failed == {LISTED}


def test_delivery_to_another_place_is_ignored(desk):
    """A receiver that no creation named is none of the service's."""
    har = desk.har("a.har", creation(), notice("odd", "https://hooks.example.com/other"))

    judgement = desk.judge(har)

    assert judgement.failed == set()
    assert judgement.recordings["ignored"]["other_hosts"] == {"hooks.example.com": 1}


def test_notice_belongs_to_the_client_whose_asset_it_names(desk):
    """Two clients share a receiver: what neither asked for is held against none of them."""
    own, foreign = desk.har("a.har", creation()), desk.har("b.har", creation("other", at=1))
    named, nobodys = notice("odd"), notice("odd", asset_id="unknown")

    with_owner = desk.judge(own, foreign, desk.har("c.har", named))
    without = desk.judge(own, foreign, desk.har("d.har", nobodys))

    assert (with_owner.failed, without.failed_musts) == ({LISTED}, set())
