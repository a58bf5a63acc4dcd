"""How fast recorded exchanges are judged, and how time and memory grow with their number.

Each size is judged in a process of its own, from a record on disk. `rules` is the time in rules,
schema validation and ledger; `all` adds reading the record and counting what was seen.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from harness.panjaya_traffic import panjaya_traffic
from harness.pinch_traffic import pinch_traffic

from dubcheck.contract import load_contract
from dubcheck.exchange import Exchange
from dubcheck.exchange.record import RecordStream, RecordWriter
from dubcheck.report.conclusion import Conclusion, occasion_of

TRAFFIC = {"pinch": pinch_traffic, "panjaya": panjaya_traffic}
SIZES = (1_000, 10_000, 100_000)
PORTION = 500
SEED = 1


def write_record(api: str, size: int, path: Path) -> None:
    """A record of so many exchanges that break no promise."""
    writer = RecordWriter(path)
    target = {"api": api, "kind": "recorded", "base_url": "https://api.example", "lacks": []}
    writer.header({"seed": SEED, "profile": "recorded", "started_at": 0.0, "targets": [target]})
    for exchange in itertools.islice(TRAFFIC[api](SEED), size):
        writer.exchange(exchange)
    writer.close({"ended_at": 0.0})


def judge(api: str, path: Path) -> dict[str, float]:
    """Judges in this process. Units: CPU seconds and bytes of peak memory above the start."""
    conclusion, stream = Conclusion([load_contract(api)]), RecordStream(path)
    before = _peak_bytes()
    began = time.process_time()
    items = (item for item in stream.items() if isinstance(item, Exchange))
    rules = sum(_judge_portion(conclusion, portion) for portion in _portions(items))
    since = time.process_time()
    report = conclusion.report(occasion_of(stream.header, stream.footer))
    ended = time.process_time()
    assert report.verdict.value == "conforming", [item for item in report.judged if item.findings]
    return {
        "rules": rules + ended - since,
        "all": ended - began,
        "bytes": _peak_bytes() - before,
    }


def _judge_portion(conclusion: Conclusion, portion: list[Exchange]) -> float:
    began = time.process_time()
    for exchange in portion:
        conclusion.judge(exchange)
    took = time.process_time() - began
    for exchange in portion:
        conclusion.count(exchange)
    return took


def _portions(items: Iterator[Exchange]) -> Iterator[list[Exchange]]:
    while portion := list(itertools.islice(items, PORTION)):
        yield portion


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measured(api: str, size: int, folder: Path) -> dict[str, float]:
    """One size, judged by a child process."""
    path = folder / f"{api}-{size}.jsonl"
    write_record(api, size, path)
    command = [sys.executable, __file__, "--judge", api, str(path)]
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    path.unlink()
    return found


def main() -> None:
    """Every size of both APIs, one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--judge", nargs=2, metavar=("API", "RECORD"), help=argparse.SUPPRESS)
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES, help="numbers of exchanges")
    options = parser.parse_args()
    if options.judge:
        print(json.dumps(judge(options.judge[0], Path(options.judge[1]))))
        return
    print(f"{'API':8} {'exchanges':>9} {'rules/s':>8} {'all/s':>8} {'us each':>8} {'ratio':>6}"
          f" {'peak MB':>8} {'kB each':>8}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for api in TRAFFIC:
            first = 0.0
            for size in options.sizes:
                found = measured(api, size, Path(folder))
                each = found["rules"] / size * 1e6
                first = first or each
                print(
                    f"{api:8} {size:9} {1e6 / each:8.0f} {size / found['all']:8.0f} {each:8.0f}"
                    f" {each / first:6.2f} {found['bytes'] / 1e6:8.0f}"
                    f" {found['bytes'] / size / 1e3:8.2f}"
                )


if __name__ == "__main__":
    main()
