"""What the fate of a source URL says of the requirements that ask for it."""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.receptions import is_about_something_else
from dubcheck.targets.source_trials import Fate, Trial

_NOT_HAD = "download_failed"
_REJECTED = (Fate.REFUSED, Fate.FAILED)
_SHUT_OUT = "the suite's media lie at a private address, which may be refused"


class SourceFates:
    """Says whether a source URL was dubbed or rejected, and in which of the open ways."""

    def __init__(self, evidence: Evidence):
        self._evidence = evidence

    def rejected(self, requirement: str, trial: Trial) -> None:
        """Passes a refusal and a job that fails."""
        if not self._says_nothing(requirement, trial):
            self._evidence.holds(
                requirement,
                trial.fate in _REJECTED,
                *trial.seen,
                message="a source URL that is to be rejected is not",
                expected="a refusal, or a job that fails",
                actual=trial.story,
            )

    def dubbed(
        self, requirement: str, trial: Trial, is_shut_out: Callable[[], bool] = lambda: False
    ) -> None:
        """Passes a completed job; a failure for another reason than the URL says nothing.

        `is_shut_out` says whether the target refuses the host of the URL, as it may.
        """
        if self._says_nothing(requirement, trial):
            return
        if trial.fate is not Fate.COMPLETED and is_shut_out():
            self._evidence.unjudged(requirement, f"{_SHUT_OUT}: {trial.story}", *trial.seen)
            return
        if trial.fate is Fate.FAILED and trial.code not in (None, _NOT_HAD):
            self._evidence.unjudged(requirement, trial.story, *trial.seen)
            return
        self._evidence.holds(
            requirement,
            trial.fate is Fate.COMPLETED,
            *trial.seen,
            message="a source URL that the document allows is not dubbed",
            expected="a completed job",
            actual=trial.story,
        )

    def not_had(
        self,
        requirement: str,
        trial: Trial,
        *,
        may_be: tuple[str, ...] = (),
        is_shut_out: Callable[[], bool] = lambda: False,
    ) -> None:
        """Passes a job that failed as its source could not be had.

        Refused before it was a job, or dubbed all the same, it says nothing: told elsewhere.
        `may_be` are codes for which the way there may be to blame.
        """
        is_right = trial.code == _NOT_HAD
        says_nothing = trial.fate is not Fate.FAILED or trial.code in (None, *may_be)
        if says_nothing or (not is_right and is_shut_out()):
            self._evidence.unjudged(requirement, trial.story, *trial.seen)
            return
        self._evidence.holds(
            requirement,
            is_right,
            *trial.seen,
            message="a job whose source cannot be had fails for another reason",
            expected=f"failed with {_NOT_HAD!r}",
            actual=trial.story,
        )

    def reads_rejection(self, question: str, trial: Trial) -> None:
        """Notes the code at creation, or the failed job."""
        if trial.fate is Fate.REFUSED:
            is_documented = trial.code == "invalid_url"
            reading = "invalid-url-at-create" if is_documented else "other-refusal-at-create"
            self._evidence.reads(question, reading, *trial.seen)
        elif trial.fate is Fate.FAILED and trial.code == _NOT_HAD:
            self._evidence.reads(question, "download-failed-job", *trial.seen)
        else:
            self._evidence.unjudged(question, trial.story, *trial.seen)

    def reads_code(self, question: str, trial: Trial) -> None:
        """Notes with which code a job failed."""
        if trial.fate is Fate.FAILED and trial.code in ("download_failed", "unsupported_format"):
            self._evidence.reads(question, trial.code.replace("_", "-"), *trial.seen)
        else:
            self._evidence.unjudged(question, trial.story, *trial.seen)

    def reads_missing_upload(self, question: str, trial: Trial) -> None:
        """Notes whether the missing file was seen at creation or by the job."""
        if trial.fate is Fate.REFUSED:
            self._evidence.reads(question, "refused-at-create", *trial.seen)
        elif trial.fate is Fate.FAILED and trial.code == _NOT_HAD:
            self._evidence.reads(question, "download-failed-job", *trial.seen)
        else:
            self._evidence.unjudged(question, trial.story, *trial.seen)

    def _says_nothing(self, requirement: str, trial: Trial) -> bool:
        silent = trial.created.status is None or is_about_something_else(trial.created)
        if silent or trial.fate is Fate.UNENDED:
            self._evidence.unjudged(requirement, trial.story, *trial.seen)
            return True
        return False
