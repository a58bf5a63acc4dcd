"""The ASGI wrapper in which defects see each request before the emulator, and each answer after.

Notices pass them on their way out.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any
from urllib.parse import quote

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import OPERATIONS, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.messages import Receive, Scope, Send

Headers = tuple[tuple[str, str], ...]

LARGEST_SEEN_BYTES = 32 << 20  # a larger body passes by unseen


class ServedDefects:
    """The defects of one server, each with what it remembers of requests and notices."""

    def __init__(self, defects: Sequence[Defect]) -> None:
        self._defects = [(defect, Memory()) for defect in defects]

    def wrap(self, application: Any) -> DefectiveApplication:
        """The application with the defects around it."""
        return DefectiveApplication(application, self._defects)

    def rewrite(self, letter: Letter) -> list[Letter]:
        """What is posted in place of a notice."""
        letters = [letter]
        for defect, memory in self._defects:
            if defect.tell is not None:
                letters = [item for each in letters for item in defect.tell(each, memory)]
        return letters


class DefectiveApplication:
    """Passes each request through the defects, the first one outermost."""

    def __init__(self, application: Any, defects: Sequence[tuple[Defect, Memory]]) -> None:
        self._application = application
        self._defects = defects

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, wrongly where a defect says so."""
        length = dict(scope["headers"]).get(b"content-length", b"0")
        too_large = not length.isdigit() or int(length) > LARGEST_SEEN_BYTES
        if scope["path"].startswith("/_emulator") or too_large:
            await self._application(scope, receive, send)
            return
        reply = await self._chain(scope)(_call(scope, await _whole(receive)))
        await _send(reply, send)

    def _chain(self, scope: Scope) -> Next:
        async def innermost(call: Call) -> Reply:
            return await _forward(self._application, scope, call)

        step: Next = innermost
        for defect, memory in reversed(self._defects):
            step = _bound(defect, memory, step)
        return step


def _bound(defect: Defect, memory: Memory, following: Next) -> Next:
    async def step(call: Call) -> Reply:
        return await defect.act(call, following, memory)

    return step


def _call(scope: Scope, body: bytes) -> Call:
    method, path = scope["method"], scope["path"]
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    operation, identifier = None, ""
    for name, (expected, pattern) in OPERATIONS.items():
        found = pattern.fullmatch(path)
        if method == expected and found and not (name == "getAsset" and path.endswith("/upload")):
            operation, identifier = name, found.groupdict().get("id", "")
            break
    query = scope["query_string"].decode("latin-1")
    return Call(method, path, query, headers, body, operation, identifier)


async def _whole(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


async def _forward(application: Any, scope: Scope, call: Call) -> Reply:
    kept = [(name, value) for name, value in call.headers if name != "content-length"]
    kept.append(("content-length", str(len(call.body))))
    changed = {
        **scope,
        "method": call.method,
        "path": call.path,
        "raw_path": quote(call.path).encode("ascii"),
        "query_string": call.query.encode("latin-1"),
        "headers": _encoded(kept),
    }
    sent = False
    status, chunks = 500, []
    headers: Headers = ()

    async def receive() -> MutableMapping[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": call.body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = _decoded(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    await application(changed, receive, send)
    return Reply(status, headers, b"".join(chunks))


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers
    )


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _send(reply: Reply, send: Send) -> None:
    headers = [item for item in reply.headers if item[0] != "content-length"]
    # A body in chunks tells its end by itself; a HEAD answer may have neither length nor body.
    if ("transfer-encoding", "chunked") not in headers:
        headers.append(("content-length", str(len(reply.body))))
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ],
        }
    )
    await send({"type": "http.response.body", "body": reply.body})
