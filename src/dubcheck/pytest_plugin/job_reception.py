"""The two plainest judgements about jobs: this one was dubbed, that one failed with its code.

A job that could not be made or followed says nothing; nor does one whose plainer sibling fails.
"""

from __future__ import annotations

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob


class JobReception:
    """Says what became of the jobs of a batch, where that is all a requirement asks."""

    def __init__(self, evidence: Evidence, batch: JobBatch):
        self._evidence = evidence
        self._batch = batch

    def dubbed(self, requirement: str, name: str, *, beside: str | None = None) -> bool:
        """Passes a completed job; `beside` names one that differs in this one respect only."""
        job = self._batch.job(name)
        if job.fate in (Fate.FAILED, Fate.REFUSED) and self.obstacle(beside) is None:
            job = self._batch.again(name)
        obstacle = _unclear(job) or (None if _is_dubbed(job) else self.obstacle(beside))
        if obstacle:
            self._evidence.unjudged(requirement, obstacle, *seen(job))
            return False
        return self._evidence.holds(
            requirement,
            _is_dubbed(job),
            *seen(job),
            message="media that the document accepts is not dubbed",
            expected="a completed job",
            actual=job.story,
        )

    def fails_with(
        self, requirement: str, name: str, code: str, *, beside: str | None = None
    ) -> bool:
        """Passes a job that failed with the code; refused before it was a job, it says nothing.

        An undocumented code is the finding of another requirement.
        """
        job = self._batch.job(name)
        obstacle = _unclear(job) or self.obstacle(beside)
        if job.fate is Fate.REFUSED:
            obstacle = f"was turned away before it was a job: it {job.story}"
        elif job.fate is Fate.FAILED and job.code is None:
            obstacle = f"{job.story}, which is no documented code"
        if obstacle:
            self._evidence.unjudged(requirement, obstacle, *seen(job))
            return False
        return self._evidence.holds(
            requirement,
            job.code == code,
            *seen(job),
            message="a job that has to fail does not fail for its reason",
            expected=f"failed with {code!r}",
            actual=job.story,
        )

    def obstacle(self, beside: str | None = None) -> str | None:
        """Why a job that was not dubbed shows nothing; None where it does."""
        if beside is not None and not _is_dubbed(self._batch.job(beside)):
            return f"the plainer {beside} {self._batch.job(beside).story} as well"
        if not self._batch.completed and not any(
            _is_dubbed(self._batch.job(name)) for name in self._batch.names
        ):
            return "no job of this run was completed"
        return None


def seen(job: MadeJob) -> tuple[Answer, ...]:
    """The answers to show with a finding about a job, the decisive one last."""
    answers = (job.created,) if job.decisive is job.created else (job.created, job.decisive)
    return tuple(item for item in answers if item is not None)


def _is_dubbed(job: MadeJob) -> bool:
    return job.fate is Fate.COMPLETED


def _unclear(job: MadeJob) -> str | None:
    return f"the job {job.story}" if job.fate in (Fate.UNENDED, Fate.UNMADE) else None
