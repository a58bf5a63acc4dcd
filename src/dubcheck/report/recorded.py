"""From recordings to verdicts and report files: what no run of this suite has to think of.

How files are read is not known here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dubcheck.contract import Contract
from dubcheck.exchange.record import RecordStream
from dubcheck.ledger import Target
from dubcheck.recordings import RecordedTraffic, checked_targets
from dubcheck.report.conclusion import Conclusion, Occasion, conclude, write_report
from dubcheck.report.report import Report
from dubcheck.rules import Outcome, unjudged

PROFILE = "recorded"
# What all files say that they were recorded from: the emulator is never the service itself.
_KINDS = {"emulator": "recorded from the emulator", "live": "recorded from a live service"}
_NEEDS_A_RUN = "needs a run: only requests made for the purpose can show it"


def conclude_record(path: Path, contracts: Iterable[Contract], folder: Path) -> Report:
    """Judges the record of one run again, with what its probes said, and writes the reports.

    Raises: RecordError where the record is truncated or damaged.
    """
    apis = {item["api"] for item in checked_targets(RecordStream(path).header, str(path))}
    return conclude(path, [item for item in contracts if item.api in apis], folder)


def conclude_recordings(
    traffic: RecordedTraffic, contracts: Iterable[Contract], folder: Path
) -> Report:
    """Judges everything that was taken in, for the APIs it belongs to, and writes the reports."""
    judged = [item for item in contracts if item.api in traffic.services]
    conclusion = Conclusion(judged)
    for exchange in traffic.exchanges():
        conclusion.see(exchange)
    known = {name for contract in judged for name in contract.requirements}
    for outcome in traffic.outcomes:
        # A record of another version of the suite may speak of promises that are retired.
        if outcome.requirement in known:
            conclusion.say(outcome)
    for crash in traffic.crashes:
        conclusion.crash(crash)
    for contract in judged:
        for outcome in _needing_a_run(contract):
            conclusion.say(outcome)
    report = replace(conclusion.report(_occasion(traffic, judged)), recordings=traffic.tally)
    write_report(report, folder)
    return report


def _needing_a_run(contract: Contract) -> Iterator[Outcome]:
    for requirement in contract.requirements.values():
        if not requirement.judged_by & {"rule", "schema"}:
            yield unjudged(requirement.id, _NEEDS_A_RUN)


def _occasion(traffic: RecordedTraffic, contracts: Iterable[Contract]) -> Occasion:
    now = time.time()
    is_timed = traffic.first_at <= traffic.last_at
    return Occasion(
        targets=tuple(_target(traffic, item.api) for item in contracts),
        started_at=traffic.first_at if is_timed else now,
        ended_at=traffic.last_at if is_timed else now,
        seed=0,
        profile=PROFILE,
    )


def _target(traffic: RecordedTraffic, api: str) -> Target:
    # Files of different sources, or of none that they name, are just recorded.
    kinds = {_KINDS.get(item, "recorded") for item in traffic.sources}
    kind = kinds.pop() if len(kinds) == 1 else "recorded"
    return Target(api, kind, ", ".join(traffic.services[api]))
