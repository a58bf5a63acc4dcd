"""The curl line of a finding really repeats its request."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dubcheck.exchange import Body, Credential, Exchange, Part, Request
from dubcheck.report.curl import curl_line

AWKWARD = '{"name": "it\'s \\"quoted\\" $HOME `x` ; & \\\\ é 日本"}'


class Listener(HTTPServer):
    """Keeps the last request it was sent."""

    seen: tuple[str, str, dict[str, str], bytes]


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server on loopback that answers 200 to everything."""

    class Receiver(BaseHTTPRequestHandler):
        server: Listener

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.server.seen = (self.command, self.path, headers, body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names http.server calls

        def log_message(self, *_: object) -> None:
            pass

    server = Listener(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def exchange(listener: Listener, request: Request) -> Exchange:
    """The request as one of this listener."""
    return Exchange("x-1", "pinch", None, {}, request, None, 0.0, 0.0)


def repeat(line: str, environment: dict[str, str] | None = None) -> None:
    """Runs the line as a person would."""
    variables = {**os.environ, **(environment or {}), "no_proxy": "*"}
    subprocess.run(["sh", "-c", line], check=True, capture_output=True, env=variables, timeout=20)


def test_curl_line_repeats_method_path_and_body(listener: Listener) -> None:
    """Method, query and a body full of shell characters arrive as they were sent."""
    url = f"http://127.0.0.1:{listener.server_port}/a/b%20c?limit=1&text=x%27y"
    body = Body(AWKWARD.encode(), len(AWKWARD.encode()))
    request = Request("PATCH", url, {"content-type": "application/json"}, body, Credential.NONE)

    repeat(curl_line(exchange(listener, request)))

    method, path, headers, content = listener.seen
    assert (method, path) == ("PATCH", "/a/b%20c?limit=1&text=x%27y")
    assert headers["content-type"] == "application/json"
    assert json.loads(content) == json.loads(AWKWARD)


@pytest.mark.parametrize(
    ("credential", "expected"),
    [
        pytest.param(Credential.OWN, "Bearer k1", id="own key"),
        pytest.param(Credential.POOR, "Bearer k2", id="poor key"),
        pytest.param(Credential.WRONG, "Bearer pk_dubcheck_wrong_key", id="wrong key"),
        pytest.param(Credential.MALFORMED, "Bearer", id="malformed header"),
        pytest.param(Credential.NONE, None, id="no key"),
    ],
)
def test_curl_line_sends_the_credential(
    listener: Listener, credential: Credential, expected: str | None
) -> None:
    """Keys come from the environment, so that none stands in the line."""
    url = f"http://127.0.0.1:{listener.server_port}/"
    line = curl_line(exchange(listener, Request("GET", url, {}, credential=credential)))

    repeat(line, {"PINCH_API_KEY": "k1", "PINCH_POOR_API_KEY": "k2"})

    assert listener.seen[2].get("authorization") == expected


def test_curl_line_repeats_a_malformed_header(listener: Listener) -> None:
    """The form of a malformed header is repeated, with the key from the environment."""
    url = f"http://127.0.0.1:{listener.server_port}/"
    headers = {"authorization": "Token REDACTED; it's"}
    request = Request("GET", url, headers, credential=Credential.MALFORMED)

    repeat(curl_line(exchange(listener, request)), {"PINCH_API_KEY": "k1"})

    assert listener.seen[2]["authorization"] == "Token k1; it's"


def test_curl_line_repeats_a_form(listener: Listener) -> None:
    """The text parts of a form arrive as they were sent, also with semicolons and quotes."""
    content = b'{"name": "a;b,\\"c"}'
    part = Part("request", None, "application/json", content, len(content), "")
    body = Body(None, 100, "", (part,))
    url = f"http://127.0.0.1:{listener.server_port}/"
    request = Request("POST", url, {"content-type": "multipart/form-data"}, body, Credential.NONE)

    repeat(curl_line(exchange(listener, request)))

    assert content in listener.seen[3]
    assert b'name="request"' in listener.seen[3]
