"""VCR cassettes of any recorder, read into entries: vcrpy's interactions (with a URI, or of old
with host and path), those of go-vcr, and `http_interactions` as Ruby's VCR, Betamax and
schemathesis write them.

Which interactions belong to an API is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from dubcheck.errors import RecordError
from dubcheck.recordings.contents import encoded, from_base64, unpacked
from dubcheck.recordings.entries import Entry, header_map, unix_seconds
from dubcheck.recordings.own_cassettes import credential_of, recorded_moment, unshelved

_LISTS = ("interactions", "http_interactions")
_DURATION = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>µs|ms|s)")
_UNITS = {"µs": 1e-6, "ms": 1e-3, "s": 1.0}


def is_cassette(document: Any) -> bool:
    """Whether a document is a cassette of any recorder."""
    if isinstance(document, dict):
        return any(isinstance(document.get(name), list) for name in _LISTS)
    first = document[0] if isinstance(document, list) and document else None
    return isinstance(first, dict) and {"request", "response"} <= first.keys()


def cassette_entries(document: Any, name: str) -> tuple[Entry, ...]:
    """The interactions in the order of the file, which is that of their answers.

    Raises: RecordError naming the file and the interaction that cannot be used.
    """
    items = document
    if isinstance(document, dict):
        items = next(document[key] for key in _LISTS if isinstance(document.get(key), list))
    return tuple(_entry(item, name, number) for number, item in enumerate(items, start=1))


def _entry(item: Any, name: str, number: int) -> Entry:
    place = f"{name}: interaction {number}"
    request = item.get("request") if isinstance(item, dict) else None
    response = item.get("response") if isinstance(item, dict) else None
    if not isinstance(request, dict) or not isinstance(response, dict):
        raise RecordError(f"{place} has no request or no response")
    method, url, status = request.get("method"), _url(request), _status(response)
    if not isinstance(method, str) or url is None or status is None:
        raise RecordError(f"{place} has no method, no URL or no status")
    headers, answer_headers = _headers(request), _headers(response)
    answer = unshelved(_body(response), name)
    answer = unpacked(answer, answer_headers.get("content-encoding", ""))
    started, elapsed = recorded_moment(answer_headers) or (
        unix_seconds(item.get("recorded_at")),
        _elapsed(item, response),
    )
    return Entry(
        place=place,
        method=method.upper(),
        url=url.partition("#")[0],
        request_headers=headers,
        request_body=unpacked(_body(request), headers.get("content-encoding", "")),
        status=status,
        response_headers=answer_headers,
        response_body=answer,
        response_size_bytes=len(answer or b""),
        started_at=started,
        elapsed_seconds=elapsed,
        credential=credential_of(headers),
    )


def _url(request: Mapping[str, Any]) -> str | None:
    for name in ("uri", "url"):
        if isinstance(request.get(name), str):
            return str(request[name])
    protocol, host, path = (request.get(name) for name in ("protocol", "host", "path"))
    if not isinstance(host, str) or not isinstance(path, str):
        return None
    port = request.get("port")
    return f"{protocol or 'https'}://{host}{f':{port}' if port else ''}{path}"


def _status(response: Mapping[str, Any]) -> int | None:
    """The code, wherever a recorder puts it."""
    told = response.get("status", response.get("status_code"))
    if isinstance(told, dict):
        told = told.get("code")
    found = re.match(r"\s*(\d{3})\b", str(response.get("code") or told or ""))
    return int(found[1]) if found else None


def _headers(message: Mapping[str, Any]) -> dict[str, str]:
    return header_map(_header_pairs(message.get("headers")))


def _header_pairs(headers: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(headers, dict):
        for name, value in headers.items():
            for one in value if isinstance(value, list | tuple) else [value]:
                yield name, _text(one)
    for item in headers if isinstance(headers, list) else ():
        if isinstance(item, str):
            name, _, value = item.partition(":")
            yield name, value.strip()
        elif isinstance(item, dict):
            yield from _header_pairs(item)
        elif isinstance(item, list | tuple) and len(item) == 2:
            yield item[0], _text(item[1])


def _text(value: Any) -> Any:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(message: Mapping[str, Any]) -> bytes | None:
    """The body: a text, bytes, or a mapping that holds either; None where it is of another kind."""
    body = message.get("body")
    if isinstance(body, dict):
        if isinstance(body.get("base64_string"), str):
            return from_base64(body["base64_string"])
        if isinstance(body.get("string"), str) and body.get("encoding") == "base64":
            return from_base64(body["string"])
        body = body.get("string", body.get("text", b""))
    if body is None:
        return b""
    if isinstance(body, BytesIO):
        return body.getvalue()
    if isinstance(body, str):
        return encoded(body)
    return body if isinstance(body, bytes) else None


def _elapsed(item: Mapping[str, Any], response: Mapping[str, Any]) -> float:
    told = response.get("duration", response.get("elapsed", item.get("elapsed")))
    if isinstance(told, str):
        found = _DURATION.fullmatch(told.strip())
        return float(found["number"]) * _UNITS[found["unit"]] if found else 0.0
    return 0.0
