"""Exchanges are grouped into one ordered trace per resource."""

import json

from dubcheck.exchange import Body, Exchange, Request, Response, traces_of


def exchange(
    name: str, operation: str, answer: object, at: float, path: dict[str, str] | None = None
) -> Exchange:
    """An answered exchange of Pinch."""
    content = json.dumps(answer).encode()
    response = Response(200, {}, Body(content, len(content)))
    request = Request("GET", "http://h/", {})
    return Exchange(name, "pinch", operation, path or {}, request, response, at, 0.1)


def test_trace_holds_every_exchange_of_its_job_in_order() -> None:
    """Create, poll, list and result of one job form one trace, by the time they were sent."""
    created = exchange("1", "createJob", {"job_id": "a"}, 1.0)
    polled = exchange("2", "getJob", {"job_id": "a"}, 2.0, {"id": "a"})
    listed = exchange("3", "listJobs", {"jobs": [{"job_id": "a"}, {"job_id": "b"}]}, 3.0)
    fetched = exchange("4", "getJobResult", {}, 4.0, {"id": "a"})

    traces = traces_of([fetched, listed, polled, created])

    found = {trace.id: [item.id for item in trace.exchanges] for trace in traces}
    assert found == {"a": ["1", "2", "3", "4"], "b": ["3"]}


def test_answer_of_another_shape_joins_no_trace() -> None:
    """An answer without a usable id is not grouped and breaks nothing."""
    odd = [
        exchange("1", "createJob", {"job_id": 1}, 1.0),
        exchange("2", "createJob", [], 2.0),
        exchange("3", "listJobs", {"jobs": {"a": 1}}, 3.0),
        exchange("4", "listJobs", {"jobs": [None, "x"]}, 4.0),
    ]

    assert traces_of(odd) == ()
