"""getVersion: versions that exist, their final video behind `result_url`, versions that do not.

What the fields of a version must be is judged by rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dubcheck.exchange import Credential
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.receptions import is_refusal, told

from ..conftest import leave_if
from ..strangers import judge_stranger
from .batch import AssetBatch
from .final_videos import FinalVideo, FinalVideos
from .orders import PLAIN
from .versions import UNKNOWN_VERSION, plain_version

TOPIC = "panjaya.get-version"
_SIGNATURE = re.compile(
    r"(?i)([?&](?:x-amz-signature|x-goog-signature|signature|sig|token)=)([^&]+)"
)


@pytest.fixture
def version(
    request: pytest.FixtureRequest, batch: AssetBatch, studio: StudioApi, evidence: Evidence
) -> Answer:
    """The version of the plain asset, ready to be edited or further."""
    answer = plain_version(batch, studio)
    leave_if(request.node, None if answer else "no version of an asset could be read", evidence)
    assert answer is not None  # else the probe was left
    return answer


@pytest.fixture
def final_video(
    request: pytest.FixtureRequest, videos: FinalVideos, evidence: Evidence
) -> FinalVideo:
    """The final video of the plain asset, where it was made."""
    found = videos.of(PLAIN)
    leave_if(request.node, None if found.is_completed else found.trouble, evidence)
    return found


@pytest.mark.judges(
    f"{TOPIC}.found-status-is-200",
    f"{TOPIC}.editable-version-has-studio-url",
    f"{TOPIC}.no-result-url-before-video",
)
def test_version_of_an_asset_is_found(version: Answer, evidence: Evidence) -> None:
    """The version that a Ready asset shows is answered with 200; its fields, rules judge."""
    evidence.equals(
        f"{TOPIC}.found-status-is-200",
        version.status,
        200,
        version,
        message="a version that exists is answered with another status",
    )


@pytest.mark.judges(f"{TOPIC}.completed-version-has-result-url", f"{TOPIC}.result-url-needs-no-key")
def test_result_url_needs_no_key(final_video: FinalVideo, evidence: Evidence) -> None:
    """The link to a final video yields a file without an API key; that it is there, a rule says."""
    requirement = f"{TOPIC}.result-url-needs-no-key"

    if final_video.file is None:
        evidence.unjudged(
            requirement, final_video.trouble or "there is no link", *final_video.evidence
        )
        return
    evidence.holds(
        requirement,
        final_video.file.succeeded,
        *final_video.evidence,
        message="the link to a final video cannot be used as it is",
        expected="a 2xx status",
        actual=told(final_video.file),
    )


@pytest.mark.judges(f"{TOPIC}.result-is-a-video")
def test_result_is_a_video(final_video: FinalVideo, evidence: Evidence) -> None:
    """Behind `result_url` lies a file with a picture and a sound track."""
    requirement = f"{TOPIC}.result-is-a-video"

    if final_video.file is None or not final_video.file.succeeded:
        evidence.unjudged(requirement, final_video.trouble or "no file came", *final_video.evidence)
        return
    media = final_video.media
    tracks = {
        "picture": media is not None and media.video is not None,
        "sound": media is not None and media.audio is not None,
    }
    evidence.equals(
        requirement,
        tracks,
        {"picture": True, "sound": True},
        *final_video.evidence,
        message=f"the result is no video with sound ({final_video.trouble or 'it can be read'})",
    )


@pytest.mark.judges(f"{TOPIC}.changed-result-signature-is-refused")
def test_changed_result_signature_is_refused(
    final_video: FinalVideo,
    studio: StudioApi,
    tmp_path: Path,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A `result_url` with one changed character in its signature is refused."""
    requirement = f"{TOPIC}.changed-result-signature-is-refused"
    changed = _with_another_signature(final_video.result_url or "")
    if changed is None or final_video.file is None or not final_video.file.succeeded:
        reason = final_video.trouble or "the link shows no signature that could be changed"
        evidence.unjudged(requirement, reason, *final_video.evidence)
        return

    answer = studio.client.download(changed, tmp_path / "changed")

    reception.refused(requirement, answer)


@pytest.mark.judges(f"{TOPIC}.unknown-version-is-404")
def test_unknown_version_is_404(
    studio: StudioApi, own_version_id: Callable[[], str | None], reception: Reception
) -> None:
    """An id of the usual form that no version has is answered with 404."""
    judge_stranger(
        f"{TOPIC}.unknown-version-is-404",
        reception,
        studio.get_version,
        UNKNOWN_VERSION,
        own_version_id,
    )


@pytest.mark.judges(f"{TOPIC}.malformed-version-id-is-refused")
@pytest.mark.parametrize("version_id", ["no such version!", "x" * 300], ids=["words", "too-long"])
def test_malformed_version_id_is_refused(
    version_id: str, studio: StudioApi, reception: Reception
) -> None:
    """A text that cannot be an id is refused."""
    answer = studio.get_version(version_id)

    reception.refused(f"{TOPIC}.malformed-version-id-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.foreign-version-is-hidden")
def test_foreign_version_is_hidden(
    batch: AssetBatch, version: Answer, studio: StudioApi, evidence: Evidence
) -> None:
    """The key of another account does not find a version."""
    version_id = batch.asset(PLAIN).version_ids()[0]

    answer = studio.get_version(version_id, credential=Credential.OTHER)

    if not (answer.succeeded or is_refusal(answer)):
        evidence.unjudged(f"{TOPIC}.foreign-version-is-hidden", f"{told(answer)}", answer)
        return
    evidence.holds(
        f"{TOPIC}.foreign-version-is-hidden",
        answer.status in (403, 404),
        answer,
        message="another account can read a version",
        expected="404 or 403",
        actual=told(answer),
    )


def _with_another_signature(url: str) -> str | None:
    found = _SIGNATURE.search(url)
    if found is None:
        return None
    first = "0" if found[2][0] != "0" else "1"
    return url[: found.start(2)] + first + url[found.start(2) + 1 :]
