"""What several test files of Panjaya use beside the fixtures: ids of versions, media by URL."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

BODY = {
    "name": "My Asset",
    "locale": "en-US",
    "languages": [{"locale": "es-ES"}],
    "media_url": "https://cdn.example.com/emulator-succeeds.mp4",
}


def version_ids(asset: dict) -> list[str]:
    """The ids of an asset's versions, language by language."""
    return [
        version["version_id"] for language in asset["languages"] for version in language["versions"]
    ]


class LocalMedia:
    """A web server on loopback: /clip.mp4, /page.html, /to-private (a redirect), else 404."""

    def __init__(self, clip: bytes) -> None:
        answers = {
            "/clip.mp4": (200, {"content-type": "video/mp4"}, clip),
            "/page.html": (200, {"content-type": "text/html"}, b"<html>no video</html>"),
            "/to-private": (302, {"location": "http://10.0.0.1/clip.mp4"}, b""),
        }

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """Answer from the table."""
                status, headers, body = answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in (*headers.items(), ("content-length", str(len(body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> LocalMedia:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
