"""uvicorn as this project runs it: our sockets, no log, no signals; no route is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from functools import lru_cache, partial
from socket import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from dubcheck.emulator.fallback import Fallback
from dubcheck.emulator.hanging_up import CLOSE
from dubcheck.emulator.messages import WRITE, Answer
from dubcheck.emulator.refusals import MalformedBody

KEEP_ALIVE_SECONDS = 75
BACKLOG = 1024


class _Server(uvicorn.Server):
    """Tells when the port answers, and leaves the signals to whoever owns the main thread."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(HttpToolsProtocol):
    """Offers the application what ASGI lacks, and answers what is not HTTP in the APIs' form.

    CLOSE closes the connection. WRITE sends a whole answer at once, for a third of what two ASGI
    messages cost; it goes round whatever wraps `send`. The Date header tells the emulator's time.
    """

    def __init__(self, now: Callable[[], float], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._now = now

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        extensions: dict[str, Any] = {CLOSE: self.transport.close, WRITE: partial(_write, cycle)}
        cycle.scope["extensions"] = extensions
        cycle.default_headers = _date_header(int(self._now()))
        super()._start_asgi_task(cycle, app)

    def send_400_response(self, msg: str) -> None:
        """Close the connection after an error that both dialects can read."""
        answer = Fallback().render(MalformedBody("The request is not valid HTTP"))
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
            f"content-length: {len(answer.body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + answer.body)
        self.transport.close()


def _write(cycle: RequestResponseCycle, answer: Answer) -> None:
    """Send status, headers and body in one piece, and end the cycle as uvicorn's own send does."""
    if cycle.disconnected:
        return
    parts = [STATUS_LINE[answer.status]]
    for name, value in cycle.default_headers:
        parts += (name, b": ", value, b"\r\n")
    for name, value in answer.headers:
        parts += (name, b": ", value, b"\r\n")
    if not cycle.keep_alive:
        parts.append(b"connection: close\r\n")
    parts.append(b"content-length: %d\r\n\r\n" % len(answer.body))
    if cycle.scope["method"] != "HEAD":
        parts.append(answer.body)
    cycle.transport.write(b"".join(parts))
    cycle.response_started = cycle.response_complete = True
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()


@lru_cache(maxsize=8)
def _date_header(second: int) -> list[tuple[bytes, bytes]]:
    return [(b"date", formatdate(second, usegmt=True).encode())]


def make_server(
    application: Any, on_started: Callable[[], None], now: Callable[[], float]
) -> uvicorn.Server:
    """A server for one ASGI application, to be awaited with `serve(sockets=[…])`.

    `now` tells the time of the Date header in UNIX seconds.
    """
    config = uvicorn.Config(
        application,
        http=partial(_Protocol, now),  # type: ignore[arg-type] # any maker of protocols serves
        date_header=False,
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        log_level="error",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
        backlog=BACKLOG,
    )
    return _Server(config, on_started)
