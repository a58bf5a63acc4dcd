"""Requests for ids that nobody has: they must be answered with 404.

An id of the document's form may be none where a service has another one. It is then refused for
its form, which is allowed, and one of the service's own form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.unknown_ids import unknown_id_like

FORM_STATUSES = (400, 422)


def answer_to_stranger(
    ask: Callable[[str], Answer], documented: str, own: Callable[[], str | None]
) -> Answer:
    """What is answered for an id that nobody has; `own` names one that somebody has."""
    answer = ask(documented)
    owned = own() if answer.status in FORM_STATUSES else None
    return answer if owned is None else ask(unknown_id_like(owned))


def judge_stranger(
    requirement: str,
    reception: Reception,
    ask: Callable[[str], Answer],
    documented: str,
    own: Callable[[], str | None],
) -> None:
    """What nobody has must be answered with 404."""
    answer = answer_to_stranger(ask, documented, own)
    if answer.status in FORM_STATUSES and own() is None:
        reason = "the id is refused for its form, and none of the service's own is known"
        reception.evidence.unjudged(requirement, reason, answer)
        return
    message = "what does not exist is not answered with 404"
    reception.answered_with(requirement, answer, 404, message)
