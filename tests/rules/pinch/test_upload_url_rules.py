"""What the rules say of upload URLs and announced limits."""

from __future__ import annotations

from typing import Any

import pytest

ID = "pinch.upload-url."
FOREIGN = "https://other.example.com/put?key=REDACTED"


def test_plain_upload_url_breaks_nothing(service: Any, judged: Any) -> None:
    """Two upload URLs as documented fail nothing and pass their uniqueness."""
    service.upload(1)
    service.upload(2, when=1)

    judgement = judged()

    assert judgement.failed == set()
    assert {
        f"{ID}{slug}"
        for slug in (
            "accepts-a-video-file",
            "answers-200-or-201",
            "upload-ids-are-unique",
            "upload-urls-are-distinct",
            "link-expiry-agrees",
            "upload-url-is-sigv4-presigned",
        )
    } <= judgement.passed
    assert judgement.readings[f"{ID}success-status"] == {"ok-200"}
    assert judgement.readings["pinch.input-media.file-size-limit"] == {"500-mb-decimal"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"upload_id": "up_1"}, {"upload-ids-are-unique"}, id="id"),
        pytest.param(
            {"upload_url": "https://storage.example.com/in/1?X-Amz-Expires=3600"},
            {"upload-urls-are-distinct", "upload-url-is-sigv4-presigned"},
            id="place",
        ),
        pytest.param(
            {"expires_in_sec": 600}, {"expires-in-is-3600", "link-expiry-agrees"}, id="life"
        ),
        pytest.param({"max_file_size_bytes": 1000}, {"max-file-size-is-documented"}, id="size"),
    ],
)
def test_wrong_second_upload_breaks_its_requirements(
    changes: dict[str, Any], broken: set[str], service: Any, judged: Any
) -> None:
    """A wrong second answer is found under the ids of what is wrong in it."""
    service.upload(1)
    service.upload(2, when=1, **changes)

    assert judged().failed == {ID + slug for slug in broken}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"upload_url": FOREIGN}, id="other-host"),
        pytest.param({"max_file_size_bytes": 524_288_000}, id="binary-megabytes"),
        pytest.param({"expires_in_sec": 3599.5}, id="life-in-fractions"),
    ],
)
def test_permissible_upload_url_breaks_no_must(
    changes: dict[str, Any], service: Any, judged: Any
) -> None:
    """Another storage, the binary 500 MB and a fractional life are no broken promise."""
    service.upload(1, **changes)

    inferred = {f"{ID}upload-url-is-sigv4-presigned", f"{ID}expires-in-is-3600"}
    assert judged().failed <= inferred


@pytest.mark.parametrize(
    ("seconds", "is_found"),
    [(1_800_000, True), (604_801, True), (604_800, False), (3600, False)],
    ids=["milliseconds", "over-7-days", "7-days", "one-hour"],
)
def test_life_longer_than_a_presigned_link_can_have_is_found(
    seconds: int, is_found: bool, service: Any, judged: Any
) -> None:
    """More than 7 days is no life of a presigned S3 link, also where the link states none."""
    service.upload(1, upload_url=FOREIGN, expires_in_sec=seconds)

    assert (f"{ID}link-expiry-agrees" in judged().failed) is is_found


def test_upload_and_job_limits_disagreeing_is_found(service: Any, judged: Any) -> None:
    """A job that announces another size limit than the upload URL breaks their agreement."""
    service.upload(1)
    service.create(limits={"max_duration_sec": 600, "max_file_size_bytes": 2_000_000_000}, when=1)

    assert judged().failed == {"pinch.create-job.file-size-limit-agrees-with-upload-url"}
