"""What the rules say of the creation of jobs."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING, Credential

SENT = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "es"}
ID = "pinch.create-job."


def test_plain_job_breaks_nothing(service: Any, judged: Any) -> None:
    """A job created as documented fails no requirement and passes those of its values."""
    service.create()

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{ID}answers-201",
        f"{ID}accepts-required-fields-only",
        f"{ID}target-language-es-is-accepted",
        f"{ID}source-lang-defaults-to-auto",
        f"{ID}status-starts-as-pending",
        f"{ID}created-at-is-the-present",
        f"{ID}max-duration-is-documented",
    }


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"status": "processing"}, "status-starts-as-pending", id="status"),
        pytest.param({"target_lang": "fr"}, "echoes-target-lang", id="target"),
        pytest.param({"source_lang": "en"}, "source-lang-defaults-to-auto", id="default"),
        pytest.param(
            {"created_at": "2026-03-05T11:00:00Z"}, "created-at-is-the-present", id="past"
        ),
        pytest.param(
            {"created_at": "2026-03-05T14:00:00+01:00"}, "created-at-is-the-present", id="offset"
        ),
        pytest.param(
            {"limits": {"max_duration_sec": 60, "max_file_size_bytes": 500_000_000}},
            "max-duration-is-documented",
            id="duration-limit",
        ),
        pytest.param(
            {"limits": {"max_duration_sec": 600, "max_file_size_bytes": 500}},
            "max-file-size-is-documented",
            id="size-limit",
        ),
    ],
)
def test_wrong_value_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """Each wrong value of the answer is found under its own id and no other."""
    service.create(**changes)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"created_at": "2026-03-05T12:03:00.123456Z"}, id="fraction-clock-off"),
        pytest.param({"created_at": "2026-03-05T13:00:00+01:00"}, id="offset"),
        pytest.param({"created_at": "2026-03-05T17:30:00"}, id="local-time-without-zone"),
        pytest.param(
            {"limits": {"max_duration_sec": 3600, "max_file_size_bytes": 2e9}}, id="later-limits"
        ),
        pytest.param({"job_id": "42", "more": 1}, id="foreign-id-and-field"),
    ],
)
def test_permissible_variation_breaks_nothing(
    changes: dict[str, Any], service: Any, judged: Any
) -> None:
    """What the documents leave open is never a failure."""
    service.create(**changes)

    assert judged().failed == set()


@pytest.mark.parametrize("status", [200, 202])
def test_other_success_status_is_no_201(status: int, service: Any, judged: Any) -> None:
    """A created job that is answered with another 2xx breaks only the status."""
    service.create(code=status)

    assert judged().failed == {f"{ID}answers-201"}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"target_lang": "xx"}, id="unsupported-target"),
        pytest.param({"translation_lag_time": -1}, id="negative-lag"),
    ],
)
def test_job_that_should_be_refused_is_not_judged(
    more: dict[str, Any], service: Any, judged: Any
) -> None:
    """An accepted invalid request is the probes' finding, and its answer proves nothing."""
    service.create({**SENT, **more}, code=200, target_lang="es")

    judgement = judged()

    assert not {name for name in judgement.failed | judgement.passed if "answers-201" in name}


@pytest.mark.parametrize(
    ("more", "accepted"),
    [
        pytest.param({"source_lang": "auto"}, "source-language-auto-is-accepted", id="auto"),
        pytest.param({"source_lang": "zh"}, "source-language-zh-is-accepted", id="zh"),
        pytest.param({"reduce_accent": True}, "accent-true-is-accepted", id="accent"),
        pytest.param({"translation_lag_time": 0.0}, "lag-of-0-is-accepted", id="lag-0"),
        pytest.param({"translation_lag_time": 3}, "lag-of-3-is-accepted", id="lag-3"),
        pytest.param({"translation_lag_time": 1.5}, "lag-between-bounds-is-accepted", id="lag"),
        pytest.param({"original_speech_volume": 1.0}, "volume-of-1-is-accepted", id="volume-1"),
        pytest.param(
            {"original_speech_volume": 0.1}, "volume-between-bounds-is-accepted", id="volume"
        ),
    ],
)
def test_accepted_value_passes_its_requirement(
    more: dict[str, Any], accepted: str, service: Any, judged: Any
) -> None:
    """Each documented value of a created job passes its own id."""
    service.create({**SENT, **more}, source_lang=more.get("source_lang", "auto"))

    judgement = judged()

    assert ID + accepted in judgement.passed
    assert judgement.failed == set()


def test_every_field_at_its_sample_passes(service: Any, judged: Any) -> None:
    """A job with all six fields at the sample's values passes `accepts-every-field`."""
    options = {
        "source_lang": "auto",
        "reduce_accent": False,
        "translation_lag_time": 0,
        "original_speech_volume": 0,
    }
    service.create({**SENT, **options})

    assert f"{ID}accepts-every-field" in judged().passed


def test_refusal_of_a_valid_job_is_left_to_probes(pinch: Any, judged: Any) -> None:
    """A refused valid request fails no acceptance: the probe knows what it varied."""
    pinch("createJob", sent=SENT, status=400, answer={"error": {"code": "x", "message": "y"}})

    assert judged().failed == set()


def test_repeated_job_id_is_found(service: Any, judged: Any) -> None:
    """Two jobs with one id are found, resting on both exchanges, and accuse nothing else."""
    service.create()
    service.create({**SENT, "target_lang": "fr"}, when=1)
    service.see("completed", 20, target_lang="fr")

    judgement = judged()

    assert judgement.failed == {f"{ID}job-ids-are-unique"}
    assert judgement.evidence(f"{ID}job-ids-are-unique") == ("x-1", "x-2")


def test_wrong_key_that_creates_jobs_is_not_judged(pinch: Any, judged: Any) -> None:
    """Semantics are judged on valid keys only."""
    pinch("createJob", sent=SENT, status=200, answer={}, credential=Credential.WRONG)

    assert f"{ID}answers-201" not in judged().failed


def test_null_optional_field_is_not_judged_as_default(service: Any, judged: Any) -> None:
    """What null in `source_lang` means is open, so its echo proves no default."""
    service.create({**SENT, "source_lang": None}, source_lang="en", job_id=MISSING)

    assert f"{ID}source-lang-defaults-to-auto" not in judged().failed
