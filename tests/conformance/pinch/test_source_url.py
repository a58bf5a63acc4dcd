"""source_url: what must be dubbed, and what must be refused or fail because it is no public media.

Private addresses are in test_source_url_addresses.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from dubcheck.measure.samples import Sample, SampleName, make
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.pytest_plugin.source_fates import SourceFates
from dubcheck.targets import Answer, is_private
from dubcheck.targets.listeners import bare_path, guarded_path, moved_path
from dubcheck.targets.pinch import DubbingApi, PlainJob, Upload
from dubcheck.targets.source_trials import Fate, Trial, try_source
from dubcheck.targets.staging import Staged

NOT_HAD = "pinch.job-errors.missing-source-is-download-failed"
UPLOADED = "pinch.source-url.upload-source-url-is-dubbed"
UNUSUAL_NAME = "Größe (take 2).mp3"
NO_URLS = {"words": "not a url", "file-name": "video.mp4", "no-host": "http://"}
OTHER_SCHEMES = {
    "ftp": "ftp://ftp.example.com/video.mp4",
    "file": "file:///etc/hostname",
    "data": "data:audio/mpeg;base64,SUQzBAAAAAAAAA==",
}


def _as_it_is(filename: str) -> str:
    return f"/{filename}"


@dataclass(frozen=True, slots=True)
class ServedMedia:
    """An audio file on the suite's own media server, to be dubbed from there."""

    dubbing: DubbingApi
    body: dict[str, Any]
    staged: Staged

    def tried(self, place: Callable[[str], str]) -> Trial:
        """What becomes of it at a path made of its name."""
        path = place(make(SampleName.MP3, self.staged.media_folder).filename)
        return try_source(self.dubbing, self.body, f"{self.staged.media_url}{path}")

    def tried_missing(self) -> Trial:
        """What becomes of a file that is not there; skips where there is no media server."""
        if self.staged.media_url is None:
            pytest.skip("the target cannot reach the suite's media server")
        return try_source(self.dubbing, self.body, f"{self.staged.media_url}/no-such-file.mp3")

    def is_shut_out(self) -> bool:
        """Whether nothing of a media server at a private address is dubbed by a black box.

        The document has such addresses refused.
        """
        if self.dubbing.client.target.kind == "emulator" or not is_private(
            str(self.staged.media_url)
        ):
            return False
        return all(
            self.tried(place).fate is not Fate.COMPLETED for place in (_as_it_is, guarded_path)
        )


@pytest.fixture
def media(dubbing: DubbingApi, job_body: dict[str, Any], staged: Staged) -> ServedMedia:
    """The suite's media server."""
    return ServedMedia(dubbing, job_body, staged)


@pytest.fixture
def page_url(
    dubbing: DubbingApi, samples: Callable[[SampleName], Sample], evidence: Evidence
) -> str:
    """The source URL of an uploaded HTML page, declared as a video where pages are not taken."""
    page = samples(SampleName.HTML_PAGE)
    uploads = (dubbing.upload_as(page, name) for name in ("text/html", "video/mp4"))
    url = next((upload.source_url for upload in uploads if upload.source_url), None)
    if url is None:
        evidence.unjudged("pinch.source-url.html-page-is-not-dubbed", "no page can be uploaded")
        pytest.skip("no page can be uploaded")
    return url


@pytest.mark.judges("pinch.source-url.text-that-is-no-url-is-refused")
@pytest.mark.parametrize("text", NO_URLS.values(), ids=NO_URLS)
def test_text_that_is_no_url_is_refused(
    text: str, job_body: dict[str, Any], dubbing: DubbingApi, reception: Reception
) -> None:
    """A `source_url` that is no URL is refused."""
    answer = dubbing.create_job({**job_body, "source_url": text})

    reception.refused("pinch.source-url.text-that-is-no-url-is-refused", answer)


@pytest.mark.judges("pinch.source-url.empty-url-is-refused")
def test_empty_url_is_refused(
    job_body: dict[str, Any], dubbing: DubbingApi, reception: Reception
) -> None:
    """An empty `source_url` is refused."""
    answer = dubbing.create_job({**job_body, "source_url": ""})

    reception.refused("pinch.source-url.empty-url-is-refused", answer)


@pytest.mark.judges("pinch.source-url.other-scheme-is-not-dubbed")
@pytest.mark.parametrize("url", OTHER_SCHEMES.values(), ids=OTHER_SCHEMES)
def test_other_scheme_is_not_dubbed(
    url: str, job_body: dict[str, Any], dubbing: DubbingApi, fates: SourceFates
) -> None:
    """A URL of another scheme than HTTP(S) is refused or makes a job that fails."""
    trial = try_source(dubbing, job_body, url)

    fates.rejected("pinch.source-url.other-scheme-is-not-dubbed", trial)
    fates.reads_rejection("pinch.source-url.other-scheme-refusal", trial)


