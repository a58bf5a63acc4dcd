"""What the rules say of the order of a job's answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

ID = "pinch.get-job."


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ("processing", "downloading", "status-never-goes-back"),
        ("downloading", "pending", "status-never-goes-back"),
        ("completed", "processing", "completed-is-final"),
        ("completed", "failed", "completed-is-final"),
        ("failed", "processing", "failed-is-final"),
    ],
    ids=lambda value: str(value),
)
def test_status_that_goes_back_is_found(
    before: str, after: str, broken: str, service: Any, judged: Any
) -> None:
    """A status taken back is one finding, resting on the two answers in order."""
    service.see(before, 12, updated_at="2026-03-05T12:00:10Z", progress=None)
    service.see(after, 13, updated_at="2026-03-05T12:00:13Z", progress=None)

    judgement = judged()

    assert judgement.failed == {f"pinch.lifecycle.{broken}"}
    assert judgement.evidence(f"pinch.lifecycle.{broken}") == ("x-1", "x-2")


@pytest.mark.parametrize(
    ("before", "after"),
    [("pending", "uploading"), ("pending", "failed"), ("uploading", "failed")],
    ids=lambda value: str(value),
)
def test_skipped_statuses_break_nothing(before: str, after: str, service: Any, judged: Any) -> None:
    """Steps that nobody saw, and failures from any status, are legal."""
    service.see(before, 8)
    service.see(after, 12)

    assert judged().failed == set()


def test_overlapping_answers_have_no_order(service: Any, pinch: Any, judged: Any) -> None:
    """Two polls under way at once prove nothing about what came first."""
    slow = service.see("processing", 5)
    pinch.built[-1] = replace(slow, elapsed_seconds=9.0)
    service.see("pending", 6)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("first", "second", "broken"),
    [
        pytest.param(
            {"progress": {"stage": "stage_5"}},
            {"progress": {"stage": "stage_4"}},
            "stage-never-falls",
            id="stage",
        ),
        pytest.param(
            {"progress": {"percent": 50}},
            {"progress": {"percent": 49.5}},
            "percent-never-falls",
            id="percent",
        ),
        pytest.param(
            {"progress": 50}, {"progress": 49.5}, "percent-never-falls", id="plain-percent"
        ),
        pytest.param(
            {"progress": {"percent": 50}},
            {"progress": 20},
            "percent-never-falls",
            id="percent-in-either-form",
        ),
        pytest.param(
            {"updated_at": "2026-03-05T12:00:05Z"},
            {"updated_at": "2026-03-05T12:00:03Z"},
            "updated-at-never-falls",
            id="updated",
        ),
    ],
)
def test_value_that_falls_is_found(
    first: dict[str, Any], second: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """What must only rise and falls is found under its own id."""
    service.see("processing", 5, **first)
    service.see("processing", 6, **second)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"updated_at": "2026-03-05T14:00:10Z"}, True, id="two-hours-ahead"),
        pytest.param({"updated_at": "2026-03-05T14:00:10+02:00"}, False, id="another-zone"),
        pytest.param({"updated_at": "2026-03-05T14:00:10"}, False, id="no-zone"),
        pytest.param({"updated_at": "2026-03-05T12:04:30Z"}, False, id="clocks-differ"),
    ],
)
def test_update_in_the_future_is_found(
    changes: dict[str, Any], broken: bool, service: Any, judged: Any
) -> None:
    """An `updated_at` that lies well after the answer is found, unless its zone is unknown."""
    service.create()
    service.see("completed", 20, **changes)

    expected = {f"{ID}updated-at-is-not-in-the-future"} if broken else set()
    assert judged().failed == expected


def test_frozen_updated_at_is_found(service: Any, judged: Any) -> None:
    """An `updated_at` that stays at the creation while the status changes is found."""
    service.create()
    service.see("pending", 60, updated_at="2026-03-05T12:00:00Z")
    service.see("processing", 61, updated_at="2026-03-05T12:00:00Z")

    assert judged().failed == {f"{ID}updated-at-follows-changes"}


def test_update_of_a_status_that_went_back_is_told_as_that_alone(service: Any, judged: Any) -> None:
    """Of a job whose status went back nobody knows when it changed."""
    service.create()
    service.see("uploading", 60, updated_at="2026-03-05T12:00:30Z")
    service.see("pending", 70, updated_at="2026-03-05T12:00:30Z")
    service.see("uploading", 80, updated_at="2026-03-05T12:00:30Z")

    assert judged().failed == {"pinch.lifecycle.status-never-goes-back"}


def test_service_clock_that_is_off_breaks_nothing(service: Any, judged: Any) -> None:
    """A service whose job clock runs a minute behind its Date header is not accused."""
    stamp = "2026-03-05T11:59:00Z"
    service.create(created_at=stamp)
    service.see("pending", 20, created_at=stamp, updated_at=stamp)
    service.see("processing", 21, created_at=stamp, updated_at="2026-03-05T11:59:21Z")

    assert judged().failed == set()


def test_finished_job_that_is_updated_is_inferred_only(service: Any, judged: Any) -> None:
    """A later `updated_at` of a finished job breaks only the inferred requirement."""
    service.see("completed", 20)
    service.see("completed", 30, updated_at="2026-03-05T12:00:25Z")

    assert judged().failed == {f"{ID}updated-at-rests-at-the-end"}


def test_charge_that_changes_is_found(service: Any, judged: Any) -> None:
    """A completed job whose cost changes within a cent breaks its constancy only."""
    service.see("completed", 20, cost_usd=0.51)
    service.see("completed", 30, cost_usd=0.5125)

    assert judged().failed == {"pinch.pricing.cost-stays-the-same"}


def test_fresh_links_are_a_reading(service: Any, judged: Any) -> None:
    """A link signed anew with every answer, with its expiry, is a reading."""
    link = "https://storage.example.com/out?X-Amz-Date=20260305T1200{}Z&X-Amz-Expires=172800"
    service.create()
    service.see(
        "completed", 20, output_url=link.format(20), output_expires_at="2026-03-07T12:00:20Z"
    )
    service.see(
        "completed", 30, output_url=link.format(30), output_expires_at="2026-03-07T12:00:30Z"
    )

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}output-url-stability"] == {"fresh"}


def test_keeps_given_source_language(service: Any, judged: Any) -> None:
    """A given source language that getJob and the list show as another is found in both."""
    sent = {"source_url": "https://a.example.com/b", "target_lang": "es", "source_lang": "fr"}
    service.create(sent, source_lang="fr")
    service.see("completed", 20, source_lang="en")
    service.listing([service.summary("completed", 30)], 30)

    assert judged().failed == {
        f"{ID}keeps-given-source-lang",
        "pinch.list-jobs.given-source-lang-agrees-with-job",
    }
