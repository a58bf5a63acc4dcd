"""A video without a sound track in another container than MP4, which is test_job_errors.py.

Its job is no part of what recorded probes share.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.job_reception import JobReception
from dubcheck.targets.pinch_jobs import JobBatch
from dubcheck.targets.pinch_orders import format_orders

UNSUPPORTED = "pinch.job-errors.video-without-sound-is-unsupported-format"


@pytest.mark.judges(UNSUPPORTED)
def test_webm_without_audio_track_is_unsupported_format(
    batch: JobBatch, jobs: JobReception
) -> None:
    """A WebM with a picture alone fails with unsupported_format."""
    batch.offer(format_orders((SampleName.WEBM_WITHOUT_AUDIO,)))

    jobs.fails_with(
        UNSUPPORTED,
        SampleName.WEBM_WITHOUT_AUDIO.value,
        "unsupported_format",
        beside=SampleName.WEBM_VP8_VORBIS.value,
    )
