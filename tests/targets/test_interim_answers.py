"""Requests that are answered with interim answers first get the final ones."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest
import requests

from dubcheck.targets.interim_answers import POOLS

HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
PROCESSING = b"HTTP/1.1 102 Processing\r\n\r\n"


class _Hinting(socketserver.StreamRequestHandler):
    """Answers each request of a connection with its number, after two interim answers."""

    def handle(self) -> None:
        for number in range(2):
            while self.rfile.readline().strip():
                pass
            answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number
            self.wfile.write(HINTS + PROCESSING + answer)


@pytest.fixture
def hinting_url() -> Iterator[str]:
    """A server on loopback that sends 103 and 102 before each answer."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Hinting) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"


def test_interim_answers_are_read_past(hinting_url: str) -> None:
    """Each of two requests over one connection gets its own final answer."""
    session = requests.Session()
    session.trust_env = False
    session.get_adapter("http://").poolmanager.pool_classes_by_scheme = POOLS

    answers = [session.get(hinting_url, timeout=5) for _ in range(2)]

    assert [(item.status_code, item.text) for item in answers] == [(200, "0"), (200, "1")]
