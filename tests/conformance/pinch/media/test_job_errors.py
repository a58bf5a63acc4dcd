"""Job-level errors: each documented code, reached by an input that really has that fault.

Inputs that must be dubbed instead are test_input_media.py.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception, seen
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob
from dubcheck.targets.pinch_orders import NO_MEDIA, UNLISTED_CODECS
from dubcheck.targets.receptions import is_refusal

WAV, MP4, FLAC = (item.value for item in (SampleName.WAV, SampleName.MP4, SampleName.FLAC))
TOO_LARGE = "pinch.job-errors.too-large-file-"
NO_LARGE_FILE = "a file of 500 MB would have to be uploaded: only a deep run on loopback does that"


@pytest.mark.judges("pinch.job-errors.too-long-input-is-video-too-long")
def test_input_over_the_longest_duration_is_video_too_long(jobs: JobReception) -> None:
    """An input one second longer than `limits.max_duration_sec` fails with video_too_long."""
    jobs.fails_with(
        "pinch.job-errors.too-long-input-is-video-too-long",
        "too long",
        "video_too_long",
        beside=FLAC,
    )


@pytest.mark.judges("pinch.job-errors.too-long-input-is-video-too-long")
def test_video_over_ten_minutes_is_video_too_long(
    batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A video of 601 s fails with video_too_long, where no longer ones are announced."""
    requirement, name = "pinch.job-errors.too-long-input-is-video-too-long", "too long video"
    reason = "in haste, or where more is announced, no such video is sent"
    _need_job(name, batch, evidence, (requirement,), reason)

    jobs.fails_with(requirement, name, "video_too_long", beside=SampleName.MKV_H264_FLAC.value)


@pytest.mark.judges("pinch.job-errors.too-short-input-is-video-too-short")
@pytest.mark.parametrize(
    ("name", "plainer"),
    [
        pytest.param(SampleName.WAV_ALMOST_A_SECOND.value, WAV, id="audio-of-0.9-s"),
        pytest.param(SampleName.MP4_HALF_SECOND.value, MP4, id="video-of-0.5-s"),
    ],
)
def test_input_under_one_second_is_video_too_short(
    name: str, plainer: str, jobs: JobReception
) -> None:
    """An input of 0.9 s or of 0.5 s fails with video_too_short."""
    jobs.fails_with(
        "pinch.job-errors.too-short-input-is-video-too-short",
        name,
        "video_too_short",
        beside=plainer,
    )


@pytest.mark.judges("pinch.job-errors.unknown-codec-is-unsupported-format")
@pytest.mark.parametrize("sample", UNLISTED_CODECS, ids=lambda item: str(item.value))
def test_input_of_unlisted_codec_is_unsupported_format(
    sample: SampleName, jobs: JobReception
) -> None:
    """A picture of FFV1, and sound of ALAC beside H.264, fail with unsupported_format."""
    jobs.fails_with(
        "pinch.job-errors.unknown-codec-is-unsupported-format",
        sample.value,
        "unsupported_format",
        beside=MP4,
    )


@pytest.mark.judges("pinch.job-errors.file-without-media-is-unsupported-format")
@pytest.mark.parametrize("sample", NO_MEDIA, ids=lambda item: str(item.value))
def test_file_without_media_is_unsupported_format(sample: SampleName, jobs: JobReception) -> None:
    """A text, chance bytes and a picture fail with unsupported_format."""
    jobs.fails_with(
        "pinch.job-errors.file-without-media-is-unsupported-format",
        sample.value,
        "unsupported_format",
    )


@pytest.mark.judges("pinch.job-errors.video-without-sound-is-unsupported-format")
def test_video_without_audio_track_is_unsupported_format(jobs: JobReception) -> None:
    """An MP4 with a picture alone fails with unsupported_format."""
    jobs.fails_with(
        "pinch.job-errors.video-without-sound-is-unsupported-format",
        SampleName.MP4_WITHOUT_AUDIO.value,
        "unsupported_format",
        beside=MP4,
    )


