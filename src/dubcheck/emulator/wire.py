"""uvicorn as this project runs it: our sockets, no log, no signals; no route is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dubcheck.emulator.fallback import Fallback
from dubcheck.emulator.hanging_up import CLOSE
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
    """Lets the application close a connection, and answers what is not HTTP in the APIs' form."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CLOSE: self.transport.close}  # type: ignore[dict-item]

    def send_400_response(self, msg: str) -> None:
        """Close the connection after an error that both dialects can read."""
        answer = Fallback().render(MalformedBody("The request is not valid HTTP"))
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
            f"content-length: {len(answer.body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + answer.body)
        self.transport.close()


def make_server(application: Any, on_started: Callable[[], None]) -> uvicorn.Server:
    """A server for one ASGI application, to be awaited with `serve(sockets=[…])`."""
    config = uvicorn.Config(
        application,
        http=_Protocol,
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
