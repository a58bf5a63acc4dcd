"""Reports: verdicts written down for programs, CI systems and people. Judges nothing itself."""

from dubcheck.report.conclusion import (
    Conclusion,
    Occasion,
    conclude,
    judge_record,
    judge_traffic,
    write_report,
)
from dubcheck.report.recorded import conclude_record, conclude_recordings
from dubcheck.report.report import Report
from dubcheck.report.summary import markdown, terminal

__all__ = [
    "Conclusion",
    "Occasion",
    "Report",
    "conclude",
    "conclude_record",
    "conclude_recordings",
    "judge_record",
    "judge_traffic",
    "markdown",
    "terminal",
    "write_report",
]
