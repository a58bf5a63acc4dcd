"""Presigned storage as it is now: the PUT, the downloads, and links that were changed.

How long links live is seen under a clock that can be turned, not here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dubcheck.exchange import MISSING
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, Upload, job_id_of
from dubcheck.targets.pinch_links import with_another_signature, without_query
from dubcheck.targets.receptions import EMPTY_FILE, told

CONTENT = b"dubcheck: a few bytes that nobody will dub"
# Elsewhere 401 is about the key of the run; to storage none is sent, and none need be.
WANTS_KEY = 401


@pytest.fixture
def put(request: pytest.FixtureRequest, upload: Upload, evidence: Evidence) -> Answer:
    """The answer of storage to the shared upload; without it nothing can be shown."""
    if upload.put is None:
        _give_up(request, "no upload URL came back", evidence)
    assert upload.put is not None
    return upload.put


@pytest.fixture
def fresh_upload(
    request: pytest.FixtureRequest, put: Answer, dubbing: DubbingApi, evidence: Evidence
) -> Answer:
    """Another upload URL, asked for with video/mp4, of a storage that took a plain PUT."""
    if not put.succeeded:
        _give_up(request, f"a plain PUT is answered with {told(put)}", evidence)
    asked = dubbing.ask_upload_url("video.mp4", "video/mp4")
    urls = (asked.field("upload_url"), asked.field("source_url"))
    if not all(isinstance(url, str) for url in urls):
        _give_up(request, "a second upload URL did not come back", evidence)
    return asked


@pytest.fixture
def completed_job(
    request: pytest.FixtureRequest, finished_job: Answer | None, evidence: Evidence
) -> Answer:
    """The plain job with its link; without one nothing can be downloaded."""
    if finished_job is None or not isinstance(finished_job.field("output_url"), str):
        _give_up(request, "the plain job has no output to download", evidence)
    assert finished_job is not None
    return finished_job


@pytest.mark.judges("pinch.storage.put-is-accepted")
def test_put_of_the_bare_file_is_accepted(
    put: Answer, reception: Reception, evidence: Evidence
) -> None:
    """A PUT of the bare file under the declared type and without Authorization succeeds."""
    _judge_access("pinch.storage.put-is-accepted", put, reception, evidence)


@pytest.mark.judges("pinch.storage.other-content-type-is-refused")
def test_put_under_another_content_type_is_refused(
    fresh_upload: Answer, dubbing: DubbingApi, reception: Reception
) -> None:
    """A PUT of text/plain to a URL that was asked for with video/mp4 is refused."""
    url = fresh_upload.field("upload_url")

    answer = dubbing.put_file(url, CONTENT, "text/plain", "another content type")

    reception.refused("pinch.storage.other-content-type-is-refused", answer)


@pytest.mark.judges("pinch.storage.changed-put-signature-is-refused")
def test_put_with_a_changed_signature_is_refused(
    fresh_upload: Answer, dubbing: DubbingApi, reception: Reception, evidence: Evidence
) -> None:
    """A PUT to an upload URL with one changed character in its signature is refused."""
    requirement = "pinch.storage.changed-put-signature-is-refused"
    changed = _with_another_signature(requirement, fresh_upload.field("upload_url"), evidence)

    answer = dubbing.put_file(changed, CONTENT, "video/mp4", "changed signature")

    reception.refused(requirement, answer)


@pytest.mark.judges("pinch.storage.unsigned-put-is-refused")
def test_put_without_permission_is_refused(
    fresh_upload: Answer, dubbing: DubbingApi, reception: Reception
) -> None:
    """A PUT to the upload URL without its query, or else to `source_url`, is refused."""
    url = without_query(fresh_upload.field("upload_url")) or fresh_upload.field("source_url")

    answer = dubbing.put_file(url, CONTENT, "video/mp4", "no signature")

    reception.refused("pinch.storage.unsigned-put-is-refused", answer)


@pytest.mark.judges("pinch.storage.output-url-downloads")
def test_output_url_downloads(
    completed_job: Answer,
    dubbing: DubbingApi,
    tmp_path: Path,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """`output_url` of a completed job yields a file to a GET without Authorization."""
    requirement = "pinch.storage.output-url-downloads"
    file = tmp_path / "output"
    url = _needed_url(requirement, completed_job, "output_url", evidence)

    answer = dubbing.download(url, file)

    _judge_download(requirement, answer, file, reception, evidence)


@pytest.mark.judges("pinch.storage.download-url-downloads")
def test_download_url_downloads(
    completed_job: Answer,
    dubbing: DubbingApi,
    tmp_path: Path,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """`download_url` of the result yields a file to a GET without Authorization."""
    requirement = "pinch.storage.download-url-downloads"
    file = tmp_path / "download"
    result = dubbing.get_result(job_id_of(completed_job) or "")
    url = _needed_url(requirement, result, "download_url", evidence)

    answer = dubbing.download(url, file)

    _judge_download(requirement, answer, file, reception, evidence)


@pytest.mark.judges("pinch.storage.changed-get-signature-is-refused")
def test_download_with_a_changed_signature_is_refused(
    completed_job: Answer,
    dubbing: DubbingApi,
    tmp_path: Path,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A download URL with one changed character in its signature yields nothing."""
    requirement = "pinch.storage.changed-get-signature-is-refused"
    changed = _with_another_signature(requirement, completed_job.field("output_url"), evidence)

    answer = dubbing.download(changed, tmp_path / "changed")

    reception.refused(requirement, answer)


def _judge_download(
    requirement: str, answer: Answer, file: Path, reception: Reception, evidence: Evidence
) -> None:
    if _judge_access(requirement, answer, reception, evidence):
        evidence.holds(
            requirement,
            file.stat().st_size > 0,
            answer,
            message=EMPTY_FILE,
            expected="the dubbed file",
            actual="no bytes",
        )


def _judge_access(
    requirement: str, answer: Answer, reception: Reception, evidence: Evidence
) -> bool:
    if answer.status != WANTS_KEY:
        return reception.accepted(requirement, answer)
    return evidence.holds(
        requirement,
        False,
        answer,
        message="storage wants a key for a link that carries its own permission",
        expected="a 2xx status",
        actual=told(answer),
    )


def _with_another_signature(requirement: str, url: str, evidence: Evidence) -> str:
    changed = with_another_signature(url)
    _need_text(requirement, changed, "the link shows no signature that could be changed", evidence)
    return str(changed)


def _needed_url(requirement: str, answer: Answer, field: str, evidence: Evidence) -> str:
    """The link in an answer; what is none is told as such."""
    url = answer.field(field)
    is_url = isinstance(url, str) and url.startswith(("http://", "https://"))
    _need_text(requirement, url if is_url else MISSING, f"`{field}` is no URL", evidence)
    return str(url)


def _need_text(requirement: str, value: object, reason: str, evidence: Evidence) -> None:
    if value is MISSING or not isinstance(value, str):
        evidence.unjudged(requirement, reason)
        pytest.skip(reason)


def _give_up(request: pytest.FixtureRequest, reason: str, evidence: Evidence) -> None:
    for marker in request.node.iter_markers("judges"):
        for name in marker.args:
            evidence.unjudged(name, reason)
    pytest.skip(reason)
