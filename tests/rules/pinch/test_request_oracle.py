"""What the oracle says of requests."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.rules.pinch.request_oracle import has_fault, is_wholly_valid

PLAIN = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "es"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"source_lang": "auto"},
        {"reduce_accent": True},
        {"translation_lag_time": 3.0},
        {"original_speech_volume": 1},
    ],
    ids=["plain", "auto", "accent", "lag", "volume"],
)
def test_documented_job_is_wholly_valid(more: dict[str, Any], pinch: Any) -> None:
    """What the tables of parameters allow has neither faults nor doubts."""
    assert is_wholly_valid(pinch("createJob", sent={**PLAIN, **more}))


@pytest.mark.parametrize(
    "more",
    [
        {"target_lang": "ES"},
        {"target_lang": "es-MX"},
        {"source_lang": None},
        {"source_lang": "es"},
        {"translation_lag_time": 3.5},
        {"translation_lag_time": 5},
        {"translation_lag_time": "1"},
        {"reduce_accent": 1},
        {"watermark": True},
        {"source_url": "ftp://a.example.com/b"},
    ],
    ids=lambda value: str(value),
)
def test_open_question_is_a_doubt(more: dict[str, Any], pinch: Any) -> None:
    """What the documents leave open is neither valid nor at fault."""
    exchange = pinch("createJob", sent={**PLAIN, **more})

    assert not is_wholly_valid(exchange)
    assert not has_fault(exchange)


@pytest.mark.parametrize(
    "more",
    [
        {"target_lang": "xx"},
        {"target_lang": "auto"},
        {"target_lang": ""},
        {"target_lang": None},
        {"source_lang": "xx"},
        {"source_url": "video"},
        {"source_url": 5},
        {"translation_lag_time": -0.1},
        {"translation_lag_time": 5.1},
        {"translation_lag_time": []},
        {"translation_lag_time": "late"},
        {"original_speech_volume": 1.01},
        {"reduce_accent": "maybe"},
    ],
    ids=lambda value: str(value),
)
def test_value_that_must_be_refused_is_a_fault(more: dict[str, Any], pinch: Any) -> None:
    """What every reading refuses is a fault."""
    assert has_fault(pinch("createJob", sent={**PLAIN, **more}))


@pytest.mark.parametrize("missing", ["source_url", "target_lang"])
def test_missing_required_field_is_a_fault(missing: str, pinch: Any) -> None:
    """A job without a required field is at fault."""
    sent = {name: value for name, value in PLAIN.items() if name != missing}

    assert has_fault(pinch("createJob", sent=sent))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null"], ids=["none", "cut", "list", "null"])
def test_body_that_is_no_object_is_a_fault(body: bytes, pinch: Any) -> None:
    """A body that is no JSON object is at fault in both operations that have one."""
    assert has_fault(pinch("createJob", body=body))
    assert has_fault(pinch("createUploadUrl", body=body))


@pytest.mark.parametrize(
    ("sent", "is_fault"),
    [
        ({"filename": "a.mp4"}, True),
        ({"filename": None, "content_type": "video/mp4"}, True),
        ({"filename": "", "content_type": "video/mp4"}, False),
        ({"filename": 5, "content_type": "video/mp4"}, False),
        ({"filename": "a.txt", "content_type": "text/plain"}, False),
    ],
    ids=["no-type", "null", "empty", "number", "text"],
)
def test_upload_request_that_is_not_valid(sent: dict[str, Any], is_fault: bool, pinch: Any) -> None:
    """Missing and null fields are faults; empty, convertible and foreign values are doubts."""
    exchange = pinch("createUploadUrl", sent=sent)

    assert not is_wholly_valid(exchange)
    assert has_fault(exchange) is is_fault


@pytest.mark.parametrize(
    ("query", "is_valid"),
    [
        ("", True),
        ("?limit=1&offset=0", True),
        ("?limit=100", True),
        ("?limit=101", False),
        ("?limit=0", False),
        ("?limit=-1", False),
        ("?limit=1.5", False),
        ("?offset=x", False),
        ("?page=2", False),
        ("?limit=1&limit=2", False),
    ],
)
def test_page_request_is_judged_by_its_bounds(query: str, is_valid: bool, pinch: Any) -> None:
    """Limits from 1 to 100 and offsets from 0 are valid; all else is open, never a fault."""
    exchange = pinch("listJobs", url=f"/api/dubbing/jobs{query}")

    assert is_wholly_valid(exchange) is is_valid
    assert not has_fault(exchange)
