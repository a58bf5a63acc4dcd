"""Reports: verdicts written down for programs, CI systems and people. Judges nothing itself."""

from dubcheck.report.conclusion import conclude, judge_record
from dubcheck.report.report import Report
from dubcheck.report.summary import markdown, terminal

__all__ = ["Report", "conclude", "judge_record", "markdown", "terminal"]
