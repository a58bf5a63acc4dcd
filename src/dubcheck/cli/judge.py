"""`dubcheck judge`: judges records with no network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dubcheck.contract import load_contract
from dubcheck.errors import UsageError
from dubcheck.report import conclude, terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers the files to judge."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="record.jsonl of an earlier run")
    parser.add_argument("--report-dir", default="reports/judged", help="folder for the report")


def judge(arguments: argparse.Namespace) -> int:
    """Judges the record and returns the exit status of its verdict."""
    if len(arguments.files) != 1:
        raise UsageError("judge takes one record at a time")
    path = Path(arguments.files[0])
    folder = Path(arguments.report_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--report-dir {folder}: cannot be written ({error.strerror})") from error
    from dubcheck.exchange.record import read_record

    apis = [item["api"] for item in read_record(path).header["targets"]]
    report = conclude(path, [load_contract(api) for api in apis], folder)
    sys.stdout.write(terminal(report, str(folder)) + "\n")
    return report.verdict.exit_status
