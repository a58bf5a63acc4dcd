"""The servers that are compared, each a process on a loopback port, and what they cost."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "specs" / "pinch" / "openapi.yaml"
PRISM = "@stoplight/prism-cli@5"
KEY = "pk_emulator"
_TICKS = os.sysconf("SC_CLK_TCK")

BARE = """
import asyncio, sys, uvicorn
BODY = b'{"job_id":"dub_7f3a1b2c","status":"pending","source_lang":"auto","target_lang":"es"}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False, http="httptools",
            loop="uvloop", lifespan="off", ws="none")
"""


@dataclass(slots=True)
class Server:
    """A running server."""

    name: str
    port: int
    process: subprocess.Popen[str]

    @property
    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory_mb(self) -> float:
        """Proportional set size of the process, without its children."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        line = next(line for line in text.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) / 1024

    def control(self, method: str, path: str, order: dict[str, object]) -> None:
        """Order something of the emulator's control surface."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/_emulator{path}",
            data=json.dumps(order).encode(),
            method=method,
        )
        urllib.request.urlopen(request).read()

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait()


def start_emulator(name: str = "dubcheck") -> Server:
    """`dubcheck serve` with every feature on; its clock stands still, so that no job is dubbed."""
    command = [sys.executable, "-m", "dubcheck", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    server = Server(name, int(url.rsplit(":", 1)[1]), process)
    server.control("POST", "/clock", {"frozen": True})
    return server


def start_bare() -> Server:
    """A bare ASGI application under uvicorn, answering constant bytes."""
    port = _free_port()
    process = subprocess.Popen([sys.executable, "-c", BARE, str(port)], text=True)
    return _answering(Server("bare ASGI", port, process))


def start_prism(folder: Path) -> Server | None:
    """Prism serving our own Pinch spec with validation, silent; None, and why, if it cannot be."""
    npm = shutil.which("npm")
    if npm is None:
        print("Prism is left out: npm is not installed")
        return None
    program = folder / "node_modules" / ".bin" / "prism"
    if not program.exists():
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PRISM]
        if subprocess.run(install, capture_output=True, check=False).returncode != 0:
            print(f"Prism is left out: npm could not install {PRISM}")
            return None
    port = _free_port()
    process = subprocess.Popen(
        [program, "mock", "-p", str(port), "-v", "silent", str(SPEC)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return _answering(Server("Prism", port, process), limit_seconds=60)


def pin(servers: list[Server]) -> None:
    """Servers on the first core, the load on the last, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for server in servers:
            os.sched_setaffinity(server.process.pid, {cores[0]})
        os.sched_setaffinity(0, {cores[-1]})


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answering(server: Server, limit_seconds: float = 20) -> Server:
    """Wait until the port takes connections."""
    for _ in range(int(limit_seconds / 0.05)):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", server.port)) == 0:
                return server
        time.sleep(0.05)
    raise SystemExit(f"{server.name} did not start within {limit_seconds} s")
