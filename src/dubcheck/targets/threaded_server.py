"""The HTTP server behind what a target calls: callback receiver, media server and decoys."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LOOK_SECONDS = 0.02  # how often it looks whether it is to stop; the default costs half a second


class ThreadedServer(ThreadingHTTPServer):
    """Serves from a thread of its own, and each connection in another one."""

    # A burst of notices waits in line; the standard library's 5 would turn some away for a second.
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]):
        """Raises: OSError where it cannot listen there."""
        super().__init__(address, handler)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(_LOOK_SECONDS,), daemon=True
        )

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a caller that hangs up is no matter."""

    def secure(self, context: ssl.SSLContext) -> None:
        """Speaks TLS from now on; the handshake happens in the thread of each connection."""
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    def start(self) -> int:
        """Serves from now on, at the port it returns."""
        self._thread.start()
        return int(self.server_address[1])

    def stop(self) -> None:
        """Stops listening, and waits for that."""
        self.shutdown()
        self.server_close()
        self._thread.join(timeout=5)
