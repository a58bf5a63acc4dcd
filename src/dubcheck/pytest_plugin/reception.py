"""The two plainest judgements of a probe: this request was accepted, that one was refused."""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.receptions import (
    is_about_something_else,
    is_refusal,
    is_silence,
    is_unreached,
    told,
)

_LIMITED = 403


class Reception:
    """Says how a request was received, where that is all a requirement asks."""

    def __init__(self, evidence: Evidence, is_reachable: Callable[[], bool]):
        self.evidence = evidence
        self._is_reachable = is_reachable

    def accepted(self, requirement: str, answer: Answer) -> bool:
        """Passes a 2xx answer."""
        if self._says_nothing(requirement, answer):
            return False
        return self.evidence.holds(
            requirement,
            answer.succeeded,
            answer,
            message="a request that the document allows is not accepted",
            expected="a 2xx status",
            actual=told(answer),
        )

    def accepted_within_limits(self, requirement: str, answer: Answer) -> bool:
        """Passes a 2xx answer; 403 speaks of the account's limits and not of what was sent."""
        if answer.status != _LIMITED:
            return self.accepted(requirement, answer)
        self.evidence.unjudged(requirement, "403: the account has reached a limit", answer)
        return False

    def answered_with(self, requirement: str, answer: Answer, status: int, message: str) -> None:
        """Passes an answer of this status."""
        if not self._says_nothing(requirement, answer):
            self.evidence.equals(requirement, answer.status, status, answer, message=message)

    def refused(self, requirement: str, answer: Answer, *, status: str | None = None) -> bool:
        """Passes a 4xx answer; `status` names the requirement that it be 400."""
        if self._says_nothing(requirement, answer):
            return False
        refused = self.evidence.holds(
            requirement,
            is_refusal(answer),
            answer,
            message="a request that the document rules out is not refused",
            expected="a 4xx status",
            actual=told(answer),
        )
        if refused and status is not None:
            self.evidence.equals(
                status, answer.status, 400, answer, message="the refusal has another status"
            )
        return refused

    def reads(self, question: str, answer: Answer, *, accepted: str, refused: str) -> None:
        """Notes the reading that the status shows; a 5xx answer shows none."""
        if self._says_nothing(question, answer):
            return
        if answer.succeeded or is_refusal(answer):
            self.evidence.reads(question, accepted if answer.succeeded else refused, answer)
        else:
            self.evidence.unjudged(question, f"answered with {told(answer)}", answer)

    def _says_nothing(self, requirement: str, answer: Answer) -> bool:
        if is_about_something_else(answer):
            reason = f"answered with {told(answer)}, which is about something else"
        elif is_unreached(answer):
            reason = f"a host that cannot be reached from here: {told(answer)}"
        elif is_silence(answer) and not self._is_reachable():
            reason = "the service no longer answers"
        else:
            return False
        self.evidence.unjudged(requirement, reason, answer)
        return True
