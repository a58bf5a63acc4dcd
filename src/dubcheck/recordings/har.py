"""HTTP Archives (HAR 1.2) as browsers and proxies write them, read into entries.

Which of the entries belong to an API is not decided here.

Source: the HAR 1.2 specification; names with `_` are what Chrome, Safari and others add.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from dubcheck.errors import RecordError
from dubcheck.recordings.contents import BOUNDARY, encoded, from_base64, multipart, unpacked
from dubcheck.recordings.entries import Entry, header_map, moment_of, unix_seconds

_NOT_MODIFIED = 304
_METHODS_WITH_BODY = ("POST", "PUT", "PATCH")
_CACHED_KINDS = ("Memory Cache", "Disk Cache")


def is_har(document: Any) -> bool:
    """Whether a JSON document is an HTTP Archive."""
    log = document.get("log") if isinstance(document, dict) else None
    return isinstance(log, dict) and "entries" in log


def har_entries(document: Any, name: str) -> tuple[Entry, ...]:
    """The entries in the order in which they were sent.

    Raises: RecordError naming the file and the entry that cannot be used.
    """
    entries = document["log"]["entries"]
    if not isinstance(entries, list):
        raise RecordError(f"{name}: is no usable HTTP Archive: its `entries` are no list")
    read = [_entry(item, f"{name}: entry {number}") for number, item in enumerate(entries, start=1)]
    ordered = sorted(zip(map(_sorting_key, entries), read, strict=True), key=lambda item: item[0])
    return tuple(entry for _, entry in ordered)


def _sorting_key(item: dict[str, Any]) -> float:
    moment = moment_of(item.get("startedDateTime"))
    if moment is None:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _entry(item: Any, place: str) -> Entry:
    request = item.get("request") if isinstance(item, dict) else None
    if not isinstance(request, dict):
        raise RecordError(f"{place} has no request")
    method, url = request.get("method"), request.get("url")
    if not isinstance(method, str) or not isinstance(url, str):
        raise RecordError(f"{place} has no method or no URL")
    response = _mapping(item.get("response"))
    status = response.get("status")
    is_answered = isinstance(status, int) and status > 0
    headers, answer_headers = _headers(request), _headers(response)
    body, content_type = _request_body(method.upper(), request, headers)
    answer, size = _answer_body(response, answer_headers) if is_answered else (b"", 0)
    return Entry(
        place=place,
        method=method.upper(),
        url=url.partition("#")[0],
        request_headers={**headers, **content_type},
        request_body=body,
        status=status if is_answered else None,
        response_headers=answer_headers,
        response_body=answer,
        response_size_bytes=size,
        started_at=unix_seconds(item.get("startedDateTime")),
        elapsed_seconds=_milliseconds(item.get("time")) / 1000,
        failure=None if is_answered else str(response.get("_error") or "no answer was recorded"),
        is_from_cache=_is_from_cache(item, response, status),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


def _headers(message: Mapping[str, Any]) -> dict[str, str]:
    return header_map(
        (item.get("name", ""), item.get("value")) for item in _items(message.get("headers"))
    )


def _milliseconds(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # Zero and -1 stand for "not known"; an hour is longer than any request.
    return float(value) if is_number and 0 < value < 3_600_000 else 0.0


def _is_from_cache(item: dict[str, Any], response: Mapping[str, Any], status: Any) -> bool:
    """Whether a browser answered from its own store: then the answer tells nothing of now."""
    return bool(
        status == _NOT_MODIFIED
        or any(holder.get(name) for holder in (item, response) for name in _CACHE_MARKS)
        or response.get("_fetchType") in _CACHED_KINDS
        or item.get("_fetchType") in _CACHED_KINDS
    )


_CACHE_MARKS = ("_fromCache", "fromCache", "_servedFromCache", "_fetchedViaServiceWorker")


def _request_body(
    method: str, request: Mapping[str, Any], headers: Mapping[str, str]
) -> tuple[bytes | None, dict[str, str]]:
    """The body that was sent, and the content type where the recording puts it elsewhere."""
    posted = request.get("postData")
    if not isinstance(posted, dict):
        was_sent = method in _METHODS_WITH_BODY and headers.get("content-length") != "0"
        return (None if was_sent else b""), {}
    kind = str(posted.get("mimeType") or headers.get("content-type") or "")
    text, params = posted.get("text"), list(_items(posted.get("params")))
    if isinstance(text, str) and text:
        content = from_base64(text) if posted.get("encoding") == "base64" else encoded(text)
        is_multipart = kind.lower().startswith("multipart/") and "boundary" in kind.lower()
        told = {} if headers.get("content-type") and not is_multipart else {"content-type": kind}
        content = unpacked(content, headers.get("content-encoding", ""))
        return _with_line_ends(content, kind), told if kind else {}
    if params and kind.lower().startswith("multipart/"):
        return multipart(params), {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    if params:
        pairs = [(str(item.get("name", "")), str(item.get("value", ""))) for item in params]
        return encoded(urlencode(pairs, errors="replace")), {}
    return (None if isinstance(request.get("bodySize"), int) and request["bodySize"] else b""), {}


def _with_line_ends(content: bytes | None, kind: str) -> bytes | None:
    # Some recorders turn the line ends of a multipart text into those of their platform.
    if content and kind.lower().startswith("multipart/") and b"\r\n" not in content:
        return content.replace(b"\n", b"\r\n")
    return content


def _answer_body(
    response: Mapping[str, Any], headers: Mapping[str, str]
) -> tuple[bytes | None, int]:
    """The body that came, and its size. Browsers drop bodies they think large or useless."""
    content = _mapping(response.get("content"))
    text, size = content.get("text"), content.get("size")
    told = size if isinstance(size, int) and size > 0 else 0
    if not isinstance(text, str) or not text:
        wire = response.get("bodySize")
        is_empty = not told and (wire == 0 or headers.get("content-length") == "0")
        return (b"" if is_empty else None), told
    read = from_base64(text) if content.get("encoding") == "base64" else encoded(text)
    body = unpacked(read, headers.get("content-encoding", ""))
    if body is None or (len(body) < told and not content.get("encoding") and _is_cut(body)):
        return None, told
    return body, len(body)


def _is_cut(body: bytes) -> bool:
    """Whether a text that is shorter than was told ends in the middle of a JSON document."""
    return body.lstrip()[:1] in (b"{", b"[") and body.rstrip()[-1:] not in (b"}", b"]")
