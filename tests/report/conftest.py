"""Exchanges and reports built by hand."""

from collections.abc import Callable

import pytest

from dubcheck.contract import Level, Requirement, Source
from dubcheck.exchange import Body, Credential, Exchange, Request, Response
from dubcheck.ledger import Judged, RunVerdict, Target, Verdict
from dubcheck.report import Report
from dubcheck.report.traffic import Traffic
from dubcheck.rules import Kind, Outcome


def make_exchange(
    method: str = "POST",
    url: str = "https://api.example/api/dubbing/jobs",
    body: Body | None = None,
    credential: Credential = Credential.OWN,
    content_type: str = "application/json",
) -> Exchange:
    """One answered exchange of Pinch's create operation."""
    headers = {"content-type": content_type} if content_type else {}
    return Exchange(
        id="x-1",
        api="pinch",
        operation="createJob",
        path_parameters={},
        request=Request(method, url, headers, body or Body(b"{}", 2), credential),
        response=Response(201, {"content-type": "application/json"}, Body(b"{}", 2)),
        started_at=0.0,
        elapsed_seconds=0.5,
    )


@pytest.fixture
def report() -> Callable[..., Report]:
    """A report over one requirement per (level, verdict) pair."""

    def build(*pairs: tuple[Level, Verdict], actual: str = "2") -> Report:
        judged = tuple(
            Judged(
                requirement=Requirement(
                    id=f"pinch.topic.fact-{number}",
                    api="pinch",
                    level=level,
                    statement="A is b.",
                    source=Source("vendor-docs/pinch.txt", "Overview"),
                    operation=None,
                    needs=frozenset(),
                    judged_by=frozenset(),
                    at=(),
                    why_not_must=None,
                    readings={},
                    replaced_by=None,
                ),
                verdict=verdict,
                reason="was wrong" if verdict is not Verdict.PASS else "",
                exchanges=1,
                reading=None,
                findings=(Outcome("x", Kind.FAIL, "was wrong", "1", actual, exchanges=("x-1",)),)
                if verdict is Verdict.FAIL
                else (),
            )
            for number, (level, verdict) in enumerate(pairs)
        )
        exchange, traffic = make_exchange(), Traffic()
        traffic.see(exchange)
        return Report(
            suite_version="0",
            started_at=0.0,
            ended_at=61.0,
            seed=7,
            profile="standard",
            verdict=RunVerdict.NONCONFORMING,
            targets=(Target("pinch", "live", "https://api.example"),),
            judged=judged,
            crashes=(),
            exchanges={"x-1": exchange},
            traffic=traffic,
        )

    return build
