"""The two plainest judgements of a probe: this request was accepted, that one was refused."""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.receptions import is_about_something_else, is_refusal, is_silence, told


class Reception:
    """Says how a request was received, where that is all a requirement asks."""

    def __init__(self, evidence: Evidence, is_reachable: Callable[[], bool]):
        self._evidence = evidence
        self._is_reachable = is_reachable

    def accepted(self, requirement: str, answer: Answer) -> bool:
        """Passes a 2xx answer."""
        message = "a request that the document allows is not accepted"
        return self._judge(requirement, answer, answer.succeeded, ("a 2xx status", message))

    def refused(self, requirement: str, answer: Answer, *, status: str | None = None) -> bool:
        """Passes a 4xx answer; `status` names the requirement that it be 400."""
        message = "a request that the document rules out is not refused"
        refused = self._judge(requirement, answer, is_refusal(answer), ("a 4xx status", message))
        if refused and status is not None:
            self._evidence.equals(
                status, answer.status, 400, answer, message="the refusal has another status"
            )
        return refused

    def _judge(
        self, requirement: str, answer: Answer, condition: bool, wording: tuple[str, str]
    ) -> bool:
        expected, message = wording
        if is_about_something_else(answer):
            reason = f"answered with {told(answer)}, which is about something else"
        elif is_silence(answer) and not self._is_reachable():
            reason = "the service no longer answers"
        else:
            return self._evidence.holds(
                requirement,
                condition,
                answer,
                message=message,
                expected=expected,
                actual=told(answer),
            )
        self._evidence.unjudged(requirement, reason, answer)
        return False
