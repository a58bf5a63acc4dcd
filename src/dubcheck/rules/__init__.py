"""Rules: pure functions from exchanges and traces to outcomes. Nothing here sends a request."""

from dubcheck.rules.judge import ANY_OPERATION, Judge, load_rules
from dubcheck.rules.outcome import Kind, Outcome, failed, holds, passed, read, unjudged
from dubcheck.rules.registry import exchange_rule, judged_requirements, run_rule, trace_rule

__all__ = [
    "ANY_OPERATION",
    "Judge",
    "Kind",
    "Outcome",
    "exchange_rule",
    "failed",
    "holds",
    "judged_requirements",
    "load_rules",
    "passed",
    "read",
    "run_rule",
    "trace_rule",
    "unjudged",
]
