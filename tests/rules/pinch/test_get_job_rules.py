"""What the rules say of one job over all its answers."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING, Credential

ID = "pinch.get-job."


def test_faithful_job_breaks_nothing(service: Any, judged: Any) -> None:
    """A job that is created, worked on, completed and fetched fails no requirement."""
    service.create()
    service.see("pending", 1)
    service.see("processing", 5, progress={"stage": "stage_3", "stage_name": "Translating"})
    service.see("completed", 20)
    service.listing([service.summary("completed", 22)], 22)
    service.result(23)
    service.see("completed", 25)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{ID}answers-200",
        f"{ID}keeps-created-at",
        f"{ID}link-expiry-agrees",
        f"{ID}output-life-is-24-to-48-hours",
        f"{ID}updated-at-follows-changes",
        f"{ID}updated-at-never-falls",
        "pinch.get-result.answers-200",
        "pinch.get-result.link-expiry-agrees",
        "pinch.lifecycle.completed-is-final",
        "pinch.list-jobs.status-agrees-with-job",
        "pinch.list-jobs.updated-at-agrees-with-job",
        "pinch.pricing.cost-is-pro-rata",
        "pinch.pricing.cost-stays-the-same",
    }
    assert judgement.readings[f"{ID}output-life"] == {"48-hours-from-completion"}
    assert judgement.readings[f"{ID}output-url-stability"] == {"same"}
    assert judgement.readings[f"{ID}duration-before-known"] == {"null"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"job_id": "dub_2"}, "job-id-is-the-one-asked-for", id="other-job"),
        pytest.param({"target_lang": "fr"}, "keeps-target-lang", id="target"),
        pytest.param({"created_at": "2026-03-05T12:00:02Z"}, "keeps-created-at", id="created"),
        pytest.param(
            {"updated_at": "2026-03-05T11:59:58Z"}, "updated-at-not-before-created-at", id="updated"
        ),
        pytest.param({"error": "processing_failed"}, "error-is-empty-unless-failed", id="error"),
        pytest.param({"input_duration_sec": None}, "completed-has-input-duration", id="duration"),
        pytest.param({"input_duration_sec": 0}, "completed-has-input-duration", id="zero-seconds"),
        pytest.param({"cost_usd": MISSING}, "completed-has-cost", id="cost"),
        pytest.param({"output_url": None}, "completed-has-output-url", id="no-url"),
        pytest.param(
            {"output_expires_at": None}, "completed-has-output-expires-at", id="no-expiry"
        ),
        pytest.param(
            {"output_expires_at": "2026-03-05T12:00:10Z"}, "output-expires-in-the-future", id="dead"
        ),
        pytest.param(
            {"output_expires_at": "2026-03-06T11:00:00Z"},
            "output-life-is-24-to-48-hours",
            id="short",
        ),
        pytest.param(
            {"output_expires_at": "2026-03-08T12:00:00Z"},
            "output-life-is-24-to-48-hours",
            id="long",
        ),
        pytest.param(
            {"output_expires_at": "2026-03-06T18:00:00Z"},
            "link-expiry-agrees",
            id="other-than-link",
        ),
        pytest.param({"subtitles_original_url": "soon"}, "subtitle-links-are-urls", id="subtitles"),
        pytest.param(
            {"progress": {"stage": "stage_7", "percent": 98}}, "completed-is-100-percent", id="98"
        ),
        pytest.param({"progress": 98}, "completed-is-100-percent", id="plain-98"),
    ],
)
def test_wrong_completed_job_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """Each wrong value of a completed job is found under its own id and no other."""
    service.create()
    service.see("completed", 20, **changes)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"created_at": "2026-03-05T12:00:00.500Z"}, id="fraction"),
        pytest.param({"created_at": "2026-03-05T13:00:00+01:00"}, id="offset"),
        pytest.param({"created_at": "2026-03-05T12:00:01Z"}, id="stored-a-second-later"),
        pytest.param({"updated_at": "2026-03-05T11:59:59Z"}, id="stamped-twice"),
        pytest.param({"error": MISSING, "progress": MISSING}, id="absent"),
        pytest.param(
            {"progress": {"stage": 7, "stage_name": "Align & Stitch"}}, id="live-progress"
        ),
        pytest.param({"progress": 100}, id="percentage"),
        pytest.param({"source_lang": "en"}, id="detected-language"),
        pytest.param({"cost_usd": 0.5125}, id="exact-cost"),
        pytest.param({"output_url": "https://cdn.example.net/a?token=REDACTED"}, id="foreign-link"),
        pytest.param(
            {
                "output_expires_at": "2026-03-06T12:00:00",
                "created_at": "2026-03-05T12:00:00",
                "updated_at": "2026-03-05T12:00:10",
            },
            id="no-zone-24-hours",
        ),
    ],
)
def test_permissible_completed_job_breaks_nothing(
    changes: dict[str, Any], service: Any, judged: Any
) -> None:
    """What the documents leave open about a completed job is never a failure."""
    service.create()
    service.see("completed", 20, **changes)

    assert judged().failed == set()


def test_output_of_an_earlier_day_may_be_gone(service: Any, judged: Any) -> None:
    """How long outputs are kept is open: an old job may show none."""
    times = dict.fromkeys(("created_at", "updated_at"), "2026-03-01T12:00:00Z")
    service.see("completed", 20, **times, output_url=None, output_expires_at=None)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param(
            {"output_url": "https://s.example.com/a"}, {"output-url-only-when-completed"}, id="url"
        ),
        pytest.param(
            {"output_expires_at": "2026-03-07T12:00:00Z"},
            {"output-expires-at-only-with-url"},
            id="expiry",
        ),
        pytest.param({"progress": {"stage": "stage_8"}}, {"stage-number-is-1-to-7"}, id="stage-8"),
        pytest.param({"progress": {"stage": 0}}, {"stage-number-is-1-to-7"}, id="stage-0"),
        pytest.param(
            {"progress": {"stage": 3, "stage_name": "Dubbing"}},
            {"stage-3-is-translating"},
            id="name",
        ),
    ],
)
def test_wrong_working_job_breaks_its_own_requirement(
    changes: dict[str, Any], broken: set[str], service: Any, judged: Any
) -> None:
    """Each wrong value of a job at work is found under its own id."""
    service.see("processing", 3, **changes)

    assert judged().failed == {ID + slug for slug in broken}


@pytest.mark.parametrize(
    ("progress", "reading"),
    [
        ({"stage": "stage_1", "percent": 3}, "stage-and-percent"),
        ({"stage": 1}, "numeric-stage"),
        ({}, "other-object"),
        (42, "percentage"),
        (None, "nothing"),
        (MISSING, "nothing"),
    ],
    ids=["documented", "live", "empty", "number", "null", "absent"],
)
def test_progress_form_is_noted(progress: Any, reading: str, service: Any, judged: Any) -> None:
    """Every known form of progress is a reading, never a failure."""
    service.see("processing", 3, progress=progress)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}progress-form"] == {reading}


@pytest.mark.parametrize(
    ("error", "reading"),
    [
        ("video_too_long", "bare-code"),
        ("video_too_long: 601 s is more than 600", "code-in-text"),
        ({"code": "download_failed", "message": "no"}, "object"),
        ("insufficient_balance", "bare-code"),
    ],
    ids=["code", "text", "object", "poor"],
)
def test_error_form_is_noted(error: Any, reading: str, service: Any, judged: Any) -> None:
    """A documented code passes in every form that the documents or clients know."""
    service.see("failed", 3, error=error)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}error-form"] == {reading}


@pytest.mark.parametrize("error", [None, MISSING, "", "oops", {"code": "oops"}])
def test_failed_job_without_documented_code_is_found(error: Any, service: Any, judged: Any) -> None:
    """A failed job whose error carries none of the codes breaks that promise."""
    service.see("failed", 3, error=error)

    assert judged().failed == {f"{ID}failed-job-has-a-documented-code"}


def test_other_account_sees_nothing_of_a_job(service: Any, pinch: Any, judged: Any) -> None:
    """What another key is told about a job is no evidence against its owner's answers."""
    service.create()
    service.see("completed", 20)
    error = {"error": {"code": "not_found", "message": "no such job"}}
    pinch(
        "getJob", status=404, answer=error, at=21, ids={"id": "dub_1"}, credential=Credential.OTHER
    )

    assert judged().failed == set()


