"""The five operations of Pinch Dubbing; bodies are read in requests.py, printed in views.py.

Source: Dubbing API Reference; statuses and codes it leaves open: FACTS 2.2 and 2.4.
"""

from __future__ import annotations

from dubcheck.emulator.bodies import read_json_object
from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.fault_catalogue import FaultKind
from dubcheck.emulator.fetching import AddressRefused
from dubcheck.emulator.fetching import InvalidUrl as NoUrl
from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.pinch import requests, views
from dubcheck.emulator.pinch.balances import Balances, cost_in_cents
from dubcheck.emulator.pinch.jobs import Job
from dubcheck.emulator.pinch.limits import RateLimit
from dubcheck.emulator.pinch.magic import outcome_of_name, outcome_of_url
from dubcheck.emulator.pinch.refusals import InsufficientBalance, InvalidUrl, NotReady
from dubcheck.emulator.pinch.subtitles import KINDS, subtitle_path
from dubcheck.emulator.pinch.work import SHORTEST_SECONDS, JobWork
from dubcheck.emulator.refusals import NotFound, Unauthorized
from dubcheck.emulator.routing import Route
from dubcheck.emulator.storage import Place
from dubcheck.emulator.store import Shelf
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

_REMEMBERED_URLS = 1024
_LEAST_CENTS = cost_in_cents(SHORTEST_SECONDS)


