"""A dubbing job: what is remembered of it, its steps and its ways to fail; how it runs is work.py.

Source: Dubbing API Reference, "Status Flow" and "Job-Level Errors".
"""

from __future__ import annotations

from enum import Enum, IntEnum

from dubcheck.emulator.store import Resource


class Step(IntEnum):
    """Where a job is, in the only order it may go. `processing` has seven stages."""

    PENDING = 0
    DOWNLOADING = 1
    STAGE_1 = 2
    STAGE_2 = 3
    STAGE_3 = 4
    STAGE_4 = 5
    STAGE_5 = 6
    STAGE_6 = 7
    STAGE_7 = 8
    UPLOADING = 9
    COMPLETED = 10


STAGES = tuple(Step(value) for value in range(Step.STAGE_1, Step.STAGE_7 + 1))

_STATUSES = (
    "pending",
    "downloading",
    *("processing" for _ in STAGES),
    "uploading",
    "completed",
)

# Only 3 and 7 were ever seen (document; FACTS 2.3); the other names are this emulator's own.
STAGE_NAMES = (
    "Transcribing",
    "Segmenting",
    "Translating",
    "Voice Cloning",
    "Synthesizing",
    "Mixing",
    "Align & Stitch",
)


class JobError(Enum):
    """Why a job fails."""

    VIDEO_TOO_LONG = "video_too_long"
    VIDEO_TOO_SHORT = "video_too_short"
    VIDEO_TOO_LARGE = "video_too_large"
    UNSUPPORTED_FORMAT = "unsupported_format"
    DOWNLOAD_FAILED = "download_failed"
    PROCESSING_FAILED = "processing_failed"


# A job told to fail does so where the real fault would show.
FAILURE_STEPS = {
    JobError.DOWNLOAD_FAILED: Step.DOWNLOADING,
    JobError.VIDEO_TOO_LARGE: Step.DOWNLOADING,
    JobError.UNSUPPORTED_FORMAT: Step.DOWNLOADING,
    JobError.VIDEO_TOO_SHORT: Step.DOWNLOADING,
    JobError.VIDEO_TOO_LONG: Step.DOWNLOADING,
    JobError.PROCESSING_FAILED: Step.STAGE_4,
}


class JobOptions(Resource, frozen=True, kw_only=True, gc=False):
    """What the client asked for, checked."""

    source_url: str
    target_lang: str
    source_lang: str = "auto"
    reduce_accent: bool = False
    lag_seconds: float = 0.0
    original_volume: float = 0.0


class Job(JobOptions, frozen=True, kw_only=True, gc=False):
    """A job. Times are UNIX seconds, `step` a Step, `outcome` what fault or magic input ordered.

    `own_path` is the source in the emulator's own storage, if that is where it lies.
    """

    created_at: float
    updated_at: float
    own_path: str | None = None
    outcome: str = ""
    step: int = Step.PENDING
    error: str | None = None
    error_message: str = ""
    duration_seconds: float | None = None
    cost_cents: int | None = None
    output_path: str | None = None
    completed_at: float | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.error is not None or self.step == Step.COMPLETED

    @property
    def status(self) -> str:
        """The documented status word."""
        return "failed" if self.error is not None else _STATUSES[self.step]


class JobFailed(Exception):
    """The job cannot go on. Attributes: code, message."""

    def __init__(self, code: JobError, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
