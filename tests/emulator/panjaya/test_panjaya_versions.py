"""Versions: the final video on order of the control surface, revising, and what each refuses."""

from __future__ import annotations

import httpx
import pytest

from .panjaya_media import version_ids


@pytest.fixture
def version_id(panjaya, clip) -> str:
    """A version that is ready to edit."""
    return version_ids(panjaya.finish(panjaya.upload(clip)))[0]


def revise(customer, version_id: str, **options: object) -> httpx.Response:
    """PATCH the version's revise operation."""
    return customer.http.patch(f"/v1/versions/{version_id}/revise", **options)


def test_version_shows_where_it_belongs(panjaya, clip):
    """A version names its asset, dubbing and locale, and is fully prepared."""
    asset = panjaya.finish(panjaya.upload(clip))
    (language,) = asset["languages"]

    version = panjaya.version(version_ids(asset)[0])

    assert version["asset_id"] == asset["asset_id"]
    assert (version["dubbing_id"], version["locale"]) == (language["dubbing_id"], "es-ES")
    assert (version["status"], version["progress"]) == ("ReadyToEdit", {"percent": 100})
    assert version["result_url"] is None
    assert version["studio_url"].startswith("https://")


def test_generated_version_is_completed_with_a_video(panjaya, version_id):
    """Generating shows Generating, then Completed with a signed link to an MP4."""
    states = panjaya.generate(version_id)

    video = httpx.get(states[-1]["result_url"])

    assert [states[0]["status"], states[-1]["status"]] == ["Generating", "Completed"]
    assert states[0]["result_url"] is None
    assert (video.status_code, video.headers["content-type"]) == (200, "video/mp4")
    assert video.content[4:8] == b"ftyp"


def test_version_is_generated_from_ready_to_edit_only(panjaya, version_id):
    """A completed version must be revised before it is generated again."""
    panjaya.generate(version_id)

    refused = panjaya.http.post(f"/_emulator/versions/{version_id}/generate")

    assert refused.status_code == 400


def test_revised_version_loses_its_video_for_good(panjaya, version_id):
    """After revising there is no link, and the old one is dead, also when another video exists."""
    link = panjaya.generate(version_id)[-1]["result_url"]

    revised = revise(panjaya, version_id)
    version = panjaya.version(version_id)
    panjaya.generate(version_id)

    assert (revised.status_code, revised.json()) == (200, {"studio_url": None})
    assert (version["status"], version["result_url"]) == ("ReadyToEdit", None)
    assert httpx.get(link).status_code == 404


def test_version_that_is_ready_to_edit_may_be_revised(panjaya, version_id):
    """Revising a version that is open already succeeds and changes nothing."""
    before = panjaya.version(version_id)

    assert revise(panjaya, version_id, json={}).status_code == 200
    assert panjaya.version(version_id) == before


def test_revise_answers_a_studio_url_when_asked(panjaya, version_id):
    """With studio_url_request of any type the answer has a signed address in the studio."""
    answered = revise(panjaya, version_id, json={"studio_url_request": {"any": 1}})

    assert "?token=" in answered.json()["studio_url"]


def test_revise_is_refused_while_not_ready(start_panjaya):
    """A version that is being prepared cannot be revised: 400."""
    customer = start_panjaya()
    customer.http.post("/_emulator/clock", json={"frozen": True})
    asset_id = customer.create().json()["asset_id"]
    customer.http.post("/_emulator/clock", json={"advance_seconds": 0.15})
    version_id = version_ids(customer.until_begun(asset_id))[0]

    refused = revise(customer, version_id)

    assert customer.version(version_id)["status"] == "NotReady"
    assert refused.status_code == 400


def test_revise_is_refused_while_generating(start_panjaya):
    """A version that is being generated cannot be revised: 400."""
    customer = start_panjaya()
    version_id = version_ids(customer.finish(customer.create()))[0]
    customer.http.post("/_emulator/clock", json={"frozen": True})

    customer.http.post(f"/_emulator/versions/{version_id}/generate")
    refused = revise(customer, version_id)

    assert customer.version(version_id)["status"] == "Generating"
    assert refused.status_code == 400


@pytest.mark.parametrize("body", [b"{", b"[]", b"7"], ids=["cut", "list", "number"])
def test_revise_refuses_what_is_no_object(panjaya, version_id, body):
    """A body that is no JSON object answers 400."""
    assert revise(panjaya, version_id, content=body).status_code == 400


def test_result_link_dies_by_the_clock(start_panjaya):
    """A link to the final video lasts a day; asking for the version gives a fresh one."""
    customer = start_panjaya()
    version_id = version_ids(customer.finish(customer.create()))[0]
    link = customer.generate(version_id)[-1]["result_url"]

    customer.http.post("/_emulator/clock", json={"advance_seconds": 86_402})

    assert httpx.get(link).status_code == 403
    assert httpx.get(customer.version(version_id)["result_url"]).status_code == 200
