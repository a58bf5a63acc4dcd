"""Results that hold no link: of a completed job they have the wrong form.

That any other job is answered with a success at all is told elsewhere, and once.

Source: Dubbing API Reference, "Get Download URL (refresh)".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.moments import moment_of
from dubcheck.rules.outcome import Outcome, failed
from dubcheck.rules.pinch.job_history import JobHistory, job_rule
from dubcheck.rules.pinch.lifecycle import ended_before
from dubcheck.rules.pinch.vocabulary import API, COMPLETED, FAILED, is_empty
from dubcheck.rules.registry import form_is_told_by_trace
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-result."
_FIELDS = {
    "job_id": f"{_ID}job-id-is-a-string",
    "download_url": f"{_ID}download-url-is-a-url",
    "expires_at": f"{_ID}expires-at-is-iso-8601",
}


@form_is_told_by_trace(API, "getJobResult")
def lacks_link(exchange: Exchange) -> bool:
    """Whether a success holds no link: what that breaks, the job's status says."""
    response = exchange.response
    if response is None or not response.is_success:
        return False
    if isinstance(exchange.answer, dict):
        url = exchange.field("download_url")
        return is_empty(url) or url == ""
    # Another success without a word is how a job that is not over may be told.
    return response.status != 200 and response.body.content == b""


def is_put_off(exchange: Exchange) -> bool:
    """Whether a success other than 200, which shows results, says that there is none yet."""
    return (
        lacks_link(exchange) and exchange.response is not None and exchange.response.status != 200
    )


@job_rule(*_FIELDS.values())
def results_without_link(history: JobHistory) -> Iterator[Outcome]:
    """The form of such answers, where the job was completed and nothing else."""
    for exchange in filter(lacks_link, history.results):
        is_completed = ended_before(history, COMPLETED, exchange) is not None
        if is_completed and ended_before(history, FAILED, exchange) is None:
            for outcome in _wrong_form(exchange):
                yield resting_on(outcome, exchange)


def _wrong_form(exchange: Exchange) -> Iterator[Outcome]:
    if not isinstance(exchange.answer, dict):
        return  # its status is told
    job_id, end = exchange.field("job_id"), exchange.field("expires_at")
    wrong = {
        "job_id": not isinstance(job_id, str) or not job_id,
        "download_url": True,
        "expires_at": moment_of(end) is None,
    }
    for name in filter(wrong.__getitem__, wrong):
        message = f"the result of a completed job has no `{name}`, or one of the wrong form"
        yield failed(_FIELDS[name], message, expected="a text", actual=exchange.field(name))
