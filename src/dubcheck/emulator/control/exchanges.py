"""Journal entries as the control surface shows them, redacted; also as HAR 1.2.

Source of the HAR form: http://www.softwareishard.com/blog/har-12-spec/
"""

from __future__ import annotations

from datetime import UTC, datetime

from dubcheck.emulator.journal import Entry, redact_headers, redact_text

View = dict[str, object]


def exchange_view(entry: Entry) -> View:
    """One exchange. A body is cut at 16 KiB; those of files are not kept."""
    return {
        "number": entry.number,
        "at": _moment(entry.arrived_at),
        "duration_ms": round(entry.duration_seconds * 1000, 3),
        "operation": entry.operation,
        "account": entry.account,
        "fault": entry.fault,
        "request": {
            "method": entry.method,
            "target": redact_text(entry.target),
            "headers": redact_headers(entry.request_headers),
            "body": _text(entry.request_sample),
            "body_size_bytes": entry.request_size_bytes,
        },
        "answer": {
            "status": entry.status,
            "headers": redact_headers(entry.answer_headers),
            "body": _text(entry.answer_sample),
        },
    }


def har(entries: list[Entry], origin: str) -> View:
    """The exchanges as an HTTP archive."""
    from importlib.metadata import version  # noqa: PLC0415 - heavy

    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "dubcheck emulator", "version": version("dubcheck")},
            "entries": [_har_entry(entry, origin) for entry in entries],
        }
    }


def _har_entry(entry: Entry, origin: str) -> View:
    milliseconds = entry.duration_seconds * 1000
    return {
        "startedDateTime": _moment(entry.arrived_at),
        "time": milliseconds,
        "request": _har_request(entry, origin),
        "response": _har_answer(entry),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": entry.operation,
    }


def _har_request(entry: Entry, origin: str) -> View:
    target = redact_text(entry.target)
    query = target.partition("?")[2]
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    request: View = {
        "method": entry.method,
        "url": origin + target,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(redact_headers(entry.request_headers)),
        "queryString": [{"name": name, "value": value} for name, _, value in pairs],
        "headersSize": -1,
        "bodySize": entry.request_size_bytes,
    }
    if entry.request_sample:
        request["postData"] = {
            "mimeType": _header(entry.request_headers, b"content-type"),
            "text": _text(entry.request_sample),
        }
    return request


def _har_answer(entry: Entry) -> View:
    return {
        "status": entry.status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(redact_headers(entry.answer_headers)),
        "content": {
            "size": len(entry.answer_sample),
            "mimeType": _header(entry.answer_headers, b"content-type"),
            "text": _text(entry.answer_sample),
        },
        "redirectURL": _header(entry.answer_headers, b"location"),
        "headersSize": -1,
        "bodySize": len(entry.answer_sample),
    }


def _named(headers: list[tuple[str, str]]) -> list[View]:
    return [{"name": name, "value": value} for name, value in headers]


def _header(headers: list[tuple[bytes, bytes]], wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")


def _text(sample: bytes) -> str:
    return redact_text(sample.decode("utf-8", "replace"))


def _moment(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
