"""What the documents say of a request: its faults, and what they leave in doubt about it.

Looks at the request alone: no answer, no credential, and nothing that only the service can know
(whether a source URL can be fetched, whether a job exists).

Source: Dubbing API Reference, the parameter tables of each endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dubcheck.exchange import MISSING, Exchange
from dubcheck.rules.pinch.vocabulary import AUTO, LANGUAGES, SOURCE_LANGUAGES, as_number

LARGEST_LAG_SECONDS, LARGEST_DOUBTED_LAG_SECONDS = 3, 5  # a vendor client sends up to 5
LARGEST_LIMIT = 100
_LARGEST_PLAIN_OFFSET_DIGITS = 9  # beyond what any store must be able to count
_MEDIA_TYPE = re.compile(r"(audio|video)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*")


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing about a request; where it is no `fault`, the documents leave its outcome open."""

    field: str
    reason: str
    is_fault: bool = True


def objections_to(exchange: Exchange) -> frozenset[Objection]:
    """Everything that speaks against accepting a request; empty where it must be accepted."""
    if exchange.operation == "listJobs":
        return frozenset(_page_objections(exchange.request.query))
    fields = _FIELDS.get(exchange.operation or "")
    return frozenset() if fields is None else frozenset(_body_objections(exchange, fields))


def is_wholly_valid(exchange: Exchange) -> bool:
    """Whether every reading of the documents accepts the form of the request."""
    return not objections_to(exchange)


def has_fault(exchange: Exchange) -> bool:
    """Whether every reading of the documents refuses the request."""
    return any(item.is_fault for item in objections_to(exchange))


def _body_objections(exchange: Exchange, fields: Mapping[str, Check]) -> Iterator[Objection]:
    document = exchange.document
    if exchange.request.body.content is None:
        yield Objection("", "the body was too large to keep", is_fault=False)
        return
    if not isinstance(document, dict):
        yield Objection("", "the body is no JSON object")
        return
    if exchange.request.content_type not in ("application/json", ""):
        yield Objection("content-type", "the body is not labelled as JSON", is_fault=False)
    for name, check in fields.items():
        yield from check(name, document.get(name, MISSING))
    for name in document.keys() - fields.keys():
        yield Objection(name, "the field is not documented", is_fault=False)
    target = document.get("target_lang")
    if target is not None and target == document.get("source_lang"):
        yield Objection("source_lang", "source and target are the same", is_fault=False)


Check = Callable[[str, Any], Iterator[Objection]]


def _required_text(name: str, value: Any) -> Iterator[Objection]:
    if value is MISSING:
        yield Objection(name, "the field is required")
    elif not isinstance(value, str):
        # A number or a boolean can be turned into a text; null, an object and a list cannot.
        yield Objection(
            name, "the value is no text", is_fault=value is None or isinstance(value, dict | list)
        )
    elif not value:
        yield Objection(name, "the text is empty", is_fault=False)


def _media_type(name: str, value: Any) -> Iterator[Objection]:
    yield from _required_text(name, value)
    if isinstance(value, str) and value and not _MEDIA_TYPE.fullmatch(value):
        yield Objection(name, "the type is neither audio nor video", is_fault=False)


def _source_url(name: str, value: Any) -> Iterator[Objection]:
    if not isinstance(value, str) or not value:
        reason = "the field is required" if value is MISSING else "the value is no URL"
        yield Objection(name, reason)
        return
    try:
        parts = urlsplit(value)
        host, scheme = parts.hostname, parts.scheme
    except ValueError:
        host, scheme = None, ""
    if scheme.lower() not in ("http", "https"):
        # Without a scheme it is no URL; with another one the job may be created and fail.
        yield Objection(name, "the value is no HTTP(S) URL", is_fault=not scheme)
    elif not host or re.search(r"[\s\x00-\x1f]", value):
        yield Objection(name, "the URL is malformed", is_fault=not host)


def _target_language(name: str, value: Any) -> Iterator[Objection]:
    if value is MISSING:
        yield Objection(name, "the field is required")
    elif value not in LANGUAGES:
        yield Objection(name, "the language is not supported", is_fault=not _is_respelled(value))


def _source_language(name: str, value: Any) -> Iterator[Objection]:
    if value is None:
        yield Objection(name, "null in an optional field", is_fault=False)
    elif value is not MISSING and value not in SOURCE_LANGUAGES:
        yield Objection(name, "the language is not supported", is_fault=not _is_respelled(value))


def _is_respelled(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return re.split(r"[-_]", value.strip())[0].lower() in SOURCE_LANGUAGES and value != AUTO


def _boolean(name: str, value: Any) -> Iterator[Objection]:
    if value is not MISSING and not isinstance(value, bool):
        meaning = str(value).strip().lower()
        is_fault = isinstance(value, dict | list) or (
            isinstance(value, str) and meaning not in ("true", "false", "0", "1", "yes", "no", "")
        )
        yield Objection(name, "the value is no boolean", is_fault=is_fault)


def _lag(name: str, value: Any) -> Iterator[Objection]:
    lag = as_number(value)
    if lag is None:
        yield from _no_number(name, value)
    elif not 0 <= lag <= LARGEST_LAG_SECONDS:
        is_fault = not 0 <= lag <= LARGEST_DOUBTED_LAG_SECONDS
        yield Objection(name, "the delay is out of range", is_fault=is_fault)


def _volume(name: str, value: Any) -> Iterator[Objection]:
    volume = as_number(value)
    if volume is None:
        yield from _no_number(name, value)
    elif not 0 <= volume <= 1:
        yield Objection(name, "the volume is out of range")


def _no_number(name: str, value: Any) -> Iterator[Objection]:
    if value is not MISSING:
        is_fault = isinstance(value, dict | list) or (isinstance(value, str) and bool(value))
        if isinstance(value, str):
            try:
                float(value)
            except ValueError:
                pass
            else:
                is_fault = False
        yield Objection(name, "the value is no number", is_fault=is_fault)


_FIELDS: Mapping[str, Mapping[str, Check]] = {
    "createUploadUrl": {"filename": _required_text, "content_type": _media_type},
    "createJob": {
        "source_url": _source_url,
        "target_lang": _target_language,
        "source_lang": _source_language,
        "reduce_accent": _boolean,
        "translation_lag_time": _lag,
        "original_speech_volume": _volume,
    },
}


def _page_objections(query: tuple[tuple[str, str], ...]) -> Iterator[Objection]:
    for name, value in query:
        if name not in ("limit", "offset"):
            yield Objection(name, "the parameter is not documented", is_fault=False)
        elif [key for key, _ in query].count(name) > 1:
            yield Objection(name, "the parameter stands twice", is_fault=False)
        elif not _is_plain_number(value) or (
            name == "limit" and not 1 <= int(value) <= LARGEST_LIMIT
        ):
            # What any such value leads to is open: refused, clamped, or taken for the default.
            yield Objection(name, "the value is out of range", is_fault=False)


def _is_plain_number(value: str) -> bool:
    return bool(re.fullmatch(rf"[0-9]{{1,{_LARGEST_PLAIN_OFFSET_DIGITS}}}", value))
