"""Time from the start of `dubcheck serve` to its first 200, beside bare imports of a web stack.

Interleaved runs; the second row of imports is the A/A control.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

ROUNDS = 9
IMPORTS = "import starlette, uvicorn"
GOAL = 2.0


def time_imports(folder: str) -> float:
    """Seconds until a process with the bare imports has ended; starlette lies in `folder`."""
    environment = {**os.environ, "PYTHONPATH": folder}
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, env=environment)
    return time.perf_counter() - started


def install_starlette(folder: str) -> None:
    """Put starlette, which this project does not use, into a folder of its own."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "starlette"]
    if subprocess.run(pip, capture_output=True, check=False).returncode != 0:
        raise SystemExit("cold start is left out: pip could not install starlette to compare with")


def time_first_answer() -> float:
    """Seconds from the start of the process to its first answer of 200."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "dubcheck", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        address = first["url"].removeprefix("http://")
        connection = http.client.HTTPConnection(address)
        headers = {"Authorization": f"Bearer {first['pinch_key']}"}
        connection.request("GET", "/api/dubbing/jobs", headers=headers)
        answer = connection.getresponse()
        answer.read()
        elapsed = time.perf_counter() - started
        process.terminate()
    if answer.status != 200:
        raise SystemExit(f"the first answer was {answer.status}")
    return elapsed


def main() -> None:
    """Measure in turn, print medians and ratios."""
    rows: dict[str, list[float]] = {IMPORTS: [], f"{IMPORTS} (A/A)": [], "first 200": []}
    with tempfile.TemporaryDirectory() as folder:
        install_starlette(folder)
        time_imports(folder)
        for _ in range(ROUNDS):
            rows[IMPORTS].append(time_imports(folder))
            rows["first 200"].append(time_first_answer())
            rows[f"{IMPORTS} (A/A)"].append(time_imports(folder))
    base = median(rows[IMPORTS])
    for name, times in rows.items():
        print(
            f"{name:50} median {median(times) * 1e3:6.0f} ms, fastest {min(times) * 1e3:6.0f} ms, "
            f"{median(times) / base:.2f} x"
        )
    print(f"goal: the first 200 within {GOAL:g} x the bare imports")


if __name__ == "__main__":
    main()
