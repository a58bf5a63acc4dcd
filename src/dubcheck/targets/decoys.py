"""Decoys: media at private addresses of this machine, which a judged service must not fetch.

A service on the same machine that forgot to refuse them would find a real file and dub it; without
a decoy its job would fail for want of a server, and the forgotten check would never show.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler

from dubcheck.targets.threaded_server import ThreadedServer

UNSERVED_PORT = 80


class Decoys:
    """Serves one file, whatever the path, at 127.0.0.1 and at ::1."""

    def __init__(self, content: bytes, content_type: str):
        class File(BaseHTTPRequestHandler):
            timeout = 20

            def do_GET(self) -> None:  # noqa: N802 - the name http.server calls
                self._send_head()
                self.wfile.write(content)

            def do_HEAD(self) -> None:  # noqa: N802 - the name http.server calls
                self._send_head()

            def _send_head(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                """Nothing: whether a decoy was found shows in the job."""

        self._file = File
        self._stack = ExitStack()
        self.ipv4_port = UNSERVED_PORT
        self.ipv6_port = UNSERVED_PORT

    def start(self) -> None:
        """Listens on free ports; a machine without IPv6 has no decoy there."""
        self.ipv4_port = self._listen(ThreadedServer(("127.0.0.1", 0), self._file))
        if socket.has_ipv6:
            try:
                server = _ServerOfIpv6(("::1", 0), self._file)
            except OSError:
                return
            self.ipv6_port = self._listen(server)

    def stop(self) -> None:
        """Stops listening."""
        self._stack.close()

    def _listen(self, server: ThreadedServer) -> int:
        self._stack.callback(server.stop)
        return server.start()


class _ServerOfIpv6(ThreadedServer):
    address_family = socket.AF_INET6
