"""Hostile requests get the service's own error, never a 500 and never a traceback.

Ten thousand by default; DUBCHECK_HOSTILE_REQUESTS names another number.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from tests.emulator.hostile_requests import HostileRequest, hostile_requests

COUNT = int(os.environ.get("DUBCHECK_HOSTILE_REQUESTS", "10000"))
BATCHES = 10


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    """A served emulator whose stderr is kept."""
    command = [sys.executable, "-m", "dubcheck", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


@pytest.fixture(scope="module")
def address(process: subprocess.Popen[str]) -> tuple[str, int]:
    """Where the process listens."""
    parts = urlsplit(json.loads(process.stdout.readline())["url"])  # type: ignore[union-attr]
    return str(parts.hostname), int(parts.port or 0)


def ask(address: tuple[str, int], request: HostileRequest) -> tuple[int, str, bytes]:
    """Status, content type and body of the answer; status 0 where none came."""
    with socket.create_connection(address, timeout=20) as connection:
        try:
            connection.sendall(request.content)
            if request.is_cut:
                connection.shutdown(socket.SHUT_WR)
            answer = HTTPResponse(connection, method=request.method or None)
            answer.begin()
            return answer.status, answer.headers.get("content-type", ""), answer.read()
        except (HTTPException, ConnectionError):
            return 0, "", b""


def complaint(request: HostileRequest, status: int, content_type: str, body: bytes) -> str:
    """What is wrong with an answer, or nothing."""
    # A server that refuses a head while a megabyte is under way hangs up on the sender.
    may_be_cut = request.is_cut or len(request.content) > 500_000
    if status >= 500 or (status == 0 and not may_be_cut):
        return f"status {status}"
    if status < 400 or request.method == "HEAD":
        return ""
    if content_type == "application/xml" and request.path.startswith("/pinch-dubbing"):
        return "" if ElementTree.fromstring(body).findtext("Code") else "no S3 error"
    content = json.loads(body) if content_type == "application/json" else {}
    if {"error", "detail"} <= set(content):
        # What is not HTTP has no path: the answer speaks every dialect at once.
        return ""
    if request.path.startswith("/v1/"):
        return "" if isinstance(content.get("detail"), str) else "no Panjaya error"
    return "" if {"code", "message"} <= set(content.get("error", {})) else "no Pinch error"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_hostile_requests_get_the_services_own_error(address: tuple[str, int], batch: int) -> None:
    """Every one of them is answered below 500, in the form of the service that its path names."""
    requests = hostile_requests(seed=batch, count=COUNT // BATCHES)

    complaints = [
        (wrong, request.content[:300])
        for request in requests
        if (wrong := complaint(request, *ask(address, request)))
    ]

    assert complaints == []


def test_hostile_requests_leave_no_traceback(
    process: subprocess.Popen[str], address: tuple[str, int]
) -> None:
    """After all of them the process still answers, and has written nothing to stderr."""
    sound = HostileRequest(
        b"GET /api/dubbing/jobs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer pk_emulator\r\n\r\n",
        "/api/dubbing/jobs",
        "GET",
    )

    status = ask(address, sound)[0]
    process.terminate()
    _, errors = process.communicate(timeout=20)

    assert (status, errors) == (200, "")