@pytest.mark.judges("pinch.job-errors.missing-source-is-download-failed")
@pytest.mark.parametrize("name", ["nothing uploaded", "nothing there"])
def test_source_that_cannot_be_had_is_download_failed(
    name: str, batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A `source_url` to which nothing was uploaded, or that gives 404, fails with that code."""
    requirement = "pinch.job-errors.missing-source-is-download-failed"
    _need_job(name, batch, evidence, (requirement,), "no place is known that gives 404")

    jobs.fails_with(requirement, name, "download_failed")


@pytest.mark.judges("pinch.job-errors.internal-error-is-processing-failed")
def test_error_inside_the_service_is_processing_failed(
    batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A job that is told to fail inside the service fails with processing_failed."""
    requirement = "pinch.job-errors.internal-error-is-processing-failed"
    reason = "no input is known to make a service fail inside; only the embedded emulator is told"
    _need_job("internal error", batch, evidence, (requirement,), reason)

    jobs.fails_with(requirement, "internal error", "processing_failed", beside="mp3")


@pytest.mark.judges(f"{TOO_LARGE}is-not-dubbed", f"{TOO_LARGE}refusal")
def test_file_over_the_largest_size_is_not_dubbed(
    batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A file one byte over the limit is refused somewhere, or its job fails."""
    names = (f"{TOO_LARGE}is-not-dubbed", f"{TOO_LARGE}refusal")
    _need_job("too large", batch, evidence, names, NO_LARGE_FILE)

    job = batch.job("too large")

    _judge_too_large(job, jobs.obstacle(MP4), evidence)


@pytest.mark.judges(f"{TOO_LARGE}is-video-too-large")
def test_file_over_the_largest_size_is_video_too_large(
    batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A job made for a file one byte over the limit fails with video_too_large."""
    requirement = f"{TOO_LARGE}is-video-too-large"
    _need_job("too large", batch, evidence, (requirement,), NO_LARGE_FILE)
    _need_no_dub(requirement, batch.job("too large"), evidence)

    jobs.fails_with(requirement, "too large", "video_too_large", beside=MP4)


def _need_job(
    name: str, batch: JobBatch, evidence: Evidence, requirements: tuple[str, ...], reason: str
) -> None:
    if name in batch.names:
        return
    for requirement in requirements:
        evidence.unjudged(requirement, reason)
    pytest.skip(reason)


def _need_no_dub(requirement: str, job: MadeJob, evidence: Evidence) -> None:
    if job.fate is Fate.COMPLETED:
        evidence.unjudged(requirement, "it is dubbed", *seen(job))
        pytest.skip("it is dubbed")


def _judge_too_large(job: MadeJob, obstacle: str | None, evidence: Evidence) -> None:
    place = _place_of_refusal(job)
    if place is None and job.fate is not Fate.COMPLETED:
        obstacle = f"the job {job.story}"
    if obstacle:
        evidence.unjudged(f"{TOO_LARGE}is-not-dubbed", obstacle, *seen(job))
        evidence.unjudged(f"{TOO_LARGE}refusal", obstacle, *seen(job))
        return
    evidence.holds(
        f"{TOO_LARGE}is-not-dubbed",
        job.fate is not Fate.COMPLETED,
        *seen(job),
        message="a file over the size limit is dubbed",
        expected="a refusal or a failed job",
        actual=job.story,
    )
    if place is not None:
        evidence.reads(f"{TOO_LARGE}refusal", place, *seen(job))


def _place_of_refusal(job: MadeJob) -> str | None:
    put = job.upload.put if job.upload is not None else None
    if put is not None and is_refusal(put):
        return "refused-by-storage"
    return {Fate.REFUSED: "refused-at-create", Fate.FAILED: "failed-job"}.get(job.fate)
