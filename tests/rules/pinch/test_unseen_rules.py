"""A run that met no rate limit says so, instead of nothing."""

from typing import Any

from dubcheck.exchange import Credential, Exchange, Request, Response
from dubcheck.rules.pinch.unseen import unseen_answers

LIMIT = "pinch.errors.too-many-requests-has-code-rate-limited"


def answered(status: int) -> Exchange:
    """An exchange of which only the status matters."""
    request = Request("GET", "http://h/", {}, credential=Credential.OWN)
    return Exchange("x", "pinch", "listJobs", {}, request, Response(status, {}), 0.0, 0.0)


def explained(*statuses: int) -> set[Any]:
    """The requirements that are said to be out of reach."""
    outcomes = unseen_answers(tuple(answered(status) for status in statuses))
    return {outcome.requirement for outcome in outcomes}


def test_run_without_429_says_so() -> None:
    """What a 429 holds cannot be judged where none came."""
    assert LIMIT in explained(200, 404)


def test_run_with_429_says_nothing() -> None:
    """Where one came, the rules about it speak for themselves."""
    assert explained(200, 429) == set()
