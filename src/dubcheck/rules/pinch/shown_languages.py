"""The languages that answers show: documented ones, or at least what was sent for the same job.

A service that takes another language shows it, too. What it broke is its duty to refuse: told once.
That the fields are there and hold text, the schema says.

Source: Dubbing API Reference, Overview, Supported languages; the response tables of jobs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed
from dubcheck.rules.pinch.vocabulary import (
    API,
    AUTO,
    LANGUAGES,
    SOURCE_LANGUAGES,
    is_known_caller,
)
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on, settle

_DOCUMENTED = {"target_lang": LANGUAGES, "source_lang": SOURCE_LANGUAGES}
_TOPICS = {"createJob": "create-job", "getJob": "get-job", "listJobs": "list-jobs"}
_REFUSED = {
    "target_lang": "pinch.create-job.unsupported-target-is-refused",
    "source_lang": "pinch.create-job.unsupported-source-is-refused",
}
# Texts whose refusal has an id of its own, which its probe tells.
_TOLD_ELSEWHERE = {"target_lang": ("", AUTO), "source_lang": ()}

Sent = dict[tuple[str, str], set[str]]


def _documented(operation: str, name: str) -> str:
    return f"pinch.{_TOPICS[operation]}.{name.replace('_', '-')}-is-documented"


@exchange_rule(
    API,
    "createJob",
    [*_REFUSED.values(), *(_documented("createJob", name) for name in _DOCUMENTED)],
)
def created_languages(exchange: Exchange) -> Iterator[Outcome]:
    """A creation shows documented languages; one that shows another as it was sent accepted it.

    This includes spellings such as `es-ES`: where they are understood, the listed code is shown.
    """
    if not exchange.succeeded:
        return
    for name in _DOCUMENTED:
        shown, sent = exchange.field(name), exchange.sent(name)
        if not _is_foreign(name, shown):
            continue
        if shown != sent:
            yield _undocumented("createJob", name, shown)
        elif is_known_caller(exchange) and sent not in _TOLD_ELSEWHERE[name]:
            yield failed(
                _REFUSED[name],
                "a language that is not listed is accepted, and shown as the job's",
                expected="a refusal with 4xx",
                actual=shown,
            )


@run_rule(
    API,
    [_documented(operation, name) for operation in ("getJob", "listJobs") for name in _DOCUMENTED],
    looks_at_parts=False,
)
def later_languages(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A job, and its entry in a list, show documented languages, or what the job was made with."""
    return settle(_later(exchanges, _sent_for_jobs(exchanges)))


def _later(exchanges: tuple[Exchange, ...], sent: Sent) -> Iterator[Outcome]:
    for exchange in exchanges:
        for job in _jobs_of(exchange):
            for name in _DOCUMENTED:
                shown = job.get(name)
                if _is_foreign(name, shown) and shown not in sent[str(job.get("job_id")), name]:
                    yield resting_on(_undocumented(exchange.operation or "", name, shown), exchange)


def _jobs_of(exchange: Exchange) -> Iterator[dict[str, Any]]:
    """The jobs that a successful answer of getJob or listJobs shows; a path names its job."""
    if not exchange.succeeded:
        return
    if exchange.operation == "getJob" and isinstance(exchange.answer, dict):
        yield {**exchange.answer, "job_id": exchange.path_parameters.get("id")}
    jobs = exchange.field("jobs") if exchange.operation == "listJobs" else None
    for job in jobs if isinstance(jobs, list) else ():
        if isinstance(job, dict):
            yield job


def _sent_for_jobs(exchanges: tuple[Exchange, ...]) -> Sent:
    """What creations asked for, by job and field; an id that was given twice has both."""
    sent: Sent = defaultdict(set)
    for exchange in exchanges:
        if exchange.operation == "createJob" and exchange.succeeded:
            for name in _DOCUMENTED:
                value = exchange.sent(name)
                if isinstance(value, str):
                    sent[str(exchange.field("job_id")), name].add(value)
    return sent


def _is_foreign(name: str, shown: object) -> bool:
    return isinstance(shown, str) and shown not in _DOCUMENTED[name]


def _undocumented(operation: str, name: str, shown: object) -> Outcome:
    return failed(
        _documented(operation, name),
        f"`{name}` is none of the documented codes, nor what the job was created with",
        expected=" or ".join(_DOCUMENTED[name]),
        actual=shown,
    )
