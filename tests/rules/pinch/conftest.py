"""A service of paper: exchanges of jobs that keep every promise, unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from dubcheck.exchange import MISSING, Exchange

NOON = 1_772_712_000.0
SENT = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "es"}
LIMITS = {"max_duration_sec": 600, "max_file_size_bytes": 500_000_000}
HOUR = 3600.0


def at(seconds: float) -> str:
    """The ISO 8601 form of a moment counted from noon."""
    return datetime.fromtimestamp(NOON + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(path: str, seconds: float, life: float = 48 * HOUR) -> str:
    """A presigned link, as it is recorded."""
    date = datetime.fromtimestamp(NOON + seconds, UTC).strftime("%Y%m%dT%H%M%SZ")
    names = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=REDACTED&X-Amz-SignedHeaders=host"
    life_text = f"X-Amz-Date={date}&X-Amz-Expires={life:.0f}&X-Amz-Signature=REDACTED"
    return f"https://storage.example.com/{path}?{names}&{life_text}"


def changed(answer: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The answer with changes; MISSING leaves a field out."""
    whole = {**answer, **changes}
    return {key: value for key, value in whole.items() if value is not MISSING}


@dataclass(slots=True)
class PaperService:
    """Builds exchanges about one job, `dub_1`, created at noon and completed ten seconds later."""

    build: Any

    def create(self, sent: Any = None, *, when: float = 0, code: int = 201, **changes: Any) -> Any:
        """The creation of the job."""
        document = SENT if sent is None else sent
        answer = {
            "job_id": "dub_1",
            "status": "pending",
            "source_lang": "auto",
            "target_lang": document.get("target_lang", "es"),
            "created_at": at(when),
            "limits": LIMITS,
        }
        return self.build(
            "createJob", sent=document, status=code, answer=changed(answer, changes), at=when
        )

    def see(self, status: str, when: float, /, *, code: int = 200, **changes: Any) -> Exchange:
        """The job as getJob shows it."""
        answer = {
            **self.summary(status, when),
            "error": "processing_failed" if status == "failed" else None,
            "progress": {"stage": status, "percent": 100 if status == "completed" else 10},
            "input_duration_sec": 61.5 if status == "completed" else None,
            "cost_usd": 0.51 if status == "completed" else None,
            "output_url": None,
            "output_expires_at": None,
        }
        if status == "completed":
            answer["output_url"] = signed("out.mp3", 10)
            answer["output_expires_at"] = at(10 + 48 * HOUR)
        answer = changed(answer, changes)
        return self.build("getJob", status=code, answer=answer, at=when, ids={"id": "dub_1"})

    def summary(self, status: str, when: float, /, **changes: Any) -> dict[str, Any]:
        """The job as a list shows it."""
        is_over = status in ("completed", "failed")
        entry = {
            "job_id": "dub_1",
            "status": status,
            "source_lang": "auto",
            "target_lang": "es",
            "created_at": at(0),
            "updated_at": at(10 if is_over else when),
        }
        return changed(entry, changes)

    def listing(self, jobs: list[Any], when: float, query: str = "", **changes: Any) -> Exchange:
        """A page of the list."""
        answer = changed({"jobs": jobs, "total": len(jobs), "limit": 20, "offset": 0}, changes)
        url = f"/api/dubbing/jobs{query}"
        return self.build("listJobs", answer=answer, at=when, url=url)

    def result(self, when: float, *, code: int = 200, **changes: Any) -> Exchange:
        """A fresh link."""
        answer = {
            "job_id": "dub_1",
            "download_url": signed("out.mp3", when),
            "expires_at": at(when + 48 * HOUR),
        }
        answer = changed(answer, changes)
        return self.build("getJobResult", status=code, answer=answer, at=when, ids={"id": "dub_1"})

    def refuse_result(self, when: float, code: int = 409) -> Exchange:
        """A refusal of the link."""
        answer = {"error": {"code": "not_ready", "message": "not yet"}}
        return self.build("getJobResult", status=code, answer=answer, at=when, ids={"id": "dub_1"})

    def upload(self, number: int, when: float = 0, **changes: Any) -> Exchange:
        """An upload URL."""
        answer = {
            "upload_url": signed(f"in/{number}", when, HOUR),
            "source_url": f"https://storage.example.com/in/{number}",
            "upload_id": f"up_{number}",
            "max_file_size_bytes": 500_000_000,
            "expires_in_sec": 3600,
        }
        return self.build(
            "createUploadUrl",
            sent={"filename": "video.mp4", "content_type": "video/mp4"},
            answer=changed(answer, changes),
            at=when,
        )


@pytest.fixture
def service(pinch: Any) -> PaperService:
    """A service that keeps every promise unless it is told otherwise."""
    return PaperService(pinch)
