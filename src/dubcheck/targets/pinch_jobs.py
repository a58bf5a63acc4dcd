"""Many dubbing jobs at once: all are made first, then polled in turn until each has ended.

Where only a few are going to be wanted, they are made when somebody asks for them.

What the outcome of a job says about a requirement is no matter of this module.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from dubcheck.exchange import Credential
from dubcheck.measure.samples import Sample, SampleName, make, make_padded
from dubcheck.targets.api_client import Answer
from dubcheck.targets.pinch import ENDS, DubbingApi, Upload, job_id_of
from dubcheck.targets.receptions import is_refusal, told

JOB_LEVEL_CODES = (
    "video_too_long",
    "video_too_short",
    "video_too_large",
    "unsupported_format",
    "download_failed",
    "processing_failed",
)
OTHERS_PER_ROUND = 4  # enough to see jobs under way, few enough for a target that answers slowly


class Fate(Enum):
    """What became of a job."""

    COMPLETED = "completed"
    FAILED = "failed"
    REFUSED = "was refused"
    UNENDED = "did not end in time"
    UNMADE = "could not be made"


@dataclass(frozen=True, slots=True)
class JobOrder:
    """A job to be made: a file, or a URL, and the fields beside `source_url` and `target_lang`.

    `padded_to` is the size in bytes to which the plain video is padded. `is_uploaded` false leaves
    the upload URL unused. `headers` go with createJob.
    """

    name: str
    sample: SampleName | None
    options: Mapping[str, Any] = field(default_factory=dict)
    source_url: str | None = None
    padded_to: int | None = None
    is_uploaded: bool = True
    credential: Credential = Credential.OWN
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class MadeJob:
    """A job of a batch and every answer about it, in order. Units: UNIX seconds."""

    order: JobOrder
    sample: Sample | None = None
    upload: Upload | None = None
    created: Answer | None = None
    polls: list[Answer] = field(default_factory=list)
    gave_up: bool = False
    started_at: float = 0.0

    @property
    def job_id(self) -> str | None:
        """Its id, or None where it was not created."""
        return job_id_of(self.created) if self.created is not None else None

    @property
    def end(self) -> Answer | None:
        """The first answer that shows it ended."""
        return next((item for item in self.polls if item.field("status") in ENDS), None)

    @property
    def fate(self) -> Fate:
        """What became of it so far."""
        if self.end is not None:
            return Fate(str(self.end.field("status")))
        if self.job_id is not None:
            return Fate.UNENDED
        last = self.decisive
        return Fate.REFUSED if last is not None and is_refusal(last) else Fate.UNMADE

    @property
    def decisive(self) -> Answer | None:
        """The answer that shows its fate best."""
        if self.end is not None:
            return self.end
        if self.polls:
            return self.polls[-1]
        if self.created is not None:
            return self.created
        # A refused PUT is storage's matter; only the API can turn a file down before the job.
        asked = self.upload.asked if self.upload is not None else None
        return asked if asked is not None and not asked.succeeded else None

    @property
    def is_without_link(self) -> bool:
        """Whether no upload URL was given for its file."""
        return self.upload is not None and is_refusal(self.upload.asked)

    @property
    def code(self) -> str | None:
        """The documented code with which it failed, in whatever form it was told."""
        return error_code(self.end.field("error")) if self.end is not None else None

    @property
    def seconds_to_end(self) -> float:
        """From its creation to the answer that showed its end; 0 while it has none."""
        return self.end.exchange.ended_at - self.started_at if self.end is not None else 0.0

    @property
    def story(self) -> str:
        """Its fate in a few words, for a finding."""
        if self.fate is Fate.FAILED and self.end is not None:
            return f"failed with {self.end.field('error')!r}"
        if self.fate in (Fate.REFUSED, Fate.UNMADE) and self.decisive is not None:
            return f"{self.fate.value}: {told(self.decisive)}"
        return self.fate.value


class JobBatch:
    """Makes jobs and follows them; a file that several jobs use is uploaded once."""

    def __init__(
        self, dubbing: DubbingApi, folder: Path, lanes: int = 1, target_language: str = "es"
    ):
        """`lanes` is how many requests may be under way at once while jobs are made.

        Samples are made in the folder.
        """
        self._dubbing = dubbing
        self._folder = folder
        self._target_language = target_language
        self._lanes = lanes
        self._uploads: dict[tuple[str, Credential], Future[Upload]] = {}
        self._offered: dict[str, JobOrder] = {}
        self.jobs: dict[str, MadeJob] = {}

    def offer(self, orders: Iterable[JobOrder]) -> None:
        """Takes orders for jobs that are made when they are asked for."""
        self._offered |= {order.name: order for order in orders}

    def make(self, orders: Iterable[JobOrder]) -> None:
        """Creates a job for each order; a name that is taken is taken over."""
        with ThreadPoolExecutor(self._lanes) as pool:
            # Uploads are queued before the jobs that wait for them, so that none waits for ever.
            making = []
            for order in orders:
                sample = self._sample(order)
                upload = None if sample is None else self._upload(order, sample, pool)
                made = MadeJob(order, sample)
                making.append((made, pool.submit(self._create, made, upload)))
        for made, created in making:
            created.result()
            self.jobs[made.order.name] = made

    @property
    def names(self) -> tuple[str, ...]:
        """Every job, made or offered."""
        return (*self.jobs, *self._offered)

    def job(self, name: str) -> MadeJob:
        """The job of this name, when it has ended or patience has."""
        self.need([name])
        job = self.jobs[name]
        if _is_open(job):
            self._follow(job)
        return job

    def need(self, names: Iterable[str]) -> None:
        """Makes those of these jobs that were only offered, at once."""
        self.make([self._offered.pop(name) for name in names if name in self._offered])

    def again(self, name: str) -> MadeJob:
        """A second job of the same order, when it has ended: the first may have failed by chance.

        Whichever came further counts from now on.
        """
        first = self.job(name)
        self.make([first.order])
        if self.job(name).fate is not Fate.COMPLETED:
            self.jobs[name] = first
        return self.jobs[name]

    @property
    def ended(self) -> tuple[MadeJob, ...]:
        """Every job that was seen to end."""
        return tuple(job for job in self.jobs.values() if job.end is not None)

    @property
    def completed(self) -> tuple[MadeJob, ...]:
        """Every job that was seen completed."""
        return tuple(job for job in self.jobs.values() if job.fate is Fate.COMPLETED)

    def _sample(self, order: JobOrder) -> Sample | None:
        if order.padded_to is not None:
            return make_padded(order.padded_to, self._folder)
        return None if order.sample is None else make(order.sample, self._folder)

    def _create(self, job: MadeJob, upload: Future[Upload] | None) -> None:
        order = job.order
        source_url = order.source_url
        if upload is not None:
            job.upload = upload.result()
            source_url = job.upload.source_url
            if not order.is_uploaded:
                source_url = job.upload.asked.field("source_url")
        if not isinstance(source_url, str):
            return
        plain = {"source_url": source_url, "target_lang": self._target_language}
        body = {**plain, **order.options}
        job.started_at = time.time()
        job.created = self._dubbing.create_job(
            body, credential=order.credential, headers=order.headers, intent=order.name
        )

    def _upload(self, order: JobOrder, sample: Sample, pool: ThreadPoolExecutor) -> Future[Upload]:
        if not order.is_uploaded:
            return pool.submit(self._unused_upload, sample, order.credential)
        key = (sample.filename, order.credential)
        if key not in self._uploads:
            self._uploads[key] = pool.submit(
                self._dubbing.upload, sample, credential=order.credential
            )
        return self._uploads[key]

    def _unused_upload(self, sample: Sample, credential: Credential) -> Upload:
        asked = self._dubbing.ask_upload_url(
            sample.filename, sample.content_type, credential=credential
        )
        return Upload(asked, None)

    def _follow(self, wanted: MadeJob) -> None:
        """Asks for it again and again, and in each round for some others in turn."""
        for _ in self._dubbing.polls():
            self._poll(wanted)
            if not _is_open(wanted):
                return
            others = [item for item in self.jobs.values() if _is_open(item) and item is not wanted]
            others.sort(key=lambda item: len(item.polls))
            for job in others[:OTHERS_PER_ROUND]:
                self._poll(job)
        # Whatever is still open was open all that time: patience is spent once, not once per job.
        for job in [item for item in self.jobs.values() if _is_open(item)]:
            self._poll(job)
            job.gave_up = job.end is None

    def _poll(self, job: MadeJob) -> None:
        assert job.job_id is not None  # open jobs have one
        answer = self._dubbing.get_job(job.job_id, credential=job.order.credential)
        job.polls.append(answer)
        # A job that cannot be read will not become readable; that it cannot is judged elsewhere.
        job.gave_up = job.end is None and is_refusal(answer)


def _is_open(job: MadeJob) -> bool:
    return job.job_id is not None and job.end is None and not job.gave_up


def error_code(error: Any) -> str | None:
    """The job-level code in an `error` of any accepted form: bare, among other words, an object."""
    text = error.get("code") if isinstance(error, dict) else error
    if not isinstance(text, str):
        return None
    return next((code for code in JOB_LEVEL_CODES if code in text), None)