@pytest.mark.judges("pinch.source-url.unresolvable-host-is-not-dubbed", NOT_HAD)
def test_unresolvable_host_is_not_dubbed(
    job_body: dict[str, Any], dubbing: DubbingApi, fates: SourceFates
) -> None:
    """A URL whose host has no address is refused or makes a job that fails with download_failed."""
    trial = try_source(dubbing, job_body, "http://dubcheck.invalid/video.mp4")

    fates.rejected("pinch.source-url.unresolvable-host-is-not-dubbed", trial)
    # Some networks answer for names that do not exist, with a page, which is no medium.
    fates.not_had(NOT_HAD, trial, may_be=("unsupported_format",))


@pytest.mark.judges(NOT_HAD)
@pytest.mark.usefixtures("completed_plain_job")
def test_file_that_is_not_there_is_download_failed(media: ServedMedia, fates: SourceFates) -> None:
    """A URL of a server that answers it with 404 makes a job that fails with download_failed."""
    trial = media.tried_missing()

    fates.not_had(NOT_HAD, trial, is_shut_out=media.is_shut_out)


@pytest.mark.judges(
    "pinch.source-url.html-page-is-not-dubbed", "pinch.source-url.html-page-refusal"
)
def test_html_page_is_not_dubbed(
    job_body: dict[str, Any], page_url: str, dubbing: DubbingApi, fates: SourceFates
) -> None:
    """A URL that returns an HTML page makes a job that fails."""
    trial = try_source(dubbing, job_body, page_url)

    fates.rejected("pinch.source-url.html-page-is-not-dubbed", trial)
    fates.reads_code("pinch.source-url.html-page-refusal", trial)


@pytest.mark.judges("pinch.source-url.missing-upload-refusal")
def test_missing_upload_reading_is_noted(
    job_body: dict[str, Any], dubbing: DubbingApi, fates: SourceFates
) -> None:
    """An upload that never came is told by the job, or at its creation."""
    url = dubbing.ask_upload_url("audio.mp3", "audio/mpeg").field("source_url")

    trial = try_source(dubbing, job_body, url)

    fates.reads_missing_upload("pinch.source-url.missing-upload-refusal", trial)


@pytest.mark.judges(UPLOADED)
@pytest.mark.usefixtures("job_body")
def test_upload_is_dubbed(
    upload: Upload,
    plain_job: PlainJob,
    finished_job: Answer | None,
    fates: SourceFates,
    evidence: Evidence,
) -> None:
    """The `source_url` of an upload, once the file is there, makes a job that completes."""
    assert plain_job.answer is not None  # job_body has gone before
    if upload.source_url is None:
        evidence.unjudged(UPLOADED, "no file was uploaded")
        return
    trial = Trial(plain_job.body["source_url"], plain_job.answer, finished_job)

    fates.dubbed(UPLOADED, trial)


@pytest.mark.judges(UPLOADED)
@pytest.mark.usefixtures("completed_plain_job")
def test_upload_of_an_unusual_name_is_dubbed(
    samples: Callable[[SampleName], Sample],
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    fates: SourceFates,
    evidence: Evidence,
) -> None:
    """The `source_url` of a file whose name has blanks, brackets and other letters is dubbed."""
    sound = samples(SampleName.MP3)
    upload = dubbing.upload_as(sound, sound.content_type, UNUSUAL_NAME)
    if upload.source_url is None:
        evidence.unjudged(UPLOADED, "no file was uploaded under an unusual name", upload.asked)
        return

    fates.dubbed(UPLOADED, try_source(dubbing, job_body, upload.source_url))


@pytest.mark.parametrize(
    ("place", "requirement"),
    [
        pytest.param(place, requirement, id=name, marks=pytest.mark.judges(requirement))
        for name, place, requirement in (
            ("plain", _as_it_is, "pinch.source-url.public-url-is-dubbed"),
            ("without-extension", bare_path, "pinch.source-url.public-url-is-dubbed"),
            ("with-query", guarded_path, "pinch.source-url.url-with-query-is-dubbed"),
        )
    ],
)
@pytest.mark.usefixtures("completed_plain_job")
def test_public_url_is_dubbed(
    place: Callable[[str], str], requirement: str, media: ServedMedia, fates: SourceFates
) -> None:
    """A public URL that returns the media directly, with or without a query, is dubbed."""
    trial = media.tried(place)

    fates.dubbed(requirement, trial, media.is_shut_out)


@pytest.mark.judges("pinch.source-url.redirecting-url")
@pytest.mark.usefixtures("completed_plain_job")
def test_redirecting_url_reading_is_noted(media: ServedMedia, evidence: Evidence) -> None:
    """A URL that redirects to the media is followed, or the job is refused or fails."""
    trial = media.tried(moved_path)

    reading = {Fate.COMPLETED: "follows", Fate.FAILED: "fails", Fate.REFUSED: "fails"}
    is_known = trial.fate is Fate.COMPLETED or not media.is_shut_out()
    evidence.reads_if_known(
        "pinch.source-url.redirecting-url",
        reading.get(trial.fate) if is_known else None,
        *trial.seen,
    )
