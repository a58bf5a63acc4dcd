"""One HTTP request as an endpoint sees it, and the answer it gives; no dialect is known here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

from dubcheck.emulator.refusals import ClientGone, PayloadTooLarge

if TYPE_CHECKING:
    from dubcheck.emulator.keys import Account
    from dubcheck.emulator.routing import Route

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

JSON_BODY_LIMIT_BYTES = 1 << 20
# An extension of wire.py, absent under other servers: sends a whole answer at once.
WRITE = "dubcheck.write"
_JSON_TYPE = (b"content-type", b"application/json")
_encode = msgspec.json.encode


class Request:
    """What was asked. `parameters` are the values of the route's `{names}`.

    `account` is the owner of the key or None; behind `Service.admit` it is never None for an API.
    A plain slotted class, not a dataclass: one is built per request and each field costs.
    """

    __slots__ = (
        "_headers",
        "_receive",
        "account",
        "body_sample",
        "body_size_bytes",
        "fault",
        "method",
        "parameters",
        "path",
        "route",
        "scope",
    )

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.parameters: tuple[str, ...] = ()
        self.route: Route | None = None
        self.account: Account | None = None
        self.fault = ""
        self.body_sample = b""
        self.body_size_bytes = 0
        self._receive = receive
        self._headers: dict[bytes, bytes] | None = None

    def header(self, name: bytes) -> bytes | None:
        """Value of the header (lower-case name); of repeated ones the last."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        return self._headers.get(name)

    @property
    def owner(self) -> str:
        """Label of the account, the second half of every key into the store."""
        assert self.account is not None, "an endpoint that needs an owner sits behind admit()"
        return self.account.label

    @property
    def host(self) -> str:
        """Host and port under which the client reached us; URLs in answers use the same."""
        given = self.header(b"host")
        if given:
            return given.decode("latin-1")
        server = self.scope["server"]
        return f"{server[0]}:{server[1]}"

    @property
    def origin(self) -> str:
        """Scheme, host and port for URLs in answers."""
        return f"{self.scope['scheme']}://{self.host}"

    def query(self) -> list[tuple[str, str]]:
        """Query parameters in order, decoded, blank values kept."""
        raw = self.scope["query_string"]
        return parse_qsl(raw.decode("latin-1"), keep_blank_values=True) if raw else []

    async def body(self, limit_bytes: int = JSON_BODY_LIMIT_BYTES) -> bytes:
        """The whole body; PayloadTooLarge as soon as it is known to exceed the limit."""
        message = await self._receive()
        if not message.get("more_body") and message["type"] == "http.request":
            whole: bytes = message.get("body", b"")
            self._note(whole)
            if len(whole) > limit_bytes:
                raise PayloadTooLarge(limit_bytes)
            return whole
        parts = []
        async for part in self._parts(message):
            parts.append(part)
            if self.body_size_bytes > limit_bytes:
                raise PayloadTooLarge(limit_bytes)
        return b"".join(parts)

    async def stream(self) -> AsyncIterator[bytes]:
        """The body piece by piece as it arrives; the caller bounds the total."""
        async for part in self._parts(await self._receive()):
            yield part

    async def _parts(self, message: MutableMapping[str, Any]) -> AsyncIterator[bytes]:
        while True:
            if message["type"] == "http.disconnect":
                raise ClientGone
            part = message.get("body", b"")
            self._note(part)
            if part:
                yield part
            if not message.get("more_body"):
                return
            message = await self._receive()

    def _note(self, part: bytes) -> None:
        """Keep the first piece for the journal; uvicorn's pieces are at most 64 KiB."""
        if not self.body_size_bytes:
            self.body_sample = part
        self.body_size_bytes += len(part)


class Answer:
    """Status, headers and either bytes or a stream of bytes; not frozen, since faults spoil it.

    Header names are lower-case bytes. `content-length` is added for bytes; a stream brings its own.
    """

    __slots__ = ("body", "hang_up_after", "headers", "status", "stream")

    def __init__(
        self,
        status: int,
        body: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
        stream: AsyncIterator[bytes] | None = None,
    ) -> None:
        self.status = status
        self.body = body
        self.headers = headers if headers is not None else []
        self.stream = stream
        # The part of the body, from 0.0 to 1.0, after which a fault cuts the connection.
        self.hang_up_after: float | None = None

    @classmethod
    def json(cls, status: int, content: object, headers: dict[str, str] | None = None) -> Answer:
        """A JSON answer of anything msgspec encodes: dicts, structs, dataclasses."""
        lines = [_JSON_TYPE]
        if headers:
            lines += [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        return cls(status, _encode(content), lines)

    async def send(self, send: Send) -> None:
        """Hand the answer to the server."""
        headers = self.headers
        if self.stream is None:
            headers = [*headers, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        if self.stream is not None:
            async for part in self.stream:
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": self.body})
