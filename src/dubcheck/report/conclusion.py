"""From traffic to verdicts and report files: the same for a live run and for replay.

Where the traffic was recorded, and in which form, is not known here.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from dubcheck.contract import Contract
from dubcheck.errors import ContractError, RecordError
from dubcheck.exchange import Exchange
from dubcheck.exchange.record import RecordStream, Remark
from dubcheck.exchange.shapes import seconds
from dubcheck.ledger import Judged, Ledger, Target, judge_run
from dubcheck.report.junit import junit_xml
from dubcheck.report.report import Report
from dubcheck.report.summary import markdown
from dubcheck.report.traffic import Traffic
from dubcheck.rules import Judge, Outcome

MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and with what traffic was made, and by which targets. Units: times in UNIX seconds."""

    targets: tuple[Target, ...]
    started_at: float
    ended_at: float
    seed: int
    profile: str

    @property
    def today(self) -> date:
        """The day by which known violations are held to their dates."""
        return datetime.fromtimestamp(self.ended_at, UTC).date()


class Conclusion:
    """Judges traffic as it comes; keeps only what rules over several exchanges need.

    `most_kept` exchanges are a chapter: what is longer is judged in several, and of a resource that
    no exchange speaks of for a quarter of one, later chapters know nothing any more.
    """

    def __init__(self, contracts: Iterable[Contract], most_kept: int = MOST_KEPT):
        self._contracts = tuple(contracts)
        self._by_api = {item.api: item for item in self._contracts}
        self._judges: dict[tuple[str, str], Judge] = {}
        self._ledger = Ledger()
        self._crashes: list[str] = []
        self._traffic = Traffic()
        self._exchanges: dict[str, Exchange] = {}
        self._most_kept = most_kept
        self._closes_at = most_kept

    @property
    def kept(self) -> int:
        """How many exchanges are kept."""
        return len(self._exchanges)

    def see(self, exchange: Exchange) -> None:
        """Judges and counts one exchange; that of an API without contract is only counted."""
        self.judge(exchange)
        self.count(exchange)

    def judge(self, exchange: Exchange) -> None:
        """Applies the rules to one exchange, and keeps it for those over several."""
        self._exchanges[exchange.id] = exchange
        if exchange.api in self._by_api:
            self._ledger.add(self._judge(exchange).add(exchange), exchange.id)
        if len(self._exchanges) >= self._closes_at:
            self._begin_another_chapter()

    def _begin_another_chapter(self) -> None:
        """Judges what was kept as a whole, and forgets all but what may go on and the findings."""
        self._judge_kept()
        share = self._most_kept // (2 * max(len(self._judges), 1))
        for judge in self._judges.values():
            judge.forget_all_but_latest(share)
        self._judges = {name: judge for name, judge in self._judges.items() if judge.kept}
        kept = {item.id for judge in self._judges.values() for item in judge.kept}
        kept |= self._ledger.evidence()
        self._exchanges = {name: self._exchanges[name] for name in self._exchanges.keys() & kept}
        self._ledger.forget_all_but(kept)
        self._closes_at = max(self._most_kept, 2 * len(self._exchanges))

    def count(self, exchange: Exchange) -> None:
        """Counts one exchange as traffic."""
        self._traffic.see(exchange)

    def _judge_kept(self) -> None:
        # What was kept stays meanwhile: looking through it for garbage costs as much as judging.
        gc.freeze()
        try:
            for judge in self._judges.values():
                self._ledger.add(judge.finish())
        finally:
            gc.unfreeze()

    def _judge(self, exchange: Exchange) -> Judge:
        """The judge of the scene: exchanges of another one cannot be held against it."""
        key = (exchange.api, exchange.scene)
        if key not in self._judges:
            self._judges[key] = Judge(self._by_api[exchange.api])
        return self._judges[key]

    def say(self, outcome: Outcome) -> None:
        """Takes what a probe found that no rule can see."""
        self._ledger.tell((outcome,))

    def crash(self, told: str) -> None:
        """Notes that a probe failed for a reason of the suite's own."""
        self._crashes.append(told)

    def report(self, occasion: Occasion) -> Report:
        """The report of everything seen; nothing can be added after it.

        Raises: ContractError where a rule or probe names a requirement that no catalogue has.
        """
        self._judge_kept()
        _refuse_unknown(self._ledger, self._contracts)
        judged = tuple(self._fold(occasion))
        return Report(
            suite_version=version("dubcheck"),
            started_at=occasion.started_at,
            ended_at=occasion.ended_at,
            seed=occasion.seed,
            profile=occasion.profile,
            verdict=judge_run(judged, crashed=bool(self._crashes)),
            targets=occasion.targets,
            judged=judged,
            crashes=tuple(self._crashes),
            exchanges=self._exchanges,
            traffic=self._traffic,
        )

    def _fold(self, occasion: Occasion) -> Iterable[Judged]:
        targets = {item.api: item for item in occasion.targets}
        for contract in self._contracts:
            yield from self._ledger.fold(contract, targets[contract.api], occasion.today)


