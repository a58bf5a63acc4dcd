"""The plain requests that the operations accepted, and the operations ready to be varied.

These are fixtures; conftest.py makes them known to every probe of Panjaya.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from dubcheck.measure.samples import Sample
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi, file_part
from dubcheck.targets.staging import Staged

from .reach import UNREACHED_VIDEO, Reach, reach_of
from .stimuli import Place
from .subjects import Candidate, Plain, ReadyAssets, Subject, plainest

PLAIN = {"name": "Dubcheck", "locale": "en-US", "languages": [{"locale": "es-ES"}]}
# Where one of its two locales is refused, that is what is broken, and others serve as well: Hebrew
# is no target, so that no row of a table asks for a language to be dubbed into itself.
OTHER_SOURCE = {"locale": "he-IL"}
OTHER_TARGET = {"languages": [{"locale": "fi-FI"}]}
NO_SOURCE, NO_TARGET = "locales.source-en-us-is-accepted", "locales.target-es-es-is-accepted"


@pytest.fixture(scope="session")
def plain_upload(studio: StudioApi, video: Sample, background: Sample) -> Plain:
    """The plainest upload that is accepted."""

    def with_track(body: Any) -> Answer:
        return studio.upload(body, video, background)

    def as_json(body: Any) -> Answer:
        part = ("request", (None, json.dumps(body), "application/json"))
        return studio.upload_form({}, [part, file_part("video", video)])

    def plainly(body: Any) -> Answer:
        return studio.upload(body, video)

    return plainest(
        (
            Candidate(None, PLAIN, plainly),
            Candidate("plain-request-part-is-accepted", PLAIN, as_json),
            Candidate("speakers-count-may-be-absent", {**PLAIN, "speakers_count": 1}, plainly),
            Candidate("background-file-may-be-absent", PLAIN, with_track),
            Candidate(NO_SOURCE, {**PLAIN, **OTHER_SOURCE}, plainly),
            Candidate(NO_TARGET, {**PLAIN, **OTHER_TARGET}, plainly),
        )
    )


@pytest.fixture(scope="session")
def reach(
    studio: StudioApi, staged: Staged, video: Sample, request: pytest.FixtureRequest
) -> Reach:
    """Where the target reaches the suite; asked only where it may refuse to."""
    reach = Reach(staged.callback_url, staged.media_url)
    if studio.client.target.kind == "emulator" or not reach.is_private:
        return reach
    return reach_of(reach, studio, request.getfixturevalue("plain_upload"), video, PLAIN)


@pytest.fixture(scope="session")
def plain_create(studio: StudioApi, reach: Reach, video: Sample) -> Plain:
    """The plainest creation that is accepted."""
    body = {**PLAIN, "media_url": reach.media(video) or UNREACHED_VIDEO}
    spoken, lipped = {**body, "speakers_count": 1}, {**body, "lips_model": "real_face"}
    return plainest(
        (
            Candidate(None, body, studio.create),
            Candidate("speakers-count-may-be-absent", spoken, studio.create),
            Candidate("lips-model-may-be-absent", lipped, studio.create),
            Candidate(NO_SOURCE, {**body, **OTHER_SOURCE}, studio.create),
            Candidate(NO_TARGET, {**body, **OTHER_TARGET}, studio.create),
        )
    )


@pytest.fixture(scope="session")
def ready_assets(studio: StudioApi, plain_upload: Plain, lanes: int) -> ReadyAssets:
    """Assets that are Ready, dubbed into Dutch only, so that other languages can be added."""
    request = {**plain_upload.asset.body, "languages": [{"locale": "nl-NL"}]}
    # As long as a name may be: what an addition does to a long name is seen as well.
    long_named = {**request, "name": "Dubcheck".ljust(254, "n") + "z"}
    obstacle = plain_upload.asset.obstacle
    return ReadyAssets(
        studio,
        plain_upload.post,
        (long_named, request),
        lanes,
        obstacle and f"no upload: {obstacle}",
    )


@pytest.fixture(scope="session")
def uploading(plain_upload: Plain, lanes: int, places: dict[Place, str]) -> Subject:
    """uploadAsset, ready to be varied."""
    return _varied("upload-asset", plain_upload, lanes, places)


@pytest.fixture(scope="session")
def creating(plain_create: Plain, lanes: int, places: dict[Place, str]) -> Subject:
    """createAsset, ready to be varied."""
    return _varied("create-asset", plain_create, lanes, places)


def _varied(topic: str, plain: Plain, lanes: int, places: dict[Place, str]) -> Subject:
    asset = plain.asset
    return Subject(topic, asset.body, asset.obstacle, plain.post, lanes, places)


@pytest.fixture(scope="session")
def plain_addition(ready_assets: ReadyAssets) -> Plain | None:
    """The documented addition, or the plainest that is accepted; None where no asset was Ready."""
    asset_id = ready_assets.take()
    if asset_id is None:
        return None
    ready_assets.give_back(asset_id)
    post, body = ready_assets.post, {"languages": PLAIN["languages"]}
    return plainest(
        (
            Candidate(None, {**body, "auto_generate": "off"}, post),
            Candidate("auto-generate-off-is-accepted", body, post),
            Candidate(NO_TARGET, {**OTHER_TARGET, "auto_generate": "off"}, post),
        )
    )


@pytest.fixture(scope="session")
def adding(
    plain_addition: Plain | None, ready_assets: ReadyAssets, lanes: int, places: dict[Place, str]
) -> Subject:
    """addLanguages, ready to be varied."""
    if plain_addition is None:
        obstacle = ready_assets.obstacle
        return Subject("add-languages", PLAIN, obstacle, ready_assets.post, lanes, places)
    return _varied("add-languages", plain_addition, lanes, places)
