"""The four requests of the comparison; every server gets the same bytes but for ids and hosts."""

from __future__ import annotations

import http.client
import json

from harness.servers import KEY, Server

VALID = {
    "source_url": "https://cdn.example.com/video.mp4",
    "target_lang": "es",
    "source_lang": "auto",
    "reduce_accent": False,
    "translation_lag_time": 0,
    "original_speech_volume": 0,
}
INVALID = {**VALID, "target_lang": "xx"}
OPERATIONS = ("create valid", "create invalid", "get", "list of 10")


def requests_for(server: Server) -> dict[str, bytes]:
    """The bytes of each operation. Needs a stored job: see `store_jobs`."""
    job_id = first_job_id(server) if server.name.startswith("dubcheck") else "dub_7f3a1b2c"
    return {
        "create valid": _post(server, VALID),
        "create invalid": _post(server, INVALID),
        "get": _get(server, f"/api/dubbing/jobs/{job_id}"),
        "list of 10": _get(server, "/api/dubbing/jobs?limit=10"),
    }


def store_jobs(server: Server, count: int) -> None:
    """Create jobs one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    for _ in range(count):
        connection.request("POST", "/api/dubbing/jobs", json.dumps(VALID), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"{server.name} refused a valid job with {answer.status}")


def first_job_id(server: Server) -> str:
    """Id of the oldest job."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    path = "/api/dubbing/jobs?limit=1"
    connection.request("GET", path, headers={"Authorization": f"Bearer {KEY}"})
    return str(json.loads(connection.getresponse().read())["jobs"][0]["job_id"])


def _head(server: Server, method: str, path: str) -> str:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Authorization: Bearer {KEY}\r\nAccept: application/json\r\n"
    )


def _get(server: Server, path: str) -> bytes:
    return f"{_head(server, 'GET', path)}\r\n".encode()


def _post(server: Server, body: dict[str, object]) -> bytes:
    content = json.dumps(body)
    head = _head(server, "POST", "/api/dubbing/jobs")
    lines = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return f"{head}{lines}{content}".encode()
