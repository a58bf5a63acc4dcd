"""Decoys: media at private addresses of this machine, which a judged service must not fetch.

A service on the same machine that forgot to refuse them would find a real file and dub it; without
a decoy its job would fail for want of a server, and the forgotten check would never show.
"""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
        self.ipv4_port = self._listen(_Server("127.0.0.1", self._file))
        if socket.has_ipv6:
            try:
                server = _ServerOfIpv6("::1", self._file)
            except OSError:
                return
            self.ipv6_port = self._listen(server)

    def stop(self) -> None:
        """Stops listening."""
        self._stack.close()

    def _listen(self, server: _Server) -> int:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self._stack.callback(thread.join, 5)
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        return int(server.server_address[1])


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, handler: type[BaseHTTPRequestHandler]):
        super().__init__((host, 0), handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a caller that hangs up is no matter."""


class _ServerOfIpv6(_Server):
    address_family = socket.AF_INET6
