"""The workflow that Pinch's document prints, walked once as its client does.

Source: Dubbing API Reference, "Example: Full Workflow". What must come of it, the probe says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.receptions import EMPTY_FILE, told

FILENAME, CONTENT_TYPE = "my-video.mp4", "video/mp4"


@dataclass(frozen=True, slots=True)
class Workflow:
    """How far it went: the answer of each step taken, and why it stopped before a file was had.

    `failed` is the answer that shows its job failed.
    """

    answers: tuple[Answer, ...]
    obstacle: str | None = None
    failed: Answer | None = None


def walk_through(dubbing: DubbingApi, video: Path, destination: Path) -> Workflow:
    """Upload URL, PUT, job with `auto`, polling, download into the destination."""
    asked = dubbing.ask_upload_url(FILENAME, CONTENT_TYPE)
    upload_url, source_url = asked.field("upload_url"), asked.field("source_url")
    if not asked.succeeded or not isinstance(upload_url, str) or not isinstance(source_url, str):
        return Workflow((asked,), f"createUploadUrl is answered with {told(asked)}")
    put = dubbing.client.put_file(upload_url, video, CONTENT_TYPE)
    if not put.succeeded:
        return Workflow((asked, put), f"the PUT is answered with {told(put)}")
    body = {"source_url": source_url, "target_lang": "es", "source_lang": "auto"}
    created = dubbing.create_job(body)
    job_id = job_id_of(created)
    if job_id is None:
        return Workflow((asked, put, created), f"createJob is answered with {told(created)}")
    ended = dubbing.wait_for_end(job_id)
    if ended is None:
        return Workflow((asked, put, created), "the job did not end in time")
    return _finish(dubbing, (asked, put, created, ended), destination)


def _finish(dubbing: DubbingApi, answers: tuple[Answer, ...], destination: Path) -> Workflow:
    ended = answers[-1]
    if ended.field("status") == "failed":
        return Workflow(answers, "the job failed", failed=ended)
    url = ended.field("output_url")
    if not isinstance(url, str):
        return Workflow(answers, "the completed job has no output_url")
    download = dubbing.client.download(url, destination)
    if not download.succeeded:
        return Workflow((*answers, download), f"the download is answered with {told(download)}")
    if destination.stat().st_size == 0:
        return Workflow((*answers, download), EMPTY_FILE)
    return Workflow((*answers, download))
