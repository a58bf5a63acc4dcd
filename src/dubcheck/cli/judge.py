"""`dubcheck judge`: judges recorded traffic with no network. Reading and judging lie elsewhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dubcheck.contract import APIS, Contract, load_contract, with_known_violations
from dubcheck.errors import SuiteError, UsageError
from dubcheck.recordings import Places, RecordedTraffic, RecordingFile, recording_files
from dubcheck.report import Report, conclude_record, conclude_recordings, terminal

_REFUSED = 2
_WRITTEN = ("report.json", "junit.xml", "summary.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers the files to judge, and where the APIs are to be looked for in them."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="HAR file, VCR cassette or dubcheck record, plain or gzip; or a folder of them",
    )
    for api in APIS:
        parser.add_argument(
            f"--{api}-url",
            action="append",
            default=[],
            metavar="URL",
            help=f"base URL at which {api.capitalize()} was recorded; may be given repeatedly"
            " (default: the documented hosts, and this machine)",
        )
    parser.add_argument(
        "--known-violations",
        type=Path,
        metavar="FILE",
        help="YAML file of violations that are already known",
    )
    parser.add_argument("--report-dir", default="reports/judged", help="folder for the report")


def judge(arguments: argparse.Namespace) -> int:
    """Judges the files; 2 where one of them was refused, else the verdict's exit status."""
    folder = _writable(Path(arguments.report_dir))
    files = list(recording_files([Path(name) for name in arguments.files]))
    if not files:
        raise UsageError(f"{' '.join(arguments.files)}: holds no recordings (.har, .yaml, .jsonl)")
    contracts = _contracts(arguments.known_violations)
    if len(files) == 1 and _is_record(files[0]):
        return _tell(conclude_record(files[0].path, contracts, folder), folder)
    given = {api: getattr(arguments, f"{api}_url") for api in APIS}
    traffic = RecordedTraffic(contracts, Places(contracts, given))
    try:
        for file in files:
            traffic.take(file)
        for reason in traffic.tally.refused:
            sys.stderr.write(f"dubcheck: {reason}\n")
        if not traffic.tally.files:
            return _REFUSED
        report = conclude_recordings(traffic, contracts, folder)
    finally:
        traffic.close()
    status = _tell(report, folder)
    return _REFUSED if traffic.tally.refused else status


def _contracts(known: Path | None) -> tuple[Contract, ...]:
    contracts = tuple(load_contract(api) for api in APIS)
    return contracts if known is None else with_known_violations(contracts, known)


def _is_record(file: RecordingFile) -> bool:
    try:
        return file.is_record()
    except SuiteError:
        return False  # told when it is taken in


def _tell(report: Report, folder: Path) -> int:
    sys.stdout.write(terminal(report, str(folder)) + "\n")
    return report.verdict.exit_status


def _writable(folder: Path) -> Path:
    """The folder without the reports of an earlier judgement: a refusal must not leave them there.

    Raises: UsageError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _WRITTEN:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"--report-dir {folder}: cannot be written ({error.strerror})") from error
    return folder
