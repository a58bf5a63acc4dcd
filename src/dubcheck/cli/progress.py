"""What a person sees while a run is going on: one line per probe, or one line that changes."""

from __future__ import annotations

import sys
import time
from typing import TextIO

import pytest

from dubcheck.pytest_plugin.side_by_side import api_of

WORDS = {"passed": "ok", "failed": "BROKEN PROMISE", "skipped": "skipped"}


class Progress:
    """Shows each finished probe with its place in the run.

    On a terminal the line is rewritten, and only what did not pass stays.
    """

    def __init__(self, stream: TextIO = sys.stderr):
        self._stream = stream
        self._rewrites = stream.isatty()
        self._total = 0
        self._done = 0
        self._started = time.monotonic()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Counts the probes, where this process collects them."""
        self._total = len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        """Counts the probes, where other processes collect them."""
        del node
        self._total = len(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Shows a probe when it is over."""
        if report.when == "call" or report.outcome == "skipped":
            self._show(report)
        elif report.failed:
            self._show(report, "could not run")

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        """Keeps pytest from printing a letter for each probe."""
        return report.outcome if report.when == "call" else "", "", ""

    def _show(self, report: pytest.TestReport, word: str | None = None) -> None:
        self._done += 1
        path, _, name = report.nodeid.partition("::")
        topic = path.rpartition("/")[2].removeprefix("test_").removesuffix(".py")
        told = word or WORDS[report.outcome]
        if report.failed and word is None and "Violation" not in report.longreprtext:
            told = "suite failed"
        seconds = time.monotonic() - self._started
        place = dict(report.user_properties).get("round", f"{self._done}/{self._total}")
        line = f"[{place}] {seconds:4.0f} s  {api_of(path)} {topic}: {_spoken(name)}  {told}"
        if self._rewrites:
            end = "\n" if report.failed else ""
            self._stream.write(f"\r\x1b[2K{line[:118]}{end}")
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def pytest_sessionfinish(self) -> None:
        """Clears the line that was rewritten."""
        if self._rewrites:
            self._stream.write("\r\x1b[2K")


def _spoken(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")
