"""From a finished record to verdicts and report files: the same for a live run and for replay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from dubcheck.contract import Contract
from dubcheck.errors import ContractError
from dubcheck.exchange.record import Record, read_record
from dubcheck.ledger import Ledger, Target, judge_run
from dubcheck.report.junit import junit_xml
from dubcheck.report.report import Report
from dubcheck.report.summary import markdown
from dubcheck.rules import Judge, Outcome


def conclude(record: Path, contracts: Iterable[Contract], folder: Path) -> Report:
    """Judges a record and writes report.json, junit.xml and summary.md beside each other.

    Raises: RecordError where the record is truncated or damaged.
    """
    report = judge_record(read_record(record), tuple(contracts))
    document = json.dumps(report.encode(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(document + "\n", encoding="utf-8")
    (folder / "junit.xml").write_bytes(junit_xml(report))
    (folder / "summary.md").write_text(markdown(report), encoding="utf-8")
    return report


def judge_record(record: Record, contracts: tuple[Contract, ...]) -> Report:
    """The report of a record. Every exchange is judged afresh by every rule.

    Raises: ContractError where a rule or probe names a requirement that no catalogue has.
    """
    ledger = Ledger()
    ledger.add(Outcome.decode(document) for document in record.outcomes)
    for contract in contracts:
        judge = Judge(contract)
        for exchange in record.exchanges:
            if exchange.api == contract.api:
                ledger.add(judge.exchange(exchange))
        ledger.add(judge.traces(record.exchanges))
    unknown = ledger.unknown(contracts)
    if unknown:
        names = ", ".join(sorted(unknown))
        raise ContractError(f"requirements that no catalogue has were judged: {names}")
    targets = {item["api"]: _target(item) for item in record.header["targets"]}
    ended_at = record.footer["ended_at"]
    today = datetime.fromtimestamp(ended_at, UTC).date()
    judged = tuple(
        item
        for contract in contracts
        for item in ledger.fold(contract, targets[contract.api], today)
    )
    return Report(
        suite_version=version("dubcheck"),
        started_at=record.header["started_at"],
        ended_at=ended_at,
        seed=record.header["seed"],
        profile=record.header["profile"],
        verdict=judge_run(judged, crashed=bool(record.crashes)),
        targets=tuple(targets.values()),
        judged=judged,
        crashes=tuple(f"{item['probe']}: {item['reason']}" for item in record.crashes),
        exchanges={item.id: item for item in record.exchanges},
    )


def _target(document: dict[str, object]) -> Target:
    lacks = document["lacks"]
    return Target(
        api=str(document["api"]),
        kind=str(document["kind"]),
        base_url=str(document["base_url"]),
        lacks=frozenset(lacks) if isinstance(lacks, list) else frozenset(),
    )
