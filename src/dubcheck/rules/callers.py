"""Which callers a rule may believe, and which refusals are about them. Judges nothing."""

from __future__ import annotations

from dubcheck.exchange import Credential, Exchange

# These say nothing about the request itself: the caller, the account or the pace is at fault.
CALLER_REFUSALS = (401, 402, 403, 429)


def is_known_caller(exchange: Exchange) -> bool:
    """Whether the key was good; in recorded traffic only a success shows that."""
    credential = exchange.request.credential
    return credential.is_valid or (credential is Credential.UNKNOWN and exchange.succeeded)


def is_refused(exchange: Exchange) -> bool:
    """Whether the request itself was refused, rather than its caller or its pace."""
    response = exchange.response
    return response is not None and response.is_refusal and response.status not in CALLER_REFUSALS
