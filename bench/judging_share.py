"""The share of a quick run's CPU time that goes into rules and ledger, and requests per must.

The run's record is judged again here: once as the witness does it while the run goes on, and once
as at its end. Both together are held against the CPU time of the run and all its children.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dubcheck.contract import Level, load_contract
from dubcheck.exchange.record import read_record
from dubcheck.ledger import Verdict
from dubcheck.report import judge_record
from dubcheck.rules import Judge

GOAL = 0.10


def run_cpu_seconds(api: str, folder: Path) -> float:
    """A quick run on the embedded emulator, which is one of its children."""
    command = [sys.executable, "-m", "dubcheck", "run", "--api", api, "--profile", "quick"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "--report-dir", str(folder)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """One line per API."""
    print(
        f"{'API':8} {'run CPU s':>9} {'judging s':>9} {'share':>6} {'requests':>9} {'per must':>9}"
    )
    for api in ("pinch", "panjaya"):
        contract = load_contract(api)
        with tempfile.TemporaryDirectory() as name:
            run = run_cpu_seconds(api, Path(name))
            path = Path(name) / "record.jsonl"
            exchanges, judge = read_record(path).exchanges, Judge(contract)
            began = time.process_time()
            for exchange in exchanges:
                list(judge.exchange(exchange))
            report = judge_record(path, [contract])
            judging = time.process_time() - began
        judged = [
            item
            for item in report.judged
            if item.requirement.level is Level.MUST and item.verdict is not Verdict.NOT_EXERCISED
        ]
        share, per_must = judging / run, report.traffic.requests / len(judged)
        print(
            f"{api:8} {run:9.1f} {judging:9.2f} {share:6.1%} {report.traffic.requests:9}"
            f" {per_must:9.2f}{'' if share <= GOAL else '  over the goal'}"
        )


if __name__ == "__main__":
    main()
