"""Outcomes on demand: magic file names, faults, other customers and a restart."""

from __future__ import annotations

import pytest

from dubcheck.emulator.panjaya import MAGIC_NAMES
from dubcheck.emulator.panjaya.assets import AssetError

from .panjaya_media import version_ids

CODES = {name: code for name, code in MAGIC_NAMES.items() if code in {e.value for e in AssetError}}


@pytest.mark.parametrize(("name", "code"), CODES.items(), ids=CODES)
def test_magic_name_fails_the_asset(panjaya, name, code):
    """A media URL whose file has a magic name fails with its code, without being fetched."""
    asset = panjaya.finish(panjaya.create(media_url=f"https://cdn.example.com/x/{name}.mov?a=1"))

    assert (asset["status"], asset["error"]["code"]) == ("Failed", code)


@pytest.mark.parametrize("code", list(AssetError), ids=lambda code: code.value)
def test_every_error_code_has_a_magic_name(code):
    """No code needs special media to be seen."""
    assert code.value in CODES.values()


def test_magic_name_works_for_an_upload(panjaya):
    """The file name of the uploaded part drives the outcome, whatever the file holds."""
    failed = panjaya.finish(panjaya.upload(b"nothing", "emulator-empty-transcript.mp4"))
    ready = panjaya.finish(panjaya.upload(b"nothing", "emulator-succeeds.mp4"))

    assert failed["error"]["code"] == "empty_transcript"
    assert ready["status"] == "Ready"


def test_magic_name_is_refused_for_the_account(panjaya):
    """The magic account limit answers 403 in the API's own form."""
    refused = panjaya.create(media_url="https://cdn.example.com/emulator-account-limit.mp4")

    assert refused.status_code == 403
    assert isinstance(refused.json()["detail"], str)


def test_fault_of_a_request_fails_its_asset_only(panjaya):
    """A request that names a fault in its header gets it; the next one does not."""
    failing = panjaya.http.post(
        "/v1/assets/",
        json={**panjaya.body(), "name": "failing"},
        headers={"x-emulator-fault": "asset-unsupported-media"},
    )

    assert panjaya.finish(failing)["error"]["code"] == "unsupported_media"
    assert panjaya.finish(panjaya.create())["status"] == "Ready"


def test_fault_of_a_request_fails_its_versions(panjaya):
    """A version fault in the header of the creating request fails the version."""
    accepted = panjaya.http.post(
        "/v1/assets/", json=panjaya.body(), headers={"x-emulator-fault": "version-fails"}
    )

    version_id = version_ids(panjaya.finish(accepted))[0]

    assert panjaya.version(version_id)["status"] == "Failed"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/assets/{asset}"),
        ("POST", "/v1/assets/{asset}/languages"),
        ("GET", "/v1/versions/{version}"),
        ("PATCH", "/v1/versions/{version}/revise"),
    ],
)
def test_other_customer_finds_nothing(panjaya, other, method, path):
    """Another key's asset and version do not exist for this one: 404."""
    asset = panjaya.finish(panjaya.create())
    target = path.format(asset=asset["asset_id"], version=version_ids(asset)[0])

    missing = other.http.request(method, target, json={"languages": [{"locale": "de-DE"}]})

    assert missing.status_code == 404


def test_other_customer_lists_nothing(panjaya, other):
    """The list holds the key's own assets only."""
    panjaya.create()

    assert other.http.get("/v1/assets/").json()["total"] == 0


def test_asset_is_finished_after_a_restart(start_panjaya, tmp_path, clip):
    """An uploaded asset that was acknowledged before the end is dubbed by the next process."""
    state = tmp_path / "state.sqlite"
    first = start_panjaya(state=state)
    first.http.post("/_emulator/clock", json={"frozen": True})
    asset_id = first.upload(clip).json()["asset_id"]
    first.server.stop()

    second = start_panjaya(state=state)
    ready = second.watch(asset_id)[-1]

    assert ready["status"] == "Ready"
    assert second.generate(version_ids(ready)[0])[-1]["status"] == "Completed"


def test_generation_is_finished_after_a_restart(start_panjaya, tmp_path):
    """A version that was being generated when the process ended is completed by the next one."""
    state = tmp_path / "state.sqlite"
    first = start_panjaya(state=state)
    version_id = version_ids(first.finish(first.create()))[0]
    first.http.post("/_emulator/clock", json={"frozen": True})
    first.http.post(f"/_emulator/versions/{version_id}/generate")
    first.server.stop()

    second = start_panjaya(state=state)

    assert second.until(version_id, "Completed")["result_url"] is not None


def test_reset_forgets_everything(start_panjaya):
    """After a reset there is no asset, and no file."""
    customer = start_panjaya()
    customer.finish(customer.create())
    folder = customer.server.emulator.workspace.storage.folder

    customer.http.post("/_emulator/reset", json={})

    assert customer.http.get("/v1/assets/").json()["total"] == 0
    assert list(folder.iterdir()) == []
