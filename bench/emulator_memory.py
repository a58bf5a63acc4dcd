"""Memory of the emulator: idle, after 100,000 requests and with 10,000 jobs; and what a list costs.

The journal is bounded, so requests must leave no more behind than it holds. Lists are measured with
10, 1,000 and 100,000 stored jobs; the page has 10 jobs each time.
"""

from __future__ import annotations

import http.client
from statistics import median

from harness.load import load
from harness.requests import requests_for, store_jobs
from harness.servers import KEY, Server, start_emulator

IDLE_GOAL_MB = 60
LIST_SIZES = (10, 1_000, 100_000)
ROUNDS = 5


def send(server: Server, path: str, count: int) -> None:
    """The same GET, so many times."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for _ in range(count):
        connection.request("GET", path, headers={"Authorization": f"Bearer {KEY}"})
        connection.getresponse().read()


def show_memory() -> None:
    """Idle, after requests, after jobs."""
    server = start_emulator()
    try:
        idle = server.memory_mb
        send(server, "/api/dubbing/jobs", 20_000)
        some = server.memory_mb
        send(server, "/api/dubbing/jobs", 80_000)
        many = server.memory_mb
        store_jobs(server, 10_000)
        jobs = server.memory_mb
    finally:
        server.stop()
    print(f"idle                          {idle:6.1f} MB (goal: under {IDLE_GOAL_MB})")
    print(f"after  20,000 requests        {some:6.1f} MB")
    print(f"after 100,000 requests        {many:6.1f} MB ({many / some:.2f} x that of 20,000)")
    print(f"and with 10,000 jobs          {jobs:6.1f} MB ({(jobs - many) * 0.1024:.2f} kB per job)")


def show_lists() -> None:
    """CPU time of a page of 10 by the number of stored jobs, servers interleaved."""
    servers = [start_emulator(f"dubcheck {size}") for size in LIST_SIZES]
    try:
        for server, size in zip(servers, LIST_SIZES, strict=True):
            store_jobs(server, size)
        costs: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for server in servers:
                request = requests_for(server)["list of 10"]
                before = server.cpu_seconds
                window = load(server.port, request, seconds=1)
                cost = (server.cpu_seconds - before) / window.requests * 1e6
                costs.setdefault(server.name, []).append(cost)
    finally:
        for server in servers:
            server.stop()
    base = median(costs[servers[0].name])
    for server, size in zip(servers, LIST_SIZES, strict=True):
        cost = median(costs[server.name])
        print(f"list with {size:7,} jobs: {cost:5.1f} us of CPU, {cost / base:.2f} x that with 10")


def main() -> None:
    """Both tables."""
    show_memory()
    show_lists()


if __name__ == "__main__":
    main()