def judge_traffic(
    exchanges: Iterable[Exchange],
    contracts: Iterable[Contract],
    occasion: Occasion,
    outcomes: Iterable[Outcome] = (),
) -> Report:
    """The report of exchanges from anywhere, each read once and in any order."""
    conclusion = Conclusion(contracts)
    for outcome in outcomes:
        conclusion.say(outcome)
    for exchange in exchanges:
        conclusion.see(exchange)
    return conclusion.report(occasion)


def judge_record(path: Path, contracts: Iterable[Contract], most_kept: int = MOST_KEPT) -> Report:
    """The report of a record, read as a stream. Every exchange is judged afresh by every rule.

    Raises: RecordError where the record is truncated or damaged.
    """
    stream = RecordStream(path)
    conclusion = Conclusion(contracts, most_kept)
    for item in stream.items():
        if isinstance(item, Exchange):
            conclusion.see(item)
        else:
            _remark(conclusion, path, item)
    return conclusion.report(occasion_of(stream.header, stream.footer))


def _remark(conclusion: Conclusion, path: Path, remark: Remark) -> None:
    try:
        if remark.kind == "outcome":
            conclusion.say(Outcome.decode(remark.document))
        else:
            conclusion.crash(f"{remark.document['probe']}: {remark.document['reason']}")
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{path}: holds no usable {remark.kind} ({error})") from error


def occasion_of(header: dict[str, object], footer: dict[str, object]) -> Occasion:
    """What a record's first and last line tell.

    Raises: RecordError where they do not tell it.
    """
    listed = header.get("targets")
    try:
        return Occasion(
            targets=tuple(_target(item) for item in listed if isinstance(item, dict))
            if isinstance(listed, list)
            else (),
            started_at=seconds(header["started_at"]),
            ended_at=seconds(footer["ended_at"]),
            seed=int(str(header["seed"])),
            profile=str(header["profile"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"a record's header or footer cannot be used ({error})") from error


def conclude(record: Path, contracts: Iterable[Contract], folder: Path) -> Report:
    """Judges a record and writes report.json, junit.xml and summary.md beside each other.

    Raises: RecordError where the record is truncated or damaged.
    """
    report = judge_record(record, contracts)
    write_report(report, folder)
    return report


def write_report(report: Report, folder: Path) -> None:
    """Writes report.json, junit.xml and summary.md beside each other."""
    document = json.dumps(report.encode(), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(document + "\n", encoding="utf-8")
    (folder / "junit.xml").write_bytes(junit_xml(report))
    (folder / "summary.md").write_text(markdown(report), encoding="utf-8")


def _refuse_unknown(ledger: Ledger, contracts: Iterable[Contract]) -> None:
    unknown = ledger.unknown(contracts)
    if unknown:
        names = ", ".join(sorted(unknown))
        raise ContractError(f"requirements that no catalogue has were judged: {names}")


def _target(document: dict[str, object]) -> Target:
    lacks = document["lacks"]
    return Target(
        api=str(document["api"]),
        kind=str(document["kind"]),
        base_url=str(document["base_url"]),
        lacks=frozenset(lacks) if isinstance(lacks, list) else frozenset(),
        recorded_from=str(document.get("recorded_from", "")),
    )