class PinchService:
    """Answers for everything under /api/."""

    name = "pinch"
    prefixes = ("/api/",)

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._jobs: Shelf[Job] = workspace.store.shelf("jobs", Job)
        self.balances = Balances(workspace.store)
        # Where it leads is checked anew when it is fetched; this answers for the text only.
        self._admitted: set[str] = set()
        self._limit = RateLimit(workspace.clock, workspace.settings.rate_limit)
        self._work = JobWork(workspace, self._jobs, self.balances)
        self.routes = (
            Route("createUploadUrl", "POST", "/api/dubbing/upload-url", self.create_upload_url),
            Route("createJob", "POST", "/api/dubbing/jobs", self.create_job),
            Route("listJobs", "GET", "/api/dubbing/jobs", self.list_jobs),
            Route("getJob", "GET", "/api/dubbing/jobs/{id}", self.get_job),
            Route("getJobResult", "GET", "/api/dubbing/jobs/{id}/result", self.get_result),
        )

    def account(self, request: Request) -> Account | None:
        """Owner of the bearer key."""
        return self._workspace.keys.find("pinch", request)

    def admit(self, request: Request) -> None:
        """Only known keys, and of those only so many requests a minute."""
        if request.account is None:
            raise Unauthorized
        if request.route is not None:
            self._limit.admit(request.account.label, request.route.operation)

    def render(self, error: ApiError) -> Answer:
        """{"error": {"code", "message"}}."""
        content = {"error": {"code": error.code, "message": error.message}}
        return Answer.json(error.status, content, error.headers)

    def resume(self) -> None:
        """Go on with every job that was not at its end."""
        for job in self._jobs.every():
            if not job.is_terminal:
                self._work.start(job)

    def reset(self, owner: str | None) -> None:
        """Forget jobs, balances and counted requests."""
        self._limit.reset(owner)
        self._jobs.clear(owner)
        self.balances.reset(owner)

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """Every job."""
        return {"jobs": list(self._jobs.every(owner))}

    async def create_upload_url(self, request: Request) -> Answer:
        """A presigned PUT and the source URL that it fills."""
        body = await read_json_object(request)
        filename = requests.read_filename(body)
        content_type = requests.read_content_type(body)
        self._work.prepare()
        upload_id = self._workspace.identifiers.hexadecimal(16)
        path = f"/pinch-dubbing/uploads/{upload_id}"
        upload_url = self._workspace.storage.sign_put(
            Place(identifier=path, owner=request.owner, filename=filename),
            request.origin,
            content_type,
            views.UPLOAD_LIFETIME_SECONDS,
        )
        content = {
            "upload_url": upload_url,
            "source_url": f"{request.origin}{path}",
            "upload_id": upload_id,
            "max_file_size_bytes": self._workspace.profile.max_size_bytes,
            "expires_in_sec": views.UPLOAD_LIFETIME_SECONDS,
        }
        return Answer.json(200, content)

    async def create_job(self, request: Request) -> Answer:
        """A new job, pending; the source is looked at later."""
        body = await read_json_object(request)
        job = await self._read_job(request, body)
        if self.balances.cents(request.owner) < _LEAST_CENTS:
            raise InsufficientBalance
        self._jobs.put(job)
        self._work.start(job)
        return Answer.json(201, views.created_view(job, self._workspace.profile))

    async def get_job(self, request: Request) -> Answer:
        """The job as it stands."""
        job = self._find(request)
        profile = self._workspace.profile
        output_url = None
        if job.output_path is not None and job.completed_at is not None:
            output_url = self._link(request, job.output_path, job.completed_at)
        content = views.status_view(job, profile, output_url)
        if profile.subtitles:
            content.update(self._subtitle_links(request, job, job.completed_at))
        return Answer.json(200, content)

    async def list_jobs(self, request: Request) -> Answer:
        """A page of the account's jobs, oldest first as in the document's example."""
        page = requests.read_page(request)
        jobs, total = self._jobs.page(request.owner, page.limit, page.offset)
        content = {
            "jobs": [views.summary_view(job) for job in jobs],
            "total": total,
            "limit": page.limit,
            "offset": page.offset,
        }
        return Answer.json(200, content)

    async def get_result(self, request: Request) -> Answer:
        """A fresh link to the output."""
        job = self._find(request)
        if job.output_path is None:
            raise NotReady(job.status)
        now = int(self._workspace.clock.now())
        content: dict[str, object] = {
            "job_id": job.identifier,
            "download_url": self._link(request, job.output_path, now),
            "expires_at": format_timestamp(now + views.RESULT_LIFETIME_SECONDS),
        }
        if self._workspace.profile.subtitles:
            content.update(self._subtitle_links(request, job, now))
        return Answer.json(200, content)

    def _link(self, request: Request, path: str, signed_at: float) -> str:
        return self._workspace.storage.sign_get(
            request.origin, path, signed_at, views.RESULT_LIFETIME_SECONDS
        )

    def _subtitle_links(
        self, request: Request, job: Job, signed_at: float | None
    ) -> dict[str, str | None]:
        """Links to both subtitle files, null until the job is completed (FACTS 2.3)."""
        return {
            f"subtitles_{kind}_url": None
            if signed_at is None
            else self._link(request, subtitle_path(job.identifier, kind), signed_at)
            for kind in KINDS
        }

    async def _read_job(self, request: Request, body: requests.Body) -> Job:
        source_url = requests.read_source_url(body)
        target_lang = requests.read_target_language(body)
        source_lang = requests.read_source_language(body)
        reduce_accent = requests.read_reduce_accent(body)
        lag = requests.read_number(
            body, "translation_lag_time", self._workspace.profile.max_lag_seconds
        )
        volume = requests.read_number(body, "original_speech_volume", 1)
        own_path = self._workspace.storage.own_path(source_url, request.origin)
        outcome = self._ordered_outcome(source_url, own_path)
        if own_path is None and not outcome:
            await self._check_source(source_url)
        fault = self._workspace.faults.claim_for(FaultKind.JOB, self.name, request)
        now = self._workspace.clock.now()
        return Job(
            identifier=f"dub_{self._workspace.identifiers.hexadecimal(8)}",
            owner=request.owner,
            source_url=source_url,
            own_path=own_path,
            target_lang=target_lang,
            source_lang=source_lang,
            reduce_accent=reduce_accent,
            lag_seconds=lag,
            original_volume=volume,
            created_at=now,
            updated_at=now,
            outcome=fault.code if fault else outcome,
        )

    def _ordered_outcome(self, source_url: str, own_path: str | None) -> str:
        """What the name of the upload or the URL orders, or nothing."""
        if own_path is None:
            return outcome_of_url(source_url)
        place = self._workspace.storage.places.find(own_path)
        return outcome_of_name(place.filename) if place is not None else ""

    async def _check_source(self, source_url: str) -> None:
        if source_url in self._admitted:
            return
        try:
            await self._workspace.guard.admit(source_url)
        except (NoUrl, AddressRefused) as refused:
            raise InvalidUrl(f"The provided source URL cannot be used: {refused}") from refused
        if len(self._admitted) >= _REMEMBERED_URLS:
            self._admitted.clear()
        self._admitted.add(source_url)

    def _find(self, request: Request) -> Job:
        job = self._jobs.get(request.owner, request.parameters[0])
        if job is None:
            raise NotFound("No such job")
        return job
