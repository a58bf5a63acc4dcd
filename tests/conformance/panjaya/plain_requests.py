"""The plain requests that the operations accepted, and the operations ready to be varied.

These are fixtures; conftest.py makes them known to every probe of Panjaya.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import Sample
from dubcheck.targets.panjaya import PlainAsset, StudioApi
from dubcheck.targets.staging import Staged

from .stimuli import Place
from .subjects import Plain, ReadyAssets, Subject, plainest

PLAIN = {"name": "Dubcheck", "locale": "en-US", "languages": [{"locale": "es-ES"}]}
# Public in form; asked for only where no media server can be reached.
UNREACHED_VIDEO = "https://my.storage.service.com/my-video.mp4"


@pytest.fixture(scope="session")
def plain_upload(studio: StudioApi, video: Sample, background: Sample) -> Plain:
    """The plainest upload that is accepted."""
    spoken = {**PLAIN, "speakers_count": 1}
    return plainest(
        (
            (None, lambda: PlainAsset(PLAIN, studio.upload(PLAIN, video))),
            (
                "speakers-count-may-be-absent",
                lambda: PlainAsset(spoken, studio.upload(spoken, video)),
            ),
            (
                "background-file-may-be-absent",
                lambda: PlainAsset(PLAIN, studio.upload(PLAIN, video, background)),
            ),
        )
    )


@pytest.fixture(scope="session")
def plain_create(studio: StudioApi, staged: Staged, video: Sample) -> Plain:
    """The plainest creation that is accepted."""
    url = f"{staged.media_url}/{video.filename}" if staged.media_url else UNREACHED_VIDEO
    body = {**PLAIN, "media_url": url}
    spoken, lipped = {**body, "speakers_count": 1}, {**body, "lips_model": "real_face"}
    return plainest(
        (
            (None, lambda: PlainAsset(body, studio.create(body))),
            ("speakers-count-may-be-absent", lambda: PlainAsset(spoken, studio.create(spoken))),
            ("lips-model-may-be-absent", lambda: PlainAsset(lipped, studio.create(lipped))),
        )
    )


@pytest.fixture(scope="session")
def ready_assets(studio: StudioApi, plain_upload: Plain, video: Sample, lanes: int) -> ReadyAssets:
    """Assets that are Ready, dubbed into Dutch only, so that other languages can be added."""
    request = {**plain_upload.asset.body, "languages": [{"locale": "nl-NL"}]}
    obstacle = plain_upload.asset.obstacle
    return ReadyAssets(studio, request, video, lanes, obstacle and f"no upload: {obstacle}")


@pytest.fixture(scope="session")
def uploading(
    studio: StudioApi,
    plain_upload: Plain,
    video: Sample,
    background: Sample,
    lanes: int,
    places: dict[Place, str],
) -> Subject:
    """uploadAsset, ready to be varied."""
    plain = plain_upload.asset
    track = background if plain_upload.broken_fact == "background-file-may-be-absent" else None
    return Subject(
        "upload-asset",
        plain.body,
        plain.obstacle,
        lambda body: studio.upload(body, video, track),
        lanes,
        places,
    )


@pytest.fixture(scope="session")
def creating(
    studio: StudioApi, plain_create: Plain, lanes: int, places: dict[Place, str]
) -> Subject:
    """createAsset, ready to be varied."""
    plain = plain_create.asset
    return Subject("create-asset", plain.body, plain.obstacle, studio.create, lanes, places)


@pytest.fixture(scope="session")
def adding(ready_assets: ReadyAssets, lanes: int, places: dict[Place, str]) -> Subject:
    """addLanguages, ready to be varied; the document's own example is the plain request."""
    body = {"languages": [{"locale": "es-ES"}], "auto_generate": "off"}
    asset_id = ready_assets.take()
    if asset_id is not None:
        ready_assets.give_back(asset_id)
    return Subject("add-languages", body, ready_assets.obstacle, ready_assets.post, lanes, places)
