"""The order of a job's statuses over its whole trace.

Source: Dubbing API Reference, "Status Flow".
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, passed
from dubcheck.rules.pinch.job_history import (
    JobHistory,
    in_sequence,
    is_forward,
    job_rule,
    status_of,
)
from dubcheck.rules.pinch.vocabulary import FAILED, STATUS_ORDER, TERMINAL_STATUSES
from dubcheck.rules.settling import resting_on

_ID = "pinch.lifecycle."


@job_rule(f"{_ID}every-job-ends")
def end(history: JobHistory) -> Iterator[Outcome]:
    """A job was seen to end; one that never does is told by the probe that waited."""
    for exchange in history.with_status(*TERMINAL_STATUSES):
        yield resting_on(passed(f"{_ID}every-job-ends"), exchange)


@job_rule(f"{_ID}status-never-goes-back", f"{_ID}completed-is-final", f"{_ID}failed-is-final")
def status_order(history: JobHistory) -> Iterator[Outcome]:
    """Statuses go forward; a failure may come from each of them; what is over stays over."""
    for earlier, later in in_sequence(history.with_status(*STATUS_ORDER, FAILED)):
        before, after = str(status_of(earlier)), str(status_of(later))
        if before in TERMINAL_STATUSES:
            requirement, is_legal, allowed = f"{_ID}{before}-is-final", after == before, before
        else:
            requirement = f"{_ID}status-never-goes-back"
            is_legal, allowed = is_forward(before, after), _successors(before)
        message = f"a job that was {before} is {after}"
        yield resting_on(
            holds(requirement, is_legal, message, expected=allowed, actual=after), earlier, later
        )


def _successors(status: str) -> str:
    return " or ".join((*STATUS_ORDER[STATUS_ORDER.index(status) :], FAILED))


def ended_before(history: JobHistory, status: str, moment: Exchange) -> Exchange | None:
    """A sighting that shows this terminal status and was over before the exchange began."""
    for exchange in history.with_status(status):
        if exchange.ended_at <= moment.started_at:
            return exchange
    return None
