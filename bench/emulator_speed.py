"""Server CPU time and throughput of the emulator beside Prism and a bare ASGI application.

Interleaved windows in shuffled order, every server on the same core; a second emulator is the A/A
control, whose ratio to the first shows the noise. `--prism FOLDER` keeps Prism between runs.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import geometric_mean, median

from harness.load import Window, load
from harness.requests import OPERATIONS, requests_for, store_jobs
from harness.servers import Server, pin, start_bare, start_emulator, start_prism

ROUNDS = 3
STORED_JOBS = 100_000
# Prism's engine compiles what runs often; before that it is five times slower.
WARM_UP_SECONDS = 3


def measure(server: Server, request: bytes, seconds: float) -> tuple[float, Window]:
    """Microseconds of server CPU per request, and the window."""
    load(server.port, request, seconds=seconds / 4)
    before = server.cpu_seconds
    window = load(server.port, request, seconds=seconds)
    return (server.cpu_seconds - before) / window.requests * 1e6, window


def compare(
    servers: list[Server], seconds: float
) -> dict[tuple[str, str], list[tuple[float, Window]]]:
    """Every operation on every server, so many rounds."""
    requests = {server.name: requests_for(server) for server in servers}
    for server in servers:
        for request in requests[server.name].values():
            load(server.port, request, seconds=WARM_UP_SECONDS)
    order = [(operation, server) for operation in OPERATIONS for server in servers]
    results: dict[tuple[str, str], list[tuple[float, Window]]] = {}
    shuffle = random.Random(1).shuffle
    for _ in range(ROUNDS):
        shuffle(order)
        for operation, server in order:
            measured = measure(server, requests[server.name][operation], seconds)
            results.setdefault((operation, server.name), []).append(measured)
    return results


def report(
    servers: list[Server], results: dict[tuple[str, str], list[tuple[float, Window]]]
) -> None:
    """One line per operation and server; ratios are to the emulator of the same run."""
    print(
        f"{'operation':15} {'server':16} {'CPU us':>8} {'req/s':>8} {'p50 ms':>7} {'p99 ms':>7}  "
        "emulator is"
    )
    for operation in OPERATIONS:
        own = median(cpu for cpu, _ in results[operation, "dubcheck"])
        own_rate = median(w.requests / w.seconds for _, w in results[operation, "dubcheck"])
        for server in servers:
            rows = results[operation, server.name]
            cpu = median(cpu for cpu, _ in rows)
            rate = median(w.requests / w.seconds for _, w in rows)
            p50 = median(w.percentile(0.50) for _, w in rows) * 1e3
            p99 = median(w.percentile(0.99) for _, w in rows) * 1e3
            statuses = "/".join(sorted({status for _, w in rows for status in w.statuses}))
            print(
                f"{operation:15} {server.name:16} {cpu:8.1f} {rate:8.0f} {p50:7.2f} {p99:7.2f}  "
                f"{cpu / own:.2f} x by CPU, {own_rate / rate:.2f} x by req/s  ({statuses})"
            )
    for server in servers[1:]:
        ratios = [
            median(cpu for cpu, _ in results[operation, server.name])
            / median(cpu for cpu, _ in results[operation, "dubcheck"])
            for operation in OPERATIONS
        ]
        print(f"geometric mean: {geometric_mean(ratios):.2f} x {server.name} by CPU")


def compare_tail(emulator: Server, prism: Server | None, seconds: float) -> None:
    """p99 of create at 16 connections, the emulator holding 100,000 jobs."""
    store_jobs(emulator, STORED_JOBS)
    for _ in range(ROUNDS):
        for server in (emulator, prism):
            if server is not None:
                _, window = measure(server, requests_for(server)["create valid"], seconds)
                print(
                    f"create with {STORED_JOBS} stored jobs: {server.name:10} "
                    f"p99 {window.percentile(0.99) * 1e3:.2f} ms, "
                    f"longest {window.latencies[-1] * 1e3:.1f} ms"
                )


def main() -> None:
    """Start the servers, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prism", type=Path, help="folder in which Prism is or will be installed")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a window")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.prism or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        emulators = [start_emulator(), start_emulator("dubcheck (A/A)")]
        servers = [*emulators, start_bare()]
        prism = start_prism(folder)
        servers += [prism] if prism else []
        for server in servers:
            stack.callback(server.stop)
        for server in emulators:
            store_jobs(server, 10)
        pin(servers)
        report(servers, compare(servers, options.seconds))
        compare_tail(emulators[0], prism, options.seconds)


if __name__ == "__main__":
    main()