def test_job_that_vanishes_is_found(service: Any, pinch: Any, judged: Any) -> None:
    """A job that was shown once and is then refused to its owner breaks `answers-200`."""
    service.see("pending", 1)
    error = {"error": {"code": "not_found", "message": "no such job"}}
    pinch("getJob", status=404, answer=error, at=2, ids={"id": "dub_1"})

    assert judged().failed == {f"{ID}answers-200"}


def test_wrong_creation_time_is_told_once(service: Any, judged: Any) -> None:
    """A `created_at` that is wrong only in createJob does not accuse getJob and the list."""
    service.create(created_at="2026-03-04T12:00:00Z")
    service.see("pending", 1)
    service.listing([service.summary("pending", 2)], 2)

    assert judged().failed == {"pinch.create-job.created-at-is-the-present"}


@pytest.mark.parametrize(
    ("count", "broken"),
    [pytest.param(2, set(), id="accident"), pytest.param(3, {f"{ID}answers-200"}, id="for-good")],
)
def test_job_that_is_down_for_good_is_found(
    count: int, broken: set[str], service: Any, pinch: Any, judged: Any
) -> None:
    """A job once shown that answers 500 three times and nothing after is found, an accident not."""
    shown = service.see("pending", 1)
    error = {"error": {"code": "internal", "message": "sorry"}}
    down = [
        pinch("getJob", status=500, answer=error, at=2 + n, ids={"id": "dub_1"})
        for n in range(count)
    ]

    assert judged(shown, *down).failed == broken


@pytest.mark.parametrize(
    ("seconds", "failed"),
    [
        pytest.param(61.6, set(), id="to-a-tenth"),
        pytest.param(62.0, {f"{ID}input-duration-is-measured"}, id="half-a-second-more"),
        pytest.param(61.0, {f"{ID}input-duration-is-measured"}, id="half-a-second-less"),
    ],
)
def test_duration_that_changes_is_found(
    seconds: float, failed: set[str], service: Any, judged: Any
) -> None:
    """The input of a completed job lasts as long in each answer."""
    service.see("completed", 20, input_duration_sec=61.5, cost_usd=0.51)
    service.see("completed", 25, input_duration_sec=seconds, cost_usd=0.51)

    assert judged().failed == failed
