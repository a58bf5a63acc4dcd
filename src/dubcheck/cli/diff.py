"""`dubcheck diff`: two reports compared. What counts as a change is decided in dubcheck.diff."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dubcheck.diff import compare, encode, markdown, read_report, terminal
from dubcheck.errors import UsageError

STDOUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers both reports and where to write the difference."""
    parser.add_argument("before", metavar="A", help="report.json of the earlier run, or its folder")
    parser.add_argument("after", metavar="B", help="report.json of the later run, or its folder")
    parser.add_argument("--markdown", metavar="FILE", help="write Markdown there (-: to stdout)")
    parser.add_argument("--json", metavar="FILE", help="write JSON there (-: to stdout)")


def diff(arguments: argparse.Namespace) -> int:
    """Tells what changed; 1 where a must newly fails."""
    if arguments.markdown == arguments.json == STDOUT:
        raise UsageError("--markdown - and --json -: only one of them can be written to stdout")
    comparison = compare(read_report(Path(arguments.before)), read_report(Path(arguments.after)))
    document = json.dumps(encode(comparison), ensure_ascii=False, indent=1) + "\n"
    for option, place, text in (
        ("--markdown", arguments.markdown, markdown(comparison)),
        ("--json", arguments.json, document),
    ):
        if place is not None:
            _write(option, place, text)
    if STDOUT not in (arguments.markdown, arguments.json):
        sys.stdout.write(terminal(comparison))
    return comparison.exit_status


def _write(option: str, place: str, text: str) -> None:
    if place == STDOUT:
        sys.stdout.write(text)
        return
    try:
        Path(place).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{option} {place}: cannot be written ({error.strerror})") from error
