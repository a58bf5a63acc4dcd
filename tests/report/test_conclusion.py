"""Traffic is judged as it comes, with the verdicts that judging it whole gives."""

import gzip
from pathlib import Path

import pytest

from dubcheck.contract import load_contract
from dubcheck.errors import RecordError
from dubcheck.exchange import Body, Credential, Exchange, Request, Response
from dubcheck.exchange.record import RecordWriter
from dubcheck.ledger import Ledger, Target
from dubcheck.report import Occasion, judge_record, judge_traffic
from dubcheck.rules import Judge, Kind, Outcome

TARGET = Target("pinch", "recorded", "https://api.example")
OCCASION = Occasion((TARGET,), started_at=0.0, ended_at=9.0, seed=1, profile="recorded")
REQUIREMENT = "pinch.get-job.status-is-documented"


def sighting(number: int, status: str) -> Exchange:
    """A job as one answer shows it."""
    content = f'{{"job_id": "dub_1", "status": "{status}"}}'.encode()
    return Exchange(
        id=f"x-{number}",
        api="pinch",
        operation="getJob",
        path_parameters={"id": "dub_1"},
        request=Request("GET", "https://api.example/api/dubbing/jobs/dub_1", {}, Body(b"", 0)),
        response=Response(200, {"content-type": "application/json"}, Body(content, len(content))),
        started_at=float(number),
        elapsed_seconds=0.1,
    )


SEEN = (
    sighting(1, "pending"),
    sighting(2, "odd"),
    sighting(3, "completed"),
    sighting(4, "odd"),
    sighting(5, "pending"),
)


def write_record(path: Path) -> None:
    """A whole record of these exchanges with one finding of a probe."""
    writer = RecordWriter(path)
    target = {"api": "pinch", "kind": "recorded", "base_url": "https://api.example", "lacks": []}
    writer.header({"seed": 1, "profile": "recorded", "started_at": 0.0, "targets": [target]})
    writer.exchange(SEEN[0])
    writer.exchange(SEEN[1])
    writer.outcome(Outcome(REQUIREMENT, Kind.FAIL, "told", exchanges=("x-1",)).encode())
    writer.exchange(SEEN[2])
    writer.exchange(SEEN[3])
    writer.exchange(SEEN[4])
    writer.close({"ended_at": 9.0})


def test_stream_gives_the_verdicts_of_the_whole() -> None:
    """Exchanges judged one by one lead to what all of them at once lead to."""
    contract, ledger = load_contract("pinch"), Ledger()
    judge = Judge(contract)
    ledger.add(outcome for item in SEEN for outcome in judge.exchange(item))
    ledger.add(judge.traces(SEEN))

    report = judge_traffic(iter(SEEN), [contract], OCCASION)

    assert report.judged == ledger.fold(contract, TARGET, OCCASION.today)
    assert report.traffic.requests == len(SEEN)


@pytest.mark.parametrize("compress", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_record_is_judged_as_its_traffic(tmp_path: Path, compress: type[bytes]) -> None:
    """A record, compressed or not, gives the same verdicts; what a probe told stands first."""
    path = tmp_path / "record.jsonl"
    write_record(path)
    path.write_bytes(compress(path.read_bytes()))
    told = Outcome(REQUIREMENT, Kind.FAIL, "told", exchanges=("x-1",))

    report = judge_record(path, [load_contract("pinch")])

    assert report.judged == judge_traffic(SEEN, [load_contract("pinch")], OCCASION, [told]).judged
    finding = next(item for item in report.judged if item.requirement.id == REQUIREMENT)
    assert [item.message for item in finding.findings][0] == "told"
    assert finding.exchanges == len(SEEN)


def test_compressed_record_that_was_cut_is_refused(tmp_path: Path) -> None:
    """The end of a compressed record is missing like that of any other."""
    path = tmp_path / "record.jsonl.gz"
    write_record(path)
    path.write_bytes(gzip.compress(path.read_bytes())[:-30])

    with pytest.raises(RecordError, match="truncated"):
        judge_record(path, [load_contract("pinch")])


def test_finding_shows_its_exchange() -> None:
    """A finding of a single exchange carries that exchange, the last of several."""
    report = judge_traffic(SEEN, [load_contract("pinch")], OCCASION)

    finding = next(item for item in report.judged if item.requirement.id == REQUIREMENT)
    assert [item.exchanges for item in finding.findings] == [("x-4",)]
    assert report.exchanges["x-4"].request.credential is Credential.UNKNOWN
