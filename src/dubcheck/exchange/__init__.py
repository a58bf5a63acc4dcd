"""Exchanges: what was sent and what came back, as evidence. No rule and no transport lives here."""

from dubcheck.exchange.model import (
    EMPTY,
    MISSING,
    Body,
    Credential,
    Exchange,
    Part,
    Request,
    Response,
    value_at,
)
from dubcheck.exchange.near_misses import near_misses
from dubcheck.exchange.redaction import Redactor
from dubcheck.exchange.traces import Trace, traces_of

__all__ = [
    "EMPTY",
    "MISSING",
    "Body",
    "Credential",
    "Exchange",
    "Part",
    "Redactor",
    "Request",
    "Response",
    "Trace",
    "near_misses",
    "traces_of",
    "value_at",
]
