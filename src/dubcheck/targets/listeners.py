"""Servers that a target calls: the callback receiver and the suite's own media server.

Both keep what they know in files, so that probes in other processes can read it.
"""

from __future__ import annotations

import base64
import json
import random
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from dubcheck.errors import UsageError
from dubcheck.targets.incoming_bodies import read_body
from dubcheck.targets.threaded_server import ThreadedServer

LOOPBACK = "127.0.0.1"
BELOW_OUTGOING = range(20_000, 32_000)
_LOOKS = ("GET", "HEAD", "OPTIONS")
GUARDED = "/guarded/"
MOVED = "/moved/"
BARE = "/bare/"
QUERY = "expires=3600&signature=a%2Fb%3D&part=1"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback as it arrived. Units: `received_at` UNIX seconds."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    received_at: float


class CallbackReceiver:
    """Answers 200 to every notice and appends it to a file.

    A look at the address is answered as well and not kept: it tells nothing of any asset, and a
    service may want to see that somebody is there.
    """

    def __init__(self, address: tuple[str, int], log: Path, context: ssl.SSLContext | None = None):
        log.touch()
        lock = threading.Lock()

        class Receiver(_Quiet):
            def receive(self) -> None:
                body = read_body(self.headers, self.rfile)
                if body or self.command not in _LOOKS:
                    _append(log, lock, self, body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            # A notice by another method is kept too: that it is no POST is for a rule to say.
            do_POST = do_PUT = do_PATCH = receive  # noqa: N815 - names http.server calls
            do_GET = do_HEAD = do_OPTIONS = receive  # noqa: N815

        self._server = _listener(address, Receiver, "--callback-listen")
        if context is not None:
            self._server.secure(context)
        self.port = self._server.start()

    def stop(self) -> None:
        """Stops listening."""
        self._server.stop()


class MediaServer:
    """Serves the files of one folder over plain HTTP.

    The same file also lies at `guarded_path`, for which the query must arrive as it was given, at
    `bare_path`, and at `moved_path`, which redirects to it.
    """

    def __init__(self, address: tuple[str, int], folder: Path):
        handler = partial(_QuietFiles, directory=str(folder))
        self._server = _listener(address, handler, "--media-listen")
        self.port = self._server.start()

    def stop(self) -> None:
        """Stops listening."""
        self._server.stop()


def unclaimed_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on, for who must name a port before it is bound.

    They lie below the range from which systems number outgoing connections, so that no connection
    that is made meanwhile takes one of them.
    """
    found: list[int] = []
    for port in random.SystemRandom().sample(BELOW_OUTGOING, k=len(BELOW_OUTGOING)):
        if len(found) == count:
            break
        with suppress(OSError), socket.create_server((LOOPBACK, port)):
            found.append(port)
    return found


def read_deliveries(log: Path) -> tuple[Delivery, ...]:
    """Every delivery so far, in the order of arrival; a line still being written is left out."""
    lines = log.read_text(encoding="utf-8").split("\n")[:-1] if log.exists() else []
    return tuple(_delivery(json.loads(line)) for line in lines if line)


def _delivery(document: dict[str, Any]) -> Delivery:
    return Delivery(**{**document, "body": base64.b64decode(document["body"])})


def _append(log: Path, lock: threading.Lock, request: BaseHTTPRequestHandler, body: bytes) -> None:
    document = {
        "method": request.command,
        "path": request.path,
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "body": base64.b64encode(body).decode("ascii"),
        "received_at": time.time(),
    }
    with lock, log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(document) + "\n")


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing: requests are in the log file."""


def guarded_path(filename: str) -> str:
    """Where a file is served only to who sends the whole query on, as presigned links ask."""
    return f"{GUARDED}{filename}?{QUERY}"


def bare_path(filename: str) -> str:
    """Where a file is served under a name without its extension, labelled as what it is."""
    return f"{BARE}{Path(filename).stem}"


def moved_path(filename: str) -> str:
    """Where a file is not, with a redirect to where it is."""
    return f"{MOVED}{filename}"


class _QuietFiles(SimpleHTTPRequestHandler):
    timeout = 20

    def send_head(self) -> Any:
        """The file, unless its path asks for a query or redirects, or does not name it whole."""
        path, _, query = self.path.partition("?")
        if path.startswith(MOVED):
            self.send_response(302)
            # Relative, because a tunnel in front may add a prefix to every path.
            self.send_header("Location", f"../{path.removeprefix(MOVED)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if path.startswith(GUARDED):
            if query != QUERY:
                self.send_error(403)
                return None
            self.path = path.removeprefix(GUARDED.rstrip("/"))
        if path.startswith(BARE):
            stem = path.removeprefix(BARE)
            found = (file.name for file in Path(self.directory).iterdir() if file.stem == stem)
            self.path = f"/{next(found, '')}"
        return super().send_head()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing: requests for media are not evidence."""

    def list_directory(self, path: Any) -> None:
        """No listing: file names are given to the target only one by one."""
        self.send_error(404)


def _listener(address: tuple[str, int], handler: Any, option: str) -> ThreadedServer:
    try:
        return ThreadedServer(address, handler)
    except OSError as error:
        host, port = address
        raise UsageError(f"{option} {host}:{port}: cannot be listened on ({error})") from error
