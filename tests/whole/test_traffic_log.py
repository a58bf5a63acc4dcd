"""All traffic of a run in one compressed file, judged again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dubcheck.cli import main

SHORT = ("--api", "pinch", "--profile", "quick")
FUZZ = ("--", "-k", "list_bounds or (fuzz and listJobs)")


def test_log_judged_again_gives_the_same_verdicts(run_dubcheck: Any, tmp_path: Path) -> None:
    """Fuzz and property traffic kept with --traffic-log gives every verdict and reading again."""
    log = tmp_path / "kept" / "fuzz.jsonl.gz"
    run = run_dubcheck(*SHORT, "--traffic-log", str(log), *FUZZ)

    status = main(["judge", str(log), "--report-dir", str(tmp_path / "judged")])

    again = json.loads((tmp_path / "judged" / "report.json").read_text())
    assert (run.status, status) == (0, 0), run.told
    assert run.report is not None
    assert run.report["traffic"]["requests"] > 10
    assert again["requirements"] == run.report["requirements"]


def test_log_that_cannot_be_written_is_named(run_dubcheck: Any, tmp_path: Path) -> None:
    """A log below a file cannot be written: exit status 2, before anything is sent."""
    (tmp_path / "file").write_text("")

    run = run_dubcheck(*SHORT, "--traffic-log", str(tmp_path / "file" / "fuzz.jsonl.gz"))

    assert run.status == 2
    assert "--traffic-log" in run.output
