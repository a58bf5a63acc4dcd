"""How a job tells its progress: form, stage and percentage.

Source: Dubbing API Reference, "Get Job Status" and "Status Flow"; the other forms were met by a
client of the vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.job_fields import shown_status
from dubcheck.rules.pinch.job_history import JobHistory, in_sequence, job_rule
from dubcheck.rules.pinch.vocabulary import API, COMPLETED, FAILED, as_number, is_empty
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "pinch.get-job."
_NUMBERED = re.compile(r"(?i)(?:stage)?[\s_-]*(-?\d+)")
STAGES = 7


def stage_number(exchange: Exchange) -> int | None:
    """The number that `progress.stage` carries, where it carries one and nothing else."""
    stage = exchange.field("progress", "stage")
    number = as_number(stage)
    if number is not None:
        return int(number) if number == int(number) else None
    found = _NUMBERED.fullmatch(stage.strip()) if isinstance(stage, str) else None
    return int(found[1]) if found and len(found[1]) < 10 else None


def percent_of(exchange: Exchange) -> float | None:
    """How much is done, told as `progress.percent` or as a plain number in its place."""
    percent = as_number(exchange.field("progress", "percent"))
    return as_number(exchange.field("progress")) if percent is None else percent


@exchange_rule(API, "getJob", [f"{_ID}progress-form"])
def progress_form(exchange: Exchange) -> Iterator[Outcome]:
    """In which form progress is told while the job is dubbed."""
    if shown_status(exchange) == "processing":
        reading = _form(exchange.field("progress"))
        if reading:
            yield read(f"{_ID}progress-form", reading)


def _form(progress: Any) -> str | None:
    if is_empty(progress):
        return "nothing"
    if as_number(progress) is not None:
        return "percentage"
    if not isinstance(progress, dict):
        return None
    stage, percent = progress.get("stage"), progress.get("percent")
    if isinstance(stage, str) and as_number(percent) is not None:
        return "stage-and-percent"
    return "numeric-stage" if as_number(stage) is not None else "other-object"


@exchange_rule(API, "getJob", [f"{_ID}stage-number-is-1-to-7", f"{_ID}stage-3-is-translating"])
def stages(exchange: Exchange) -> Iterator[Outcome]:
    """The stages while processing are numbered 1 to 7."""
    number = stage_number(exchange)
    if shown_status(exchange) != "processing" or number is None:
        return
    yield holds(
        f"{_ID}stage-number-is-1-to-7",
        1 <= number <= STAGES,
        "the stage has a number outside the seven",
        expected="1 to 7",
        actual=exchange.field("progress", "stage"),
    )
    name = exchange.field("progress", "stage_name")
    if number == 3 and isinstance(name, str):
        yield holds(
            f"{_ID}stage-3-is-translating",
            name.strip().lower() == "translating",
            "the third stage has another name than in the sample",
            expected="Translating",
            actual=name,
        )


@exchange_rule(API, "getJob", [f"{_ID}completed-is-100-percent"])
def completed_progress(exchange: Exchange) -> Iterator[Outcome]:
    """A completed job shows its progress as complete; a numbered stage cannot say so."""
    stage = exchange.field("progress", "stage")
    percent = percent_of(exchange)
    is_named = isinstance(stage, str) and stage_number(exchange) is None
    if shown_status(exchange) == COMPLETED and (is_named or percent is not None):
        yield holds(
            f"{_ID}completed-is-100-percent",
            (not is_named or stage == COMPLETED) and percent in (None, 100),
            "a completed job shows another progress than the sample",
            expected={"stage": COMPLETED, "percent": 100},
            actual=exchange.field("progress"),
        )


@job_rule(f"{_ID}stage-never-falls", f"{_ID}percent-never-falls")
def rising_progress(history: JobHistory) -> Iterator[Outcome]:
    """Stage and percentage go up only; a failure may reset them."""
    working = [item for item in history.sightings if item.field("status") != FAILED]
    for earlier, later in in_sequence(working):
        is_processing = earlier.field("status") == later.field("status") == "processing"
        if is_processing:
            yield from _rises(
                f"{_ID}stage-never-falls",
                (earlier, stage_number(earlier)),
                (later, stage_number(later)),
            )
        yield from _rises(
            f"{_ID}percent-never-falls",
            (earlier, percent_of(earlier)),
            (later, percent_of(later)),
        )


def _rises(
    requirement: str, before: tuple[Exchange, float | None], after: tuple[Exchange, float | None]
) -> Iterator[Outcome]:
    if before[1] is None or after[1] is None:
        return
    outcome = holds(
        requirement,
        after[1] >= before[1],
        "the progress of a job goes back",
        expected=f"at least {before[1]}",
        actual=after[1],
    )
    yield resting_on(outcome, before[0], after[0])
