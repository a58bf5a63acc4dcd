"""The calls of Pinch's Dubbing API as a client makes them: upload, create, poll, list.

What an answer should be is no matter of this module; it only knows what a next step needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dubcheck.measure.samples import Sample
from dubcheck.targets.api_client import Answer, ApiClient
from dubcheck.targets.receptions import is_silence, told
from dubcheck.targets.target_options import is_loopback
from dubcheck.targets.waiting import Waiting

UPLOADS = "/api/dubbing/upload-url"
JOBS = "/api/dubbing/jobs"
ENDS = ("completed", "failed")
_MOST_FAILURES_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Upload:
    """A file brought to storage; `put` is None where no upload URL came back."""

    asked: Answer
    put: Answer | None

    @property
    def source_url(self) -> str | None:
        """What to send as `source_url`, or None where the file is not there."""
        arrived = self.put is not None and self.put.succeeded
        return self.announced_url if arrived else None

    @property
    def announced_url(self) -> str | None:
        """What the file was to be known as, whether it is there or not."""
        url = self.asked.field("source_url")
        return url if self.asked.succeeded and isinstance(url, str) else None


@dataclass(frozen=True, slots=True)
class PlainJob:
    """The plainest job that the document allows, and what was answered to it.

    `answer` is None where there was no upload to make a job of, and none could be made without.
    """

    body: dict[str, Any]
    answer: Answer | None

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be built upon it, or None where it was accepted."""
        if self.answer is None:
            return "no file could be uploaded"
        if self.answer.succeeded:
            return None
        return f"the plain job is answered with {told(self.answer)}"


class DubbingApi:
    """The documented operations; options are those of `ApiClient.send` (credential, intent, …).

    A request that gets no answer is sent once more: a connection may break by chance.
    """

    def __init__(self, client: ApiClient):
        self.client = client
        self._waiting = Waiting(is_local=is_loopback(client.target.base_url))

    @property
    def patience_seconds(self) -> float:
        """What one wait for a job may take."""
        return self._waiting.patience_seconds

    def ask_upload_url(self, filename: str, content_type: str, **options: Any) -> Answer:
        """createUploadUrl with its two fields."""
        body = {"filename": filename, "content_type": content_type}
        return self.post(UPLOADS, body, **options)

    def upload(self, sample: Sample, **options: Any) -> Upload:
        """createUploadUrl and putUpload."""
        return self.upload_as(sample, sample.content_type, **options)

    def upload_as(
        self, sample: Sample, content_type: str, filename: str | None = None, **options: Any
    ) -> Upload:
        """The same under another content type than the sample's own, or another name."""
        asked = self.ask_upload_url(filename or sample.filename, content_type, **options)
        url = asked.field("upload_url")
        if not asked.succeeded or not isinstance(url, str):
            return Upload(asked, None)
        return Upload(asked, self.put_file(url, sample.path, content_type))

    def create_job(self, body: Any, **options: Any) -> Answer:
        """createJob with any JSON value as its body."""
        return self.post(JOBS, body, **options)

    def get_job(self, job_id: str, **options: Any) -> Answer:
        """getJob; the id is encoded for the path."""
        answer = self.send("GET", job_path(job_id), **options)
        self._waiting.state_was_asked(answer.field("status"), ENDS)
        return answer

    def get_result(self, job_id: str, **options: Any) -> Answer:
        """getJobResult; the id is encoded for the path."""
        return self.send("GET", f"{job_path(job_id)}/result", **options)

    def list_jobs(self, query: Mapping[str, object] | None = None, **options: Any) -> Answer:
        """listJobs with exactly these query parameters."""
        return self.send("GET", JOBS, params=dict(query or {}), **options)

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """Any request to the API."""
        answer = self.client.send(method, path, **options)
        return self.client.send(method, path, **options) if is_silence(answer) else answer

    def post(self, path: str, body: Any, **options: Any) -> Answer:
        """A POST of any JSON value; httpx itself would send no body for null."""
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        content = json.dumps(body, ensure_ascii=False).encode()
        return self.send("POST", path, content=content, headers=headers, **options)

    def put_file(
        self, url: str, content: bytes | Path, content_type: str, intent: str | None = None
    ) -> Answer:
        """A PUT to presigned storage."""
        answer = self.client.put_file(url, content, content_type, intent)
        if is_silence(answer):
            return self.client.put_file(url, content, content_type, intent)
        return answer

    def download(self, url: str, destination: Path) -> Answer:
        """A GET from presigned storage into a file."""
        answer = self.client.download(url, destination)
        return self.client.download(url, destination) if is_silence(answer) else answer

    def is_reachable(self) -> bool:
        """Whether the service still answers a plain request; if not, nothing else is its fault."""
        answer = self.list_jobs()
        return answer.status is not None and answer.status < 500

    def wait_for_end(self, job_id: str, patience_seconds: float | None = None) -> Answer | None:
        """The first answer that shows the job completed or failed.

        None where that did not happen in time, or where the job cannot be read: a refusal says so
        at once, an error of the service when it comes again and again.
        """
        failures = 0
        for _ in self.polls(patience_seconds):
            answer = self.get_job(job_id)
            if answer.field("status") in ENDS:
                return answer
            status = answer.status or 0
            failures = failures + 1 if 500 <= status <= 599 else 0
            if 400 <= status <= 499 or failures >= _MOST_FAILURES_IN_A_ROW:
                return None
        return None

    def polls(self, patience_seconds: float | None = None) -> Iterator[float]:
        """Yields the seconds waited so far, each time it is time to ask again; once at least."""
        return self._waiting.polls(patience_seconds)


def job_path(job_id: str) -> str:
    """The path of a job whose id may hold any character."""
    return f"{JOBS}/{quote(job_id, safe='')}"


def job_id_of(answer: Answer) -> str | None:
    """The id of the job that was created, or None where none was."""
    job_id = answer.field("job_id")
    return job_id if answer.succeeded and isinstance(job_id, str) else None
