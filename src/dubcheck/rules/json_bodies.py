"""Whether a body that should be JSON is JSON, and is labelled as such: of either API."""

from __future__ import annotations

import json

import msgspec

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.outcome import Outcome, failed, holds

_LONGEST_SHOWN = 300  # bytes


def no_json(requirement: str, content: bytes) -> Outcome | None:
    """The finding that a body is not JSON, or None where it is."""
    if _is_json(content):
        return None
    message = "the body of the answer is not JSON"
    actual = content[:_LONGEST_SHOWN].decode("utf-8", "replace") or "an empty body"
    return failed(requirement, message, expected="a JSON object", actual=actual)


def json_label(requirement: str, exchange: Exchange) -> Outcome | None:
    """Whether an answer with a JSON body is labelled as such, or None where it has none."""
    if exchange.response is None or exchange.answer is MISSING:
        return None
    label = exchange.response.content_type
    return holds(
        requirement,
        label == "application/json" or label.endswith("+json"),
        "a JSON answer is labelled as something else",
        expected="application/json",
        actual=label or "no content type",
    )


def _is_json(content: bytes) -> bool:
    try:
        msgspec.json.decode(content)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _is_json_of_any_encoding(content)
    return True


def _is_json_of_any_encoding(content: bytes) -> bool:
    try:
        json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_constant(name: str) -> None:
    # Python reads NaN and Infinity, which are no JSON.
    raise ValueError(name)
