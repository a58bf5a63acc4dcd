"""The one command that repeats a finding."""

from collections.abc import Callable
from dataclasses import replace

from dubcheck.contract import Level
from dubcheck.ledger import Verdict
from dubcheck.report import Report, terminal

BROKEN = (Level.MUST, Verdict.FAIL)


def test_finding_is_repeated_by_its_requirement(report: Callable[..., Report]) -> None:
    """The probes of the requirement run again with the seed of the run."""
    text = terminal(report(BROKEN), "reports/x")

    assert "--only pinch.topic.fact-0 --profile standard --seed 7" in text


def test_explored_finding_is_repeated_by_its_probe_and_seed(
    report: Callable[..., Report],
) -> None:
    """What an exploring probe found runs again with the seed of its round."""
    plain = report(BROKEN)
    explored = "test_fuzz.py::test_a[b c] --profile standard --seed 12"
    exchange = replace(plain.exchanges["x-1"], probe=explored)

    text = terminal(replace(plain, exchanges={"x-1": exchange}), "reports/x")

    assert "--api pinch --only 'test_fuzz.py::test_a[b c]' --profile standard --seed 12" in text
