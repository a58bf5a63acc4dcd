"""The ledger: outcomes gathered per requirement and folded into verdicts. Pure, writes nothing."""

from dubcheck.ledger.ledger import Ledger, Target
from dubcheck.ledger.verdicts import Judged, RunVerdict, Verdict, judge_requirement, judge_run

__all__ = [
    "Judged",
    "Ledger",
    "RunVerdict",
    "Target",
    "Verdict",
    "judge_requirement",
    "judge_run",
]
