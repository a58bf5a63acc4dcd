"""Several processes make one report."""

from typing import Any


def test_two_workers_give_the_verdicts_of_one(
    embedded_run: Any, run_dubcheck: Any, reviewed: Any
) -> None:
    """However processes share the probes, the record is judged whole: the verdicts are the same."""
    shared = run_dubcheck("--profile", "quick", "--", "-n", "2")

    assert shared.status == 0, shared.told
    seen, expected = shared.verdicts("must"), embedded_run.verdicts("must")
    differing = {name for name in expected if seen[name] != expected[name]}
    assert differing - reviewed.by_timing == set()
