"""Takes jobs from pending to their end, with real media; how long a step lasts is in pace.py."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zlib import crc32

from msgspec.structs import replace

from dubcheck.emulator.media import DubPlan, MediaDescription, MediaFault, MediaRefused
from dubcheck.emulator.pinch.balances import Balances, cost_in_cents
from dubcheck.emulator.pinch.jobs import FAILURE_STEPS, STAGES, Job, JobError, JobFailed, Step
from dubcheck.emulator.pinch.pace import Pace, dwell_seconds
from dubcheck.emulator.pinch.sources import Sources, scratch_file
from dubcheck.emulator.pinch.subtitles import keep_subtitles
from dubcheck.emulator.store import Shelf
from dubcheck.emulator.workspace import Workspace

SHORTEST_SECONDS = 1.0
# Encoders pad the last frame, so a file of exactly the limit may measure a little more.
PADDING_SECONDS = 0.25
_ERROR_CODES = frozenset(error.value for error in JobError)
_CONTENT_TYPES = {"mp4": "video/mp4", "mp3": "audio/mpeg", "wav": "audio/wav"}


class JobWork:
    """Runs jobs in the background; each change of a job is put on the shelf at once."""

    def __init__(self, workspace: Workspace, jobs: Shelf[Job], balances: Balances) -> None:
        self._workspace = workspace
        self._jobs = jobs
        self._balances = balances
        self._sources = Sources(workspace)
        self._is_warm = False

    def start(self, job: Job) -> None:
        """Begin, or go on after a restart; a job never goes back to an earlier step.

        A pending job is an alarm of the clock only, so that thousands may wait.
        """
        clock, speed = self._workspace.clock, self._workspace.settings.speed
        moment = clock.now() + dwell_seconds(Step.PENDING, speed)
        clock.call_at(moment, lambda: self._begin(job.identifier, moment))

    def _begin(self, identifier: str, moment: float) -> None:
        job = self._jobs.find(identifier)
        if job is not None:
            self._workspace.tasks.start(self._run(job, moment), group=job.owner)

    def prepare(self) -> None:
        """Start the media children early: a client that asks for an upload URL will need them."""
        if not self._is_warm:
            self._is_warm = True
            self._workspace.tasks.start(self._workspace.media.warm())

    async def _run(self, job: Job, started_at: float) -> None:
        pace = Pace(self._workspace.clock, self._workspace.settings.speed, started_at)
        try:
            with scratch_file(self._workspace) as scratch:
                await self._dub(job, pace, scratch)
        except JobFailed as failure:
            self._fail(job.identifier, failure)

    async def _dub(self, job: Job, pace: Pace, scratch: Path) -> None:
        job = self._enter(job, Step.DOWNLOADING)
        if job.outcome in _ERROR_CODES:
            return await self._fail_as_ordered(job, pace)
        source = await self._sources.obtain(job, scratch)
        description = await self._inspect(source)
        await pace.leave(Step.DOWNLOADING)
        job = self._charge(job, description)
        plan = self._plan(job, source, description)
        try:
            await self._pass_stages(job, pace, plan)
            job = self._enter(job, Step.UPLOADING)
            await pace.leave(Step.UPLOADING)
            self._complete(job, plan)
        finally:
            plan.output_path.unlink(missing_ok=True)

    async def _inspect(self, source: Path) -> MediaDescription:
        limit = self._workspace.profile.max_duration_seconds + PADDING_SECONDS
        try:
            description = await self._workspace.media.probe(source, duration_limit_seconds=limit)
        except MediaRefused as refused:
            raise JobFailed(_job_error(refused.fault), refused.detail) from refused
        seconds = _reported_seconds(description)
        if seconds > limit:
            raise JobFailed(JobError.VIDEO_TOO_LONG, f"the input lasts {seconds} s")
        if seconds < SHORTEST_SECONDS:
            raise JobFailed(JobError.VIDEO_TOO_SHORT, f"the input lasts {seconds} s")
        if description.is_silent:
            raise JobFailed(JobError.PROCESSING_FAILED, "the input is silent")
        return description

    async def _pass_stages(self, job: Job, pace: Pace, plan: DubPlan) -> None:
        seconds = plan.source_description.duration_seconds
        dubbing = asyncio.ensure_future(self._workspace.media.dub(plan))
        try:
            for stage in STAGES:
                job = self._enter(job, stage)
                if stage is STAGES[-1]:
                    await dubbing
                await pace.leave(stage, seconds)
        except MediaRefused as refused:
            raise JobFailed(JobError.PROCESSING_FAILED, refused.detail) from refused
        finally:
            dubbing.cancel()

    async def _fail_as_ordered(self, job: Job, pace: Pace) -> None:
        code = JobError(job.outcome)
        last = FAILURE_STEPS[code]
        for step in Step:
            if Step.DOWNLOADING <= step <= last:
                job = self._enter(job, step)
                await pace.leave(step)
        raise JobFailed(code, "ordered by a fault or a magic input")

    def _plan(self, job: Job, source: Path, description: MediaDescription) -> DubPlan:
        return DubPlan(
            source_path=source,
            output_path=self._workspace.storage.new_file(".dub"),
            container=_output_container(description, self._workspace.profile.wav_for),
            target_language=job.target_lang,
            source_description=description,
            lag_seconds=job.lag_seconds,
            original_volume=job.original_volume,
            seed=self._workspace.settings.seed ^ crc32(job.identifier.encode()),
        )

    def _charge(self, job: Job, description: MediaDescription) -> Job:
        seconds = _reported_seconds(description)
        cents = cost_in_cents(seconds)
        if job.cost_cents is None:
            self._balances.charge(job.owner, cents)
        changed = replace(job, duration_seconds=seconds, cost_cents=cents)
        self._jobs.put(changed)
        return changed

    def _complete(self, job: Job, plan: DubPlan) -> None:
        path = f"/pinch-dubbing/results/{job.identifier}.{plan.container}"
        self._workspace.storage.keep(
            job.owner, path, plan.output_path, _CONTENT_TYPES[plan.container]
        )
        if self._workspace.profile.subtitles:
            keep_subtitles(self._workspace.storage, job, plan.source_description)
        now = self._workspace.clock.now()
        self._jobs.put(
            replace(job, step=Step.COMPLETED, output_path=path, completed_at=now, updated_at=now)
        )

    def _enter(self, job: Job, step: Step) -> Job:
        if step <= job.step:
            return job
        changed = replace(job, step=step, updated_at=self._workspace.clock.now())
        self._jobs.put(changed)
        return changed

    def _fail(self, identifier: str, failure: JobFailed) -> None:
        """The job keeps the step it reached; what it was charged is given back."""
        job = self._jobs.find(identifier)
        if job is None:
            return
        if job.cost_cents:
            self._balances.charge(job.owner, -job.cost_cents)
        self._jobs.put(
            replace(
                job,
                error=failure.code.value,
                error_message=failure.message,
                cost_cents=0,
                updated_at=self._workspace.clock.now(),
            )
        )


def _job_error(fault: MediaFault) -> JobError:
    if fault is MediaFault.TOO_LONG:
        return JobError.VIDEO_TOO_LONG
    if fault is MediaFault.BROKEN:
        return JobError.PROCESSING_FAILED
    return JobError.UNSUPPORTED_FORMAT


def _reported_seconds(description: MediaDescription) -> float:
    """Milliseconds; cost and limits are judged by what the client is told."""
    return round(description.duration_seconds, 3)


def _output_container(description: MediaDescription, wav_for: frozenset[str]) -> str:
    """Document, "Output format"; which inputs give WAV it does not say: the profile does."""
    if description.has_video:
        return "mp4"
    return "wav" if description.container in wav_for else "mp3"
