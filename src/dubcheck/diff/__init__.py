"""Two reports compared: what changed between two runs. Judges nothing and sends nothing."""

from dubcheck.diff.comparison import Comparison, compare
from dubcheck.diff.rendering import encode, markdown, terminal
from dubcheck.diff.reports import WrittenReport, read_report

__all__ = [
    "Comparison",
    "WrittenReport",
    "compare",
    "encode",
    "markdown",
    "read_report",
    "terminal",
]
