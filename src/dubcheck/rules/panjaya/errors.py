"""Error answers: their message, their status, and who is to blame for them.

Source: vendor-docs/panjaya.txt, Errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.judge import ANY_OPERATION
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.panjaya.vocabulary import API, CALLBACK, CREATORS, OPERATIONS, is_known_caller
from dubcheck.rules.registry import exchange_rule

_ID = "panjaya.errors."
_EXPLAINED = (400, 401, 403, 404)
# Said of the message, the pace or a malformed field, for which there are questions of their own.
_STANDARD_TOO = (408, 411, 413, 414, 415, 417, 421, 422, 426, 429, 431)
_METHOD_NOT_ALLOWED = 405
# Nothing is documented there, or listing assets alone, which the documents only show in passing.
_MAY_LACK_METHOD = (None, "listAssets")
# A gateway's own trouble, and methods that no HTTP server knows.
_NOT_THE_APPLICATIONS = (501, 502, 503, 504)
_UNTOLD_OPTIONS = (
    "speakers_count",
    "start_time",
    "end_time",
    "lips_model",
    "background_url",
    "srt",
)


@exchange_rule(API, OPERATIONS, [f"{_ID}detail-is-not-empty", f"{_ID}list-as-detail"])
def detail(exchange: Exchange) -> Iterator[Outcome]:
    """A refusal explains itself."""
    explanation = exchange.field("detail")
    if exchange.response is None or not exchange.response.is_refusal:
        return
    if isinstance(explanation, str):
        yield holds(
            f"{_ID}detail-is-not-empty",
            bool(explanation.strip()),
            "the refusal explains nothing",
            expected="a message",
            actual=explanation,
        )
    if exchange.response.status not in _EXPLAINED and isinstance(explanation, str | list):
        reading = "list" if isinstance(explanation, list) else "string"
        yield read(f"{_ID}list-as-detail", reading)


@exchange_rule(API, ANY_OPERATION, [f"{_ID}status-is-listed"])
def listed_statuses(exchange: Exchange) -> Iterator[Outcome]:
    """A refusal has one of the statuses that the document lists."""
    response = exchange.response
    if response is None or not response.is_refusal or exchange.operation == CALLBACK:
        return
    if response.status not in _STANDARD_TOO:
        may_lack = exchange.operation in _MAY_LACK_METHOD
        is_method = may_lack and response.status == _METHOD_NOT_ALLOWED
        yield holds(
            f"{_ID}status-is-listed",
            response.status in _EXPLAINED or is_method,
            "the refusal has a status that the document does not list",
            expected=" or ".join(map(str, _EXPLAINED)),
            actual=response.status,
        )


@exchange_rule(API, (*CREATORS, "addLanguages"), [f"{_ID}malformed-request-status"])
def status_of_malformed_requests(exchange: Exchange) -> Iterator[Outcome]:
    """A request whose fields are missing or of the wrong type is refused in one of two ways."""
    status = exchange.response.status if exchange.response else None
    if status in (400, 422) and is_known_caller(exchange) and has_malformed_field(exchange):
        yield read(f"{_ID}malformed-request-status", f"status-{status}")


@exchange_rule(API, tuple(CREATORS), [f"{_ID}invalid-input-is-no-server-error"])
def blame(exchange: Exchange) -> Iterator[Outcome]:
    """A list or an object in the place of a plain value is a mistake of the client.

    Only where no other entry of the catalogue speaks of the field.
    """
    response = exchange.response
    if response is None or not is_known_caller(exchange) or not _has_only_odd_options(exchange):
        return
    if response.status >= 400 and response.status not in _NOT_THE_APPLICATIONS:
        yield holds(
            f"{_ID}invalid-input-is-no-server-error",
            response.status < 500,
            "invalid input is answered as a failure of the service",
            expected="a refusal",
            actual=response.status,
        )


def _has_only_odd_options(exchange: Exchange) -> bool:
    document = exchange.document
    if not isinstance(document, dict) or has_malformed_field(exchange):
        return False
    told_elsewhere = [document.get(name) for name in ("auto_generate", "callback_url")]
    told_elsewhere += [entry.get("srt") for entry in document["languages"]]
    is_odd = [isinstance(document.get(name), dict | list) for name in _UNTOLD_OPTIONS]
    return any(is_odd) and all(isinstance(item, str | None) for item in told_elsewhere)


def has_malformed_field(exchange: Exchange) -> bool:
    """Whether a required field is missing, or has a type that cannot be converted."""
    document = exchange.document
    if not isinstance(document, dict):
        return False
    texts = [] if exchange.operation == "addLanguages" else ["name", "locale"]
    if exchange.operation == "createAsset":
        texts.append("media_url")
    if any(_is_no_text(document.get(name, MISSING)) for name in texts):
        return True
    languages = document.get("languages", MISSING)
    return not isinstance(languages, list) or any(_is_no_language(item) for item in languages)


def _is_no_text(value: Any) -> bool:
    return value is MISSING or value is None or isinstance(value, dict | list)


def _is_no_language(value: Any) -> bool:
    return not isinstance(value, dict) or _is_no_text(value.get("locale", MISSING))
