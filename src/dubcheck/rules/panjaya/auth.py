"""Answers to requests without a good key.

Source: vendor-docs/panjaya.txt, Authentication; Errors, 401.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Credential, Exchange
from dubcheck.rules.outcome import Outcome, failed, passed
from dubcheck.rules.panjaya.vocabulary import API, OPERATIONS, TOPICS
from dubcheck.rules.registry import exchange_rule

_KINDS = {
    Credential.NONE: "without-key-is-401",
    Credential.MALFORMED: "with-malformed-header-is-401",
    Credential.WRONG: "with-wrong-key-is-401",
}


@exchange_rule(
    API,
    OPERATIONS,
    [f"panjaya.auth.{topic}-{kind}" for topic in TOPICS.values() for kind in _KINDS.values()],
)
def denial(exchange: Exchange) -> Iterator[Outcome]:
    """Nobody is served without a good key.

    Another refusal than 401 may be about the request, which may be looked at first; probes, whose
    requests are valid, judge it.
    """
    kind = _KINDS.get(exchange.request.credential)
    if kind is None or exchange.response is None:
        return
    requirement = f"panjaya.auth.{TOPICS[exchange.operation or '']}-{kind}"
    if exchange.succeeded:
        message = "a request without a good key is served"
        yield failed(requirement, message, expected=401, actual=exchange.response.status)
    elif exchange.response.status == 401:
        yield passed(requirement)
