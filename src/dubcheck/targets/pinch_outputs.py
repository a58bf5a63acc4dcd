"""The dubbed files of a batch of jobs: downloaded and measured once, however many probes ask.

What a file must be is no matter of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dubcheck.measure import Container, MeasureError, Media, container_of, read_media
from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob
from dubcheck.targets.receptions import EMPTY_FILE, told

_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What a job made. `trouble` says why there is no file, or no measuring it; else None.

    `answer` is that of its link. An empty file is none. `container` is told by the file's first
    bytes, also where the rest cannot be measured.
    """

    job: MadeJob
    answer: Answer | None = None
    has_file: bool = False
    container: Container | None = None
    media: Media | None = None
    trouble: str | None = None

    @property
    def seen(self) -> tuple[Answer, ...]:
        """The answers to show with a finding, the decisive one last."""
        answers = (self.job.created, self.job.end, self.answer)
        return tuple(item for item in answers if item is not None)


class Outputs:
    """The outputs of a batch by the names of its jobs."""

    def __init__(self, dubbing: DubbingApi, batch: JobBatch, folder: Path):
        self._dubbing = dubbing
        self._batch = batch
        self._folder = folder
        self._known: dict[str, Output] = {}

    def of(self, name: str) -> Output:
        """The output of a job, when it has ended."""
        if name not in self._known:
            self._known[name] = self._output(self._batch.job(name))
        return self._known[name]

    def _output(self, job: MadeJob) -> Output:
        url = self._link(job)
        if url is None:
            return Output(job, trouble=f"there is no output to measure: the job {job.story}")
        self._folder.mkdir(exist_ok=True)
        path = self._folder / str(len(self._known))
        answer = self._dubbing.client.download(url, path)
        if not answer.succeeded:
            return Output(job, answer, trouble=f"the output is answered with {told(answer)}")
        if path.stat().st_size == 0:
            return Output(job, answer, trouble=EMPTY_FILE)
        with path.open("rb") as file:
            container = container_of(file.read(_HEAD_BYTES))
        try:
            return Output(job, answer, has_file=True, container=container, media=read_media(path))
        except MeasureError as error:
            trouble = f"the output cannot be measured: {error}"
            return Output(job, answer, has_file=True, container=container, trouble=trouble)

    def _link(self, job: MadeJob) -> str | None:
        """The link of the job, else that of the result: a missing one is judged elsewhere."""
        if job.fate is not Fate.COMPLETED or job.end is None or job.job_id is None:
            return None
        url = job.end.field("output_url")
        if not isinstance(url, str):
            url = self._dubbing.get_result(job.job_id).field("download_url")
        return url if isinstance(url, str) else None
