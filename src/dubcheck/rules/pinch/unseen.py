"""Why promises about answers that a run did not get were not exercised. Accuses nobody."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, unjudged
from dubcheck.rules.pinch.vocabulary import API
from dubcheck.rules.registry import run_rule

_ID = "pinch.errors."
_LIMITED = (
    f"{_ID}too-many-requests-has-code-rate-limited",
    f"{_ID}rate-limited-status-is-429",
    f"{_ID}rate-limit-scope",
)


@run_rule(API, _LIMITED)
def unseen_answers(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Says that no request was refused for its rate."""
    statuses = {item.response.status for item in exchanges if item.response is not None}
    if 429 not in statuses:
        for requirement in _LIMITED:
            yield unjudged(requirement, "no request of this run was answered with 429")
