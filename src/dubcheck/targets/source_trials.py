"""What becomes of a source URL: turned down at once, a job that fails, or a job that completes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.receptions import is_refusal, told

JOB_CODES = (
    "video_too_long",
    "video_too_short",
    "video_too_large",
    "unsupported_format",
    "download_failed",
    "processing_failed",
)


class Fate(Enum):
    """How a source URL ended."""

    REFUSED = "refused"
    FAILED = "failed"
    COMPLETED = "completed"
    UNENDED = "not at its end in time"
    UNCLEAR = "neither created nor refused"


@dataclass(frozen=True, slots=True)
class Trial:
    """A job for one source URL; `end` is the answer that showed its end."""

    source_url: str
    created: Answer
    end: Answer | None

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.end is not None:
            return Fate.COMPLETED if self.end.field("status") == "completed" else Fate.FAILED
        if is_refusal(self.created):
            return Fate.REFUSED
        return Fate.UNENDED if self.created.succeeded else Fate.UNCLEAR

    @property
    def code(self) -> str | None:
        """The code of the refusal or of the failed job, in whichever form it is told."""
        if self.end is None:
            code = self.created.field("error", "code")
            return code if isinstance(code, str) else None
        error = self.end.field("error")
        text = error.get("code") if isinstance(error, dict) else error
        return next((code for code in JOB_CODES if code in str(text)), None)

    @property
    def seen(self) -> tuple[Answer, ...]:
        """The answers, the decisive one last."""
        return (self.created,) if self.end is None else (self.created, self.end)

    @property
    def story(self) -> str:
        """What happened in a few words, for a finding."""
        if self.end is None:
            return f"{told(self.created)} to {self.source_url}"
        return f"the job for {self.source_url} {self.fate.value} ({self.code or 'no code'})"


def try_sources(api: DubbingApi, body: Mapping[str, Any], urls: Iterable[str]) -> dict[str, Trial]:
    """One job for each URL, the body unchanged otherwise; all are created before any is awaited."""
    created = {url: api.create_job({**body, "source_url": url}) for url in urls}
    deadline = time.monotonic() + api.patience_seconds
    trials = {}
    for url, answer in created.items():
        job_id = job_id_of(answer)
        left = deadline - time.monotonic()
        end = None if job_id is None else api.wait_for_end(job_id, left)
        trials[url] = Trial(url, answer, end)
    return trials


def try_source(api: DubbingApi, body: Mapping[str, Any], url: str) -> Trial:
    """The same for one URL."""
    return try_sources(api, body, [url])[url]
