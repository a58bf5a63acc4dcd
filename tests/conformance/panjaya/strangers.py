"""Requests for ids that nobody has: they must be answered with 404.

An id of the document's form may be none where a service has another one. It is then refused for
its form, which is allowed, and one of the service's own form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.unknown_ids import unknown_id_like

_OF_FORM = (400, 422)


def answer_to_stranger(
    ask: Callable[[str], Answer], documented: str, own: Callable[[], str | None]
) -> tuple[Answer, bool]:
    """What is answered for an id that nobody has, and whether it is about the form of the id alone.

    `own` names one that somebody has.
    """
    answer = ask(documented)
    if answer.status not in _OF_FORM:
        return answer, False
    owned = own()
    return (answer, True) if owned is None else (ask(unknown_id_like(owned)), False)


def judge_stranger(
    requirement: str,
    reception: Reception,
    ask: Callable[[str], Answer],
    documented: str,
    own: Callable[[], str | None],
) -> None:
    """What nobody has must be answered with 404."""
    answer, is_about_form = answer_to_stranger(ask, documented, own)
    if is_about_form:
        reason = "the id is refused for its form, and none of the service's own is known"
        reception.evidence.unjudged(requirement, reason, answer)
        return
    message = "what does not exist is not answered with 404"
    reception.answered_with(requirement, answer, 404, message)
