"""Where a job's source comes from: own storage, the internet, or the built-in sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dubcheck.emulator.fetching import (
    AddressRefused,
    DownloadFailed,
    DownloadLimits,
    InvalidUrl,
    TooLarge,
    download,
)
from dubcheck.emulator.pinch.jobs import Job, JobError, JobFailed
from dubcheck.emulator.pinch.magic import SUCCESS
from dubcheck.emulator.workspace import Workspace

SAMPLE_SECONDS = 2
_SAMPLE_RATE = 16_000


class Sources:
    """Puts the source of a job on disk, or says why it cannot be had."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def obtain(self, job: Job, scratch: Path) -> Path:
        """The source as a file, within the size limit; `scratch` may be written to.

        Raises: JobFailed with download_failed or video_too_large.
        """
        if job.outcome == SUCCESS:
            write_sample(scratch)
            return scratch
        limit = self._workspace.profile.max_size_bytes
        if job.own_path is not None:
            return self._own(job, job.own_path, limit)
        try:
            await download(
                job.source_url,
                scratch,
                limits=DownloadLimits(size_bytes=limit),
                guard=self._workspace.guard,
            )
        except TooLarge as error:
            raise JobFailed(JobError.VIDEO_TOO_LARGE, str(error)) from error
        except (InvalidUrl, AddressRefused, DownloadFailed) as error:
            raise JobFailed(JobError.DOWNLOAD_FAILED, str(error)) from error
        return scratch

    def _own(self, job: Job, path: str, limit_bytes: int) -> Path:
        file = self._workspace.storage.open(path, job.owner)
        if file is None:
            raise JobFailed(JobError.DOWNLOAD_FAILED, "nothing was uploaded to the source URL")
        if file.stat().st_size > limit_bytes:
            raise JobFailed(JobError.VIDEO_TOO_LARGE, f"more than {limit_bytes} bytes")
        return file


@contextmanager
def scratch_file(workspace: Workspace) -> Iterator[Path]:
    """A free file name that is empty again afterwards."""
    file = workspace.storage.new_file()
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def write_sample(file: Path) -> None:
    """Two seconds of a wavering tone as WAV: media for those who have none at hand."""
    import math  # noqa: PLC0415 - only for those who ask for the sample
    import struct  # noqa: PLC0415
    import wave  # noqa: PLC0415

    count = SAMPLE_SECONDS * _SAMPLE_RATE
    samples = (
        int(12_000 * math.sin(index * 0.17) * abs(math.sin(index * math.pi / _SAMPLE_RATE)))
        for index in range(count)
    )
    with wave.open(str(file), "wb") as output:
        output.setnchannels(1)
        output.setsampwidth(2)
        output.setframerate(_SAMPLE_RATE)
        output.writeframes(struct.pack(f"<{count}h", *samples))
