"""What the rules say of refreshed links and of storage."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING

ID = "pinch.get-result."


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"job_id": "dub_2"}, "job-id-is-the-one-asked-for", id="other-job"),
        pytest.param({"expires_at": "2026-03-05T12:00:20Z"}, "expires-in-the-future", id="dead"),
        pytest.param({"expires_at": "2026-03-06T12:00:30Z"}, "link-expiry-agrees", id="link"),
    ],
)
def test_wrong_result_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, service: Any, judged: Any
) -> None:
    """Each wrong value of a result is found under its own id."""
    service.result(30, **changes)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    ("changes", "reading"),
    [
        pytest.param({}, "48-hours", id="48-hours"),
        pytest.param(
            {"expires_at": "2026-03-06T12:00:30Z", "download_url": "https://s.example.com/a"},
            "24-hours",
            id="24-hours",
        ),
        pytest.param(
            {"expires_at": "2026-03-05T13:00:30+00:00", "download_url": "https://s.example.com/a"},
            "other",
            id="one-hour",
        ),
    ],
)
def test_life_of_a_result_is_a_reading(
    changes: dict[str, Any], reading: str, service: Any, judged: Any
) -> None:
    """How long a refreshed link lives is noted, never failed."""
    service.result(30, **changes)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}link-life"] == {reading}


def test_later_link_that_dies_earlier_is_found(service: Any, judged: Any) -> None:
    """A second link that expires before the first is found, on both exchanges."""
    link = {"download_url": "https://storage.example.com/a"}
    service.result(30, **link)
    service.result(40, **link, expires_at="2026-03-07T12:00:10Z")

    judgement = judged()

    assert judgement.failed == {f"{ID}expires-at-never-falls"}
    assert judgement.evidence(f"{ID}expires-at-never-falls") == ("x-1", "x-2")


def test_other_2xx_without_a_link_is_no_result(service: Any, judged: Any) -> None:
    """A 202 about a job that nobody saw completed does not break `answers-200`."""
    service.result(5, code=202, download_url=None, expires_at=None)

    assert f"{ID}answers-200" not in judged().failed


def test_refused_result_of_a_completed_job_is_found(service: Any, judged: Any) -> None:
    """A completed job whose result is refused breaks `answers-200`."""
    service.see("completed", 20)
    service.refuse_result(30)

    assert judged().failed == {f"{ID}answers-200"}


@pytest.mark.parametrize("code", [202, 203])
def test_result_with_another_success_status_is_found(code: int, service: Any, judged: Any) -> None:
    """A result that is answered with another 2xx breaks the status only."""
    service.result(30, code=code)

    assert judged().failed == {f"{ID}answers-200"}


def test_link_of_an_unfinished_job_is_found(service: Any, judged: Any) -> None:
    """A link given for a job that is still at work afterwards is found."""
    service.result(4)
    service.see("processing", 5)

    assert judged().failed == {f"{ID}unfinished-job-has-no-link"}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        pytest.param(200, {"download_url": None, "expires_at": None}, id="null"),
        pytest.param(200, {"download_url": ""}, id="empty"),
    ],
)
def test_result_without_a_link_of_an_unfinished_job_is_told_once(
    code: int, changes: dict[str, Any], service: Any, judged: Any
) -> None:
    """A success for an unfinished job breaks that promise, and not the form of results."""
    service.result(4, code=code, **changes)
    service.see("processing", 5)

    assert judged().failed == {f"{ID}unfinished-job-has-no-link"}


@pytest.mark.parametrize(
    "answer", [None, {"job_id": "dub_1", "status": "processing"}], ids=["empty", "status"]
)
def test_result_that_is_put_off_is_a_reading(answer: Any, service: Any, judged: Any) -> None:
    """A 202 without a link says of an unfinished job that there is no result yet."""
    service.build("getJobResult", status=202, answer=answer, at=4, ids={"id": "dub_1"})
    service.see("processing", 5)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}unfinished-status"] == {"other-2xx"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"download_url": None}, {"download-url-is-a-url"}, id="null-link"),
        pytest.param({"download_url": MISSING}, {"download-url-is-a-url"}, id="no-link"),
        pytest.param(
            {"download_url": None, "expires_at": None, "job_id": 5},
            {"download-url-is-a-url", "expires-at-is-iso-8601", "job-id-is-a-string"},
            id="nothing",
        ),
    ],
)
def test_result_without_a_link_of_a_completed_job_is_found(
    changes: dict[str, Any], broken: set[str], service: Any, judged: Any
) -> None:
    """Of a completed job each field of the result must be there."""
    service.see("completed", 20)
    service.result(30, **changes)

    assert judged().failed == {ID + slug for slug in broken}


def test_link_of_a_failed_job_is_found(service: Any, judged: Any) -> None:
    """A link given for a job that was seen failed is found."""
    service.see("failed", 12)
    service.result(13)

    assert judged().failed == {f"{ID}failed-job-has-no-link"}


def test_link_of_a_job_that_may_have_ended_is_not_judged(service: Any, judged: Any) -> None:
    """A job that was at work before the link was given may have been completed by then."""
    service.see("uploading", 4)
    service.result(5)
    service.see("completed", 12)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("code", "reading"),
    [
        (404, "not-found-404"),
        (409, "conflict-409"),
        (400, "bad-request-400"),
        (425, "other-4xx"),
    ],
    ids=["404", "409", "400", "425"],
)
def test_refusal_of_an_unfinished_job_is_a_reading(
    code: int, reading: str, service: Any, judged: Any
) -> None:
    """Any 4xx refuses the link of an unfinished job; which one is noted."""
    service.refuse_result(4, code)
    service.see("processing", 5)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ID}unfinished-status"] == {reading}


@pytest.mark.parametrize("code", [429, 503])
def test_pace_and_outage_prove_nothing(code: int, service: Any, judged: Any) -> None:
    """A 429 or a 5xx for a completed job's result is no refusal of it."""
    service.see("completed", 20)
    service.build(
        "getJobResult",
        status=code,
        answer={"error": {"code": "rate_limited", "message": "later"}},
        at=21,
        ids={"id": "dub_1"},
    )

    assert f"{ID}answers-200" not in judged().failed


def test_files_that_storage_takes_and_gives_pass(service: Any, pinch: Any, judged: Any) -> None:
    """A PUT as declared and GETs of both links pass their requirements."""
    upload = service.upload(1)
    seen, result = service.see("completed", 20), service.result(30)
    pinch(
        "putUpload",
        method="PUT",
        url=upload.field("upload_url"),
        request_headers={"content-type": "video/mp4"},
    )
    pinch("getDownload", url=seen.field("output_url"), reply=b"bytes")
    pinch("getDownload", url=result.field("download_url"), reply=b"bytes")

    assert judged().passed >= {
        "pinch.storage.put-is-accepted",
        "pinch.storage.output-url-downloads",
        "pinch.storage.download-url-downloads",
    }


def test_put_under_another_type_passes_nothing(service: Any, pinch: Any, judged: Any) -> None:
    """A PUT under another type than the declared one is no evidence for the documented upload."""
    upload = service.upload(1)
    pinch("putUpload", method="PUT", url=upload.field("upload_url"))

    assert "pinch.storage.put-is-accepted" not in judged().passed
