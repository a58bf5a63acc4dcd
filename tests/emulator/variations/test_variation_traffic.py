"""That variations which rewrite links, ids or lists still serve what they announce."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from dubcheck.emulator.defects import ServedDefects
from dubcheck.emulator.server import EmulatorServer
from dubcheck.emulator.settings import EmulatorSettings
from dubcheck.emulator.variations import find_variation, varied

ASSET = {
    "name": "My Asset",
    "locale": "en-US",
    "languages": [{"locale": "es-ES"}],
    "media_url": "https://cdn.example.com/emulator-succeeds.mp4",
}
JOB = {"source_url": "https://cdn.example.com/emulator-succeeds.wav", "target_lang": "es"}

Served = Callable[[str, str], httpx.Client]


@pytest.fixture
def served() -> Iterator[Served]:
    """A client of an emulator with one variation, holding the key of one API."""
    with ExitStack() as stack:

        def begin(name: str, api: str) -> httpx.Client:
            settings, packs = varied(EmulatorSettings(), [name])
            changes = ServedDefects([find_variation(name)])
            server = EmulatorServer(settings, changes.wrap, packs)
            stack.enter_context(server)
            key = settings.pinch_key if api == "pinch" else settings.panjaya_key
            headers = {"authorization": f"Bearer {key}"}
            client = httpx.Client(base_url=server.url, headers=headers, timeout=30)
            return stack.enter_context(client)

        yield begin


def finished_job(client: httpx.Client, **fields: object) -> dict:
    """A new job once it has ended."""
    created = client.post("/api/dubbing/jobs", json={**JOB, **fields}).json()
    while (job := client.get(f"/api/dubbing/jobs/{created['job_id']}").json())["status"] not in (
        "completed",
        "failed",
    ):
        pass
    return job


def ready_asset(client: httpx.Client, body: dict) -> dict:
    """A new asset once it has ended."""
    created = client.post("/v1/assets/", json=body).json()
    while (asset := client.get(f"/v1/assets/{created['asset_id']}").json())["status"] == "Dubbing":
        pass
    return asset


@pytest.mark.parametrize("name", ["pinch-other-jobs-1", "pinch-other-jobs-2", "pinch-other-jobs-3"])
def test_link_of_another_life_leads_to_the_file(served: Served, name: str) -> None:
    """A link whose end was moved is served as it stands, and not with a changed signature."""
    client = served(name, "pinch")
    url = finished_job(client)["output_url"]

    kept = httpx.get(url)
    changed = httpx.get(url.replace("Signature=", "Signature=0"))

    assert (kept.status_code, changed.status_code) == (200, 403)


def test_storage_elsewhere_takes_and_gives_files(served: Served, sample: bytes) -> None:
    """An upload to another host and port can be dubbed, and the result is fetched from there."""
    client = served("pinch-storage-elsewhere", "pinch")
    order = {"filename": "a.wav", "content_type": "audio/wav"}
    link = client.post("/api/dubbing/upload-url", json=order).json()

    stored = httpx.put(link["upload_url"], content=sample, headers={"content-type": "audio/wav"})
    job = finished_job(client, source_url=link["source_url"])

    assert stored.status_code == 200
    assert httpx.URL(job["output_url"]).netloc != client.base_url.netloc
    assert httpx.get(job["output_url"]).status_code == 200


def test_languages_asked_for_twice_are_two_dubbings(served: Served) -> None:
    """A language that stands twice has two dubbing ids, and two versions that can be asked for."""
    client = served("panjaya-other-readings-1", "panjaya")
    twice = [{"locale": "de-DE"}, {"locale": "de-DE"}]

    languages = ready_asset(client, {**ASSET, "languages": twice})["languages"]
    ids = [item["versions"][0]["version_id"] for item in languages]
    found = [client.get(f"/v1/versions/{each}").json()["version_id"] for each in ids]

    assert len({item["dubbing_id"] for item in languages}) == 2
    assert found == ids


def test_asset_without_languages_shows_none(served: Served) -> None:
    """An empty list of languages is taken, and the asset then has none."""
    client = served("panjaya-lenient-requests", "panjaya")

    asset = ready_asset(client, {**ASSET, "languages": []})

    assert (asset["status"], asset["languages"]) == ("Ready", [])


@pytest.mark.parametrize("name", ["ids-as-slugs", "ids-as-numbers"])
def test_ids_of_another_form_are_found_again(served: Served, name: str) -> None:
    """An asset is found under the id that its creation gave."""
    client = served(name, "panjaya")

    created = client.post("/v1/assets/", json=ASSET).json()
    found = client.get(f"/v1/assets/{created['asset_id']}")

    assert found.json()["asset_id"] == created["asset_id"]


def test_chunked_answers_have_no_length(served: Served) -> None:
    """A body in chunks arrives whole and announces no length."""
    client = served("chunked-answers", "pinch")

    answer = client.get("/api/dubbing/jobs")

    assert answer.json()["total"] == 0
    assert "content-length" not in answer.headers


def test_tenth_request_is_refused_for_now(served: Served) -> None:
    """Nine requests are answered, the tenth is told to come again."""
    client = served("rate-limited-now-and-then", "pinch")

    statuses = [client.get("/api/dubbing/jobs").status_code for _ in range(11)]

    assert statuses == [*[200] * 9, 429, 200]
