"""The form of answers in general: JSON, its label, and how values are written.

Source: Dubbing API Reference, all response tables and samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dubcheck.exchange import MISSING, Exchange, value_at
from dubcheck.rules.front_server import PROTOCOL_REFUSALS, may_be_turned_away
from dubcheck.rules.json_bodies import json_label, no_json
from dubcheck.rules.moments import has_fraction, moment_of
from dubcheck.rules.outcome import Outcome, read
from dubcheck.rules.pinch.vocabulary import API, OPERATIONS, is_known_caller
from dubcheck.rules.registry import exchange_rule, has_own_form, run_rule
from dubcheck.rules.remembering import remembers_last
from dubcheck.rules.settling import resting_on

_ID = "pinch.answers."
_JSON_PROMISES = {
    "createUploadUrl": "pinch.upload-url.answers-a-json-object",
    "createJob": "pinch.create-job.answers-a-json-object",
    "listJobs": "pinch.list-jobs.answers-a-json-object",
    "getJob": "pinch.get-job.answers-a-json-object",
    "getJobResult": "pinch.get-result.answers-a-json-object",
}
_ERROR_BODY = "pinch.errors.body-is-a-json-object"


@exchange_rule(API, OPERATIONS, [*_JSON_PROMISES.values(), _ERROR_BODY])
def json_bodies(exchange: Exchange) -> Iterator[Outcome]:
    """Bodies are JSON; whether they are objects, the schema says."""
    response = exchange.response
    if response is None or response.body.content is None or response.status == 204:
        return
    if not has_own_form(exchange):
        return
    requirement = None
    if response.is_success:
        requirement = _JSON_PROMISES[exchange.operation or ""]
    elif (
        response.is_refusal
        and response.status not in PROTOCOL_REFUSALS
        and not may_be_turned_away(exchange)
    ):
        requirement = _ERROR_BODY
    finding = requirement and no_json(requirement, response.body.content)
    if finding:
        yield finding


@exchange_rule(API, OPERATIONS, [f"{_ID}content-type-is-json"])
def content_type(exchange: Exchange) -> Iterator[Outcome]:
    """Answers with a JSON body are labelled as such."""
    outcome = json_label(f"{_ID}content-type-is-json", exchange)
    if outcome is not None:
        yield outcome


_TIMESTAMPS = ("created_at", "updated_at", "output_expires_at", "expires_at")
_COUNTS = (
    ("max_file_size_bytes",),
    ("expires_in_sec",),
    ("limits", "max_duration_sec"),
    ("limits", "max_file_size_bytes"),
    ("total",),
    ("limit",),
    ("offset",),
)
_NULLABLE = (
    "error",
    "progress",
    "input_duration_sec",
    "cost_usd",
    "output_url",
    "output_expires_at",
)


@dataclass(slots=True)
class _Notations:
    """How values are written in the answers of a run, each with the first that shows it."""

    zones: dict[str, Exchange] = field(default_factory=dict)
    fractions: dict[str, Exchange] = field(default_factory=dict)
    counts: dict[str, Exchange] = field(default_factory=dict)
    empties: dict[str, Exchange] = field(default_factory=dict)

    def see(self, exchange: Exchange) -> None:
        """Takes one answer in."""
        for text in _timestamps(exchange):
            moment = moment_of(text)
            if moment is not None:
                self.zones.setdefault(moment.zone.value, exchange)
                reading = "fractional-seconds" if has_fraction(text) else "whole-seconds"
                self.fractions.setdefault(reading, exchange)
        for place in _COUNTS:
            value = exchange.field(*place)
            if isinstance(value, int | float) and not isinstance(value, bool):
                reading = "whole" if isinstance(value, int) else "with-fraction"
                self.counts.setdefault(reading, exchange)
        if exchange.operation == "getJob" and isinstance(exchange.answer, dict):
            for name in _NULLABLE:
                value = exchange.field(name)
                if value is None or value is MISSING:
                    self.empties.setdefault("null" if value is None else "absent", exchange)


@remembers_last
def _notations(exchanges: tuple[Exchange, ...]) -> _Notations:
    found = _Notations()
    for exchange in exchanges:
        if exchange.operation in OPERATIONS and exchange.succeeded and is_known_caller(exchange):
            found.see(exchange)
    return found


@run_rule(API, [f"{_ID}timestamp-zone", f"{_ID}timestamp-fraction"])
def timestamp_notation(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """How timestamps tell their zone, and whether they have fractions."""
    found = _notations(exchanges)
    fractions = dict(found.fractions)
    # Languages that drop a fraction of zero write some timestamps without one.
    if len(fractions) > 1:
        fractions.pop("whole-seconds")
    yield from _readings(f"{_ID}timestamp-zone", found.zones)
    yield from _readings(f"{_ID}timestamp-fraction", fractions)


def _timestamps(exchange: Exchange) -> Iterator[str]:
    jobs = exchange.field("jobs")
    for place in (exchange.answer, *(jobs if isinstance(jobs, list) else ())):
        for name in _TIMESTAMPS:
            value = value_at(place, name)
            if isinstance(value, str):
                yield value


def _readings(question: str, seen: dict[str, Exchange]) -> Iterator[Outcome]:
    for reading, exchange in seen.items():
        yield resting_on(read(question, reading), exchange)


@run_rule(API, [f"{_ID}whole-numbers"])
def count_notation(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Whether counts are written as whole numbers."""
    yield from _readings(f"{_ID}whole-numbers", _notations(exchanges).counts)


@run_rule(API, [f"{_ID}null-or-absent"])
def empty_fields(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """Whether fields of a job without a value are null or left out."""
    seen = _notations(exchanges).empties
    if seen:
        reading = "both" if len(seen) > 1 else next(iter(seen))
        yield resting_on(read(f"{_ID}null-or-absent", reading), *seen.values())
