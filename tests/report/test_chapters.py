"""Long traffic is judged in chapters: memory stays bounded, and no verdict turns false by it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from dubcheck.contract import load_contract
from dubcheck.exchange import Body, Exchange, Request, Response
from dubcheck.ledger import Judged, Target, Verdict
from dubcheck.report import Occasion, Report
from dubcheck.report.conclusion import Conclusion

TARGET = Target("pinch", "recorded", "https://api.example")
OCCASION = Occasion((TARGET,), started_at=0.0, ended_at=9.0, seed=1, profile="recorded")
FALLS = "pinch.get-job.percent-never-falls"
STATUS = "pinch.get-job.status-is-documented"
MOST_KEPT = 40


def sighting(number: int, job: str, status: str, percent: int) -> Exchange:
    """A job as one answer shows it."""
    shown = f'"status": "{status}", "progress": {{"stage": "x", "percent": {percent}}}'
    content = f'{{"job_id": "{job}", {shown}}}'.encode()
    return Exchange(
        id=f"x-{number}",
        api="pinch",
        operation="getJob",
        path_parameters={"id": job},
        request=Request("GET", f"https://api.example/api/dubbing/jobs/{job}", {}, Body(b"", 0)),
        response=Response(200, {"content-type": "application/json"}, Body(content, len(content))),
        started_at=float(number),
        elapsed_seconds=0.1,
    )


def work(first: int, count: int, job: str = "dub_{}", percent: int = 10) -> list[Exchange]:
    """Jobs at work, a new one every five answers unless they are all of one."""
    numbers = range(first, first + count)
    return [sighting(item, job.format(item // 5), "processing", percent) for item in numbers]


def report_of(exchanges: Iterable[Exchange], most_kept: int) -> tuple[Report, int]:
    """The report, and how many exchanges were kept at most."""
    conclusion = Conclusion([load_contract("pinch")], most_kept)
    most = 0
    for exchange in exchanges:
        conclusion.see(exchange)
        most = max(most, conclusion.kept)
    return conclusion.report(OCCASION), most


def judged(report: Report, requirement: str) -> Judged:
    """What the report says of one requirement."""
    return next(item for item in report.judged if item.requirement.id == requirement)


def verdicts(report: Report) -> dict[str, Verdict]:
    """The verdict of every requirement."""
    return {item.requirement.id: item.verdict for item in report.judged}


def test_no_more_than_a_chapter_is_kept() -> None:
    """However long the traffic, exchanges of the past are forgotten."""
    report, most = report_of(work(0, 10 * MOST_KEPT), MOST_KEPT)

    assert most <= MOST_KEPT
    assert report.traffic.requests == 10 * MOST_KEPT


def test_count_of_exchanges_is_that_of_the_whole() -> None:
    """What a promise rests on is counted once, whether it was forgotten or carried over."""
    traffic = work(0, 10 * MOST_KEPT)

    in_chapters, whole = report_of(traffic, MOST_KEPT)[0], report_of(traffic, 10**6)[0]

    assert judged(in_chapters, STATUS).exchanges == judged(whole, STATUS).exchanges


def test_promise_broken_across_chapters_is_seen() -> None:
    """A job that is followed through the end of a chapter keeps its whole story."""
    before = work(0, MOST_KEPT - 2)
    followed = [
        sighting(MOST_KEPT + number, "dub_x", "processing", percent)
        for number, percent in enumerate((50, 60, 70, 40))
    ]

    report, _ = report_of([*before, *followed], MOST_KEPT)

    assert judged(report, FALLS).verdict is Verdict.FAIL


def test_finding_of_an_early_chapter_keeps_its_exchanges() -> None:
    """What a finding rests on is shown, however long ago it was."""
    odd = sighting(1, "dub_odd", "odd", 10)

    report, _ = report_of([odd, *work(10, 5 * MOST_KEPT)], MOST_KEPT)

    finding = judged(report, STATUS).findings[0]
    assert [report.exchanges[name] for name in finding.exchanges] == [odd]


@pytest.mark.parametrize("most_kept", [20, 40, 100])
def test_chapters_accuse_of_nothing_that_the_whole_does_not(most_kept: int) -> None:
    """A job that is never left alone outgrows a chapter; its rest is judged by itself."""
    traffic = work(0, 300, "dub_one")

    in_chapters, whole = report_of(traffic, most_kept)[0], report_of(traffic, 10**6)[0]

    assert verdicts(in_chapters) == verdicts(whole)
