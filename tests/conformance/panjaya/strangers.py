"""Requests for ids that nobody has; what must be answered to them, the probes say.

An id of the document's form may be none where a service has another one. It is then refused for
its form, which is allowed, and one of the service's own form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from dubcheck.targets import Answer
from dubcheck.targets.receptions import is_refusal
from dubcheck.targets.unknown_ids import unknown_id_like


def answer_to_stranger(
    ask: Callable[[str], Answer], documented: str, own: Callable[[], str | None]
) -> Answer:
    """What is answered for an id that nobody has; `own` names one that somebody has."""
    answer = ask(documented)
    if not is_refusal(answer) or answer.status not in (400, 422):
        return answer
    owned = own() or ""
    stranger = unknown_id_like(owned)
    return ask(stranger) if stranger != owned else answer
