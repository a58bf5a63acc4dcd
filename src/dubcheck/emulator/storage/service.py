"""PUT, GET and HEAD of objects by presigned URL, in S3's dialect; who may, verification.py says."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.routing import Route
from dubcheck.emulator.storage.dates import format_http_date
from dubcheck.emulator.storage.objects import BUCKETS, StoredObject
from dubcheck.emulator.storage.ranges import Span, parse_range
from dubcheck.emulator.storage.refusals import StorageRefusal, access_denied
from dubcheck.emulator.storage.verification import verify
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

# Room for a client to be over the APIs' limit and learn so from the API, not from storage.
UPLOAD_HEADROOM = 1.1
_BLOCK_BYTES = 262_144


class StorageService:
    """Answers for every bucket."""

    name = "storage"
    prefixes = tuple(f"/{bucket}" for bucket in BUCKETS)

    def __init__(self, workspace: Workspace) -> None:
        self._storage = workspace.storage
        self._clock = workspace.clock
        self._upload_limit_bytes = int(workspace.profile.max_size_bytes * UPLOAD_HEADROOM)
        self._request_numbers = count(1)
        self.routes = tuple(
            Route(operation, method, f"/{bucket}/{{folder}}/{{name}}", endpoint)
            for bucket in BUCKETS
            for operation, method, endpoint in (
                ("getObject", "GET", self.get),
                ("headObject", "HEAD", self.get),
                ("putObject", "PUT", self.put),
            )
        )

    def account(self, request: Request) -> Account | None:
        """Nobody: a presigned URL carries no API key."""
        return None

    def admit(self, request: Request) -> None:
        """Only requests whose signature holds."""
        verify(request, self._storage.credentials, self._clock.now())

    def render(self, error: ApiError) -> Answer:
        """S3's XML error document."""
        if not isinstance(error, StorageRefusal):
            error = _translate(error)
        elements = {"Code": error.code, "Message": error.message, **error.elements}
        elements["RequestId"] = request_id = f"{next(self._request_numbers):016X}"
        body = "".join(f"<{name}>{_escape(value)}</{name}>" for name, value in elements.items())
        headers = [
            (b"content-type", b"application/xml"),
            (b"x-amz-request-id", request_id.encode()),
            *((name.encode(), value.encode()) for name, value in error.headers.items()),
        ]
        document = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{body}</Error>'
        return Answer(error.status, document.encode("utf-8", "replace"), headers)

    def resume(self) -> None:
        """Objects are complete or absent; nothing was interrupted."""

    def reset(self, owner: str | None) -> None:
        """Delete objects."""
        self._storage.reset(owner)

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """Every object."""
        return {"objects": list(self._storage.objects.every(owner))}

    async def put(self, request: Request) -> Answer:
        """Store the body as the object of this path; only a complete body becomes visible."""
        place = self._storage.places.find(request.path)
        if place is None:
            raise access_denied()
        length = request.header(b"content-length")
        if length is None:
            raise StorageRefusal(
                411, "MissingContentLength", "You must provide the Content-Length HTTP header."
            )
        # httptools lets nothing but digits through, and no more than fit into 64 bits.
        self._check_size(int(length))
        file = self._storage.new_file()
        try:
            etag = await self._receive(request, file)
            content_type = (request.header(b"content-type") or b"binary/octet-stream").decode(
                "latin-1"
            )
            self._storage.keep(place.owner, request.path, file, content_type, etag)
        finally:
            file.unlink(missing_ok=True)
        return Answer(200, headers=[*self._headers(), (b"etag", etag.encode())])

    async def get(self, request: Request) -> Answer:
        """The object or the asked part of it."""
        stored = self._storage.objects.find(request.path)
        if stored is None:
            raise StorageRefusal(
                404, "NoSuchKey", "The specified key does not exist.", Key=request.path
            )
        span = parse_range(request.header(b"range"), stored.size_bytes)
        headers = [*self._headers(), *_object_headers(stored)]
        if span is not None:
            headers.append((b"content-range", span.content_range(stored.size_bytes).encode()))
        part = span or Span(0, stored.size_bytes)
        headers.append((b"content-length", str(part.length).encode()))
        status = 206 if span else 200
        if request.method == "HEAD":
            return Answer(status, headers=headers, stream=_nothing())
        return Answer(status, headers=headers, stream=_read(self._storage.file(stored), part))

    async def _receive(self, request: Request, file: Path) -> str:
        digest = hashlib.md5(usedforsecurity=False)
        with file.open("wb") as output:
            async for part in request.stream():
                self._check_size(request.body_size_bytes)
                digest.update(part)
                output.write(part)
        return f'"{digest.hexdigest()}"'

    def _check_size(self, size_bytes: int) -> None:
        if size_bytes > self._upload_limit_bytes:
            raise StorageRefusal(
                400,
                "EntityTooLarge",
                "Your proposed upload exceeds the maximum allowed size",
                MaxSizeAllowed=str(self._upload_limit_bytes),
            )

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [(b"x-amz-request-id", b"%016X" % next(self._request_numbers))]


def _escape(text: str) -> str:
    """Text of an XML element. The standard library's own function comes with an HTTP client."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _translate(error: ApiError) -> StorageRefusal:
    if error.status == 404:
        # S3 hides from the unsigned whether a key or bucket exists.
        return access_denied()
    codes = {405: "MethodNotAllowed", 429: "SlowDown", 500: "InternalError", 503: "SlowDown"}
    refusal = StorageRefusal(error.status, codes.get(error.status, "InvalidRequest"), error.message)
    refusal.headers = error.headers
    return refusal


def _object_headers(stored: StoredObject) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", stored.content_type.encode("latin-1", "replace")),
        (b"etag", stored.etag.encode()),
        (b"last-modified", format_http_date(stored.modified_at).encode()),
        (b"accept-ranges", b"bytes"),
    ]


async def _read(file: Path, part: Span) -> AsyncIterator[bytes]:
    remaining = part.length
    with file.open("rb") as source:
        source.seek(part.start)
        while remaining and (block := source.read(min(_BLOCK_BYTES, remaining))):
            remaining -= len(block)
            yield block


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
