"""Requests that no sound client sends, made from a seed; answers are judged elsewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

PATHS = (
    "/api/dubbing/upload-url",
    "/api/dubbing/jobs",
    "/api/dubbing/jobs/dub_1",
    "/api/dubbing/jobs/dub_1/result",
    "/v1/assets/",
    "/v1/assets/upload",
    "/v1/assets/7b9b9e3c3c7e322aec4c3d9b",
    "/v1/assets/7b9b9e3c3c7e322aec4c3d9b/languages",
    "/v1/versions/7b9b9e3c3c7e322aec4c3d9b",
    "/v1/versions/7b9b9e3c3c7e322aec4c3d9b/revise",
    "/pinch-dubbing/uploads/abc",
    "/_emulator/clock",
    "/_emulator/faults",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
FIELDS = (
    "filename", "content_type", "source_url", "target_lang", "source_lang", "reduce_accent",
    "translation_lag_time", "original_speech_volume", "name", "locale", "languages", "media_url",
    "callback_url", "speakers_count", "start_time", "end_time", "auto_generate", "lips_model",
    "background_url", "srt", "studio_url_request", "advance_seconds", "times",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, -(10**400), 1e308, "", "x", "es", "en-US", "\u0000",
    "a" * 5000, "https://example.com/a.mp4", "http://127.0.0.1/", "http://[::1", "//", "\u20ac",
    [], {}, [[]], [None], [{"locale": "es-ES"}], [{"locale": None}], {"a": {"b": {}}}, "off",
    "1\n00:00:00,000 --> 00:00:01,000\nx\n",
)  # fmt: skip
TYPES = ("application/json", "text/plain", "", "application/json; charset=utf-7", "a/b/c", "*/*")


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """The bytes to send, the path they name, and whether the client stops half-way."""

    content: bytes
    path: str
    method: str
    is_cut: bool = False


def hostile_requests(seed: int, count: int) -> list[HostileRequest]:
    """`count` requests, always the same for a seed."""
    source = random.Random(seed)
    return [source.choice(_KINDS)(source) for _ in range(count)]


def _head(source: random.Random, method: str, path: str, headers: dict[str, str]) -> bytes:
    key = "panjaya-emulator" if path.startswith("/v1") else "pk_emulator"
    lines = {"Host": "127.0.0.1", "Authorization": f"Bearer {key}", **headers}
    if source.random() < 0.05:
        lines["Authorization"] = source.choice(
            ("", "Bearer", "Bearer \x7f", "Basic x", "\xff" * 50)
        )
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode("latin-1")


def _request(
    source: random.Random, method: str, path: str, body: bytes, content_type: str
) -> HostileRequest:
    headers = {"Content-Type": content_type, "Content-Length": str(len(body))}
    return HostileRequest(_head(source, method, path, headers) + body, path, method)


def _wrong_values(source: random.Random) -> HostileRequest:
    fields = source.sample(FIELDS, source.randint(0, 8))
    body = json.dumps({field: source.choice(VALUES) for field in fields}).encode()
    method = source.choice(("POST", "POST", "PATCH", "PUT"))
    return _request(source, method, source.choice(PATHS), body, "application/json")


def _broken_json(source: random.Random) -> HostileRequest:
    bodies = (
        b"", b"{", b'{"a":}', b"[" * 50_000, b'{"a":' * 20_000, b"\xff\xfe\x00", b"nul", b"NaN",
        b'"text"', b"[]", b"123", b"{}" * 2, b'{"source_url": "\\ud800"}', b'{"a": 1e99999}',
        b'{"source_url": "\x00"}', b'{"offset": ' + b"9" * 5000 + b"}", bytes(range(256)),
    )  # fmt: skip
    path, kind = source.choice(PATHS), source.choice(TYPES)
    return _request(source, "POST", path, source.choice(bodies), kind)


def _huge_text(source: random.Random) -> HostileRequest:
    field = source.choice(FIELDS)
    body = json.dumps({field: "x" * source.choice((60_000, 1_048_000, 1_200_000))}).encode()
    return _request(source, "POST", source.choice(PATHS), body, "application/json")


def _unknown_target(source: random.Random) -> HostileRequest:
    path = source.choice(
        ("/", "/api", "/api/", "/v1", "/v1/", "/%00", "/api/%ff%fe", "/v1/assets/%2e%2e", "//api//",
         "/api/dubbing/jobs/" + "a" * 4000, "/v1/assets/\u00e9", "/pinch-dubbing", "/favicon.ico",
         "/api/dubbing/jobs/dub_1/result/x", "*", "/v1/assets/a%0d%0ab", "/_emulator/x")
    )  # fmt: skip
    return _request(source, source.choice(METHODS), path, b"{}", "application/json")


def _odd_query(source: random.Random) -> HostileRequest:
    query = source.choice(
        ("limit=" + "9" * 5000, "limit=%00", "limit=-0", "offset=1e3", "limit=5&limit=x", "%ff",
         "limit=%ff", "offset=" + "9" * 18, "X-Amz-Algorithm=x", "X-Amz-Expires=1&X-Amz-Date=0",
         "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b&X-Amz-Signature=%ff&X-Amz-Date="
         "20260305T143000Z&X-Amz-SignedHeaders=host;%ff&X-Amz-Expires=604800")
    )  # fmt: skip
    path = source.choice(PATHS)
    return _request(source, source.choice(("GET", "PUT")), f"{path}?{query}", b"", "")


def _broken_multipart(source: random.Random) -> HostileRequest:
    part = b'--B\r\nContent-Disposition: form-data; name="request"\r\n\r\n{"name": 1}\r\n'
    bodies = (
        b"", b"--B", b"--B--\r\n", part, part + b"--B--\r\n", part * 3, b"\r\n" * 100,
        b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n",
        b"--B\r\n\xff: \x00\r\n\r\n",
        b'--B\r\nContent-Disposition: form-data; name="video"; filename="\xff"\r\n\r\nx\r\n--B--',
    )  # fmt: skip
    kind = source.choice(
        ("multipart/form-data; boundary=B", "multipart/form-data", "multipart/form-data; boundary=",
         "multipart/form-data; boundary=" + "B" * 300, "multipart/mixed; boundary=B")
    )  # fmt: skip
    return _request(source, "POST", "/v1/assets/upload", source.choice(bodies), kind)


def _cut_body(source: random.Random) -> HostileRequest:
    path = source.choice(PATHS)
    headers = {"Content-Type": "application/json", "Content-Length": "1000"}
    content = _head(source, "POST", path, headers) + b'{"name": "'
    return HostileRequest(content, path, "POST", is_cut=True)


def _no_http(source: random.Random) -> HostileRequest:
    content = source.choice(
        (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
         b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"GET /\x00 HTTP/1.1\r\n\r\n",
         b"POST /v1/assets/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
         b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
         source.randbytes(200))
    )  # fmt: skip
    return HostileRequest(content, "", "", is_cut=True)


# Megabytes are rare, or they would be all that the time goes into.
_KINDS: tuple[Callable[[random.Random], HostileRequest], ...] = (
    *(_wrong_values,) * 40,
    *(_broken_json,) * 15,
    *(_unknown_target,) * 10,
    *(_odd_query,) * 10,
    *(_broken_multipart,) * 10,
    *(_cut_body,) * 5,
    *(_no_http,) * 5,
    _huge_text,
)
