"""Answers about what the caller has not. That they are answers at all is wrong: probes tell it.

What stands in them breaks no promise of its own, as there is nothing that it could be right about.
"""

from __future__ import annotations

from dubcheck.exchange import Exchange

UNKNOWN_JOB, FOREIGN_JOB = "unknown job", "job of another account"
"""The intents of requests for ids that no job has, and for a job that the caller must not see."""


def is_made_up(exchange: Exchange) -> bool:
    """Whether a request for an id that the caller has not got a success."""
    return exchange.intent in (UNKNOWN_JOB, FOREIGN_JOB) and exchange.succeeded
