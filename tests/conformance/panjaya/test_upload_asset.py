"""uploadAsset: the parts of its form, and what becomes of the plain upload."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import UPLOAD, StudioApi, file_part
from dubcheck.targets.panjaya_answers import asset_id_of
from dubcheck.targets.receptions import told

from .conftest import leave_if
from .examination import judge_plain
from .subjects import Plain, Subject
from .videos import judge_dubbed, judge_no_video

TOPIC = "panjaya.upload-asset"
MAY_BE_ABSENT = (
    "speakers-count-may-be-absent",
    "plain-request-part-is-accepted",
    "background-file-may-be-absent",
)
UPLOADED = pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)


@pytest.mark.judges(
    f"{TOPIC}.method-is-post",
    f"{TOPIC}.minimal-request-is-accepted",
    *(f"{TOPIC}.{fact}" for fact in MAY_BE_ABSENT),
)
def test_plain_upload_is_accepted(
    plain_upload: Plain, reception: Reception, evidence: Evidence
) -> None:
    """A form with only the required fields and a video, sent with POST, is accepted."""
    first = plain_upload.first

    posted = evidence.holds(
        f"{TOPIC}.method-is-post",
        first.status not in (404, 405),
        first,
        message="POST is not what uploads",
        expected="any answer but 404 and 405",
        actual=told(first),
    )
    if posted:
        judge_plain("upload-asset", plain_upload, MAY_BE_ABSENT, reception, evidence)


@pytest.mark.judges(f"{TOPIC}.asset-ids-are-distinct")
@UPLOADED
def test_equal_uploads_make_two_assets(subject: Subject, evidence: Evidence) -> None:
    """The same upload sent twice makes two assets; that their ids differ, a rule judges."""
    answers = (subject.answer(), subject.answer())

    if None in map(asset_id_of, answers):
        reason = "two equal uploads were not both answered with an id"
        evidence.unjudged(f"{TOPIC}.asset-ids-are-distinct", reason, *answers)


@pytest.mark.judges(
    f"{TOPIC}.uploaded-video-is-dubbed", f"{TOPIC}.no-auto-generate-generates-nothing"
)
@UPLOADED
def test_uploaded_video_is_dubbed(
    subject: Subject, creating: Subject, studio: StudioApi, evidence: Evidence
) -> None:
    """The uploaded video is dubbed, and without `auto_generate` no final video is made."""
    ended = studio.wait_for_end(asset_id_of(subject.answer()))

    def created() -> Answer | None:
        is_possible = creating.obstacle is None
        return studio.wait_for_end(asset_id_of(creating.answer())) if is_possible else None

    judge_dubbed(f"{TOPIC}.uploaded-video-is-dubbed", ended, evidence, created)
    judge_no_video(f"{TOPIC}.no-auto-generate-generates-nothing", ended, studio, evidence)


@pytest.mark.judges(f"{TOPIC}.auto-generate-off-generates-nothing")
@UPLOADED
def test_off_generates_nothing(subject: Subject, studio: StudioApi, evidence: Evidence) -> None:
    """With `auto_generate` "off" no final video is made."""
    answer = subject.answer({"auto_generate": "off"})
    ended = studio.wait_for_end(asset_id_of(answer))

    judge_no_video(f"{TOPIC}.auto-generate-off-generates-nothing", ended, studio, evidence)


@pytest.mark.judges(f"{TOPIC}.missing-request-part-is-refused")
@UPLOADED
def test_form_without_request_is_refused(
    subject: Subject, video: Sample, studio: StudioApi, reception: Reception
) -> None:
    """A form that has only the video is refused."""
    answer = studio.upload_form({}, [file_part("video", video)])

    reception.refused(f"{TOPIC}.missing-request-part-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.missing-video-is-refused")
@UPLOADED
def test_form_without_video_is_refused(
    subject: Subject, studio: StudioApi, reception: Reception
) -> None:
    """A form that has only the request is refused."""
    # A part without a file name, so that the body is a form with parts all the same.
    part = ("request", (None, json.dumps(subject.body)))

    answer = studio.upload_form({}, [part])

    reception.refused(f"{TOPIC}.missing-video-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.malformed-request-part-is-refused")
@UPLOADED
@pytest.mark.parametrize("text", ['{"name": "Dubcheck", ', "name=Dubcheck"], ids=["cut", "form"])
def test_request_part_that_is_no_json_is_refused(
    text: str, subject: Subject, video: Sample, studio: StudioApi, reception: Reception
) -> None:
    """A `request` part that is no JSON is refused."""
    answer = studio.upload_form({"request": text}, [file_part("video", video)])

    reception.refused(f"{TOPIC}.malformed-request-part-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.non-object-request-part-is-refused")
@UPLOADED
@pytest.mark.parametrize(
    "wrap",
    [lambda body: [body], lambda _: "Dubcheck", lambda _: 7, lambda _: None],
    ids=["list", "text", "number", "null"],
)
def test_request_part_that_is_no_object_is_refused(
    wrap: Any, subject: Subject, video: Sample, studio: StudioApi, reception: Reception
) -> None:
    """A `request` part whose JSON is not an object is refused."""
    answer = studio.upload(wrap(subject.body), video)

    reception.refused(f"{TOPIC}.non-object-request-part-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.json-body-is-refused")
@UPLOADED
def test_json_body_is_refused(subject: Subject, studio: StudioApi, reception: Reception) -> None:
    """A JSON body, which cannot carry a video, is refused."""
    answer = studio.send("POST", UPLOAD, json=subject.body)

    reception.refused(f"{TOPIC}.json-body-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.json-typed-request-part-is-accepted")
@UPLOADED
def test_json_typed_request_part_is_accepted(
    subject: Subject, video: Sample, studio: StudioApi, reception: Reception
) -> None:
    """A `request` part that declares application/json is accepted."""
    part = ("request", (None, json.dumps(subject.body), "application/json"))

    answer = studio.upload_form({}, [part, file_part("video", video)])

    reception.accepted_within_limits(f"{TOPIC}.json-typed-request-part-is-accepted", answer)


@pytest.fixture
def plain_part(
    request: pytest.FixtureRequest, subject: Subject, plain_upload: Plain, evidence: Evidence
) -> Subject:
    """The operation, where it takes the `request` part as an ordinary field."""
    is_refused = plain_upload.broken_fact == "plain-request-part-is-accepted"
    leave_if(request.node, "a plain `request` part is refused" if is_refused else None, evidence)
    return subject


@pytest.mark.judges(f"{TOPIC}.background-file-is-accepted")
@UPLOADED
def test_background_file_is_accepted(
    plain_part: Subject,
    video: Sample,
    background: Sample,
    studio: StudioApi,
    reception: Reception,
) -> None:
    """A `background` file beside the video is accepted."""
    answer = studio.upload(plain_part.body, video, background)

    reception.accepted_within_limits(f"{TOPIC}.background-file-is-accepted", answer)


@pytest.mark.judges(f"{TOPIC}.media-url-inside-request")
@UPLOADED
def test_media_url_inside_request_is_noted(subject: Subject, reception: Reception) -> None:
    """A `media_url` inside the `request` part is ignored or refused."""
    answer: Answer = subject.answer({"media_url": "https://my.storage.service.com/my-video.mp4"})

    reception.reads(
        f"{TOPIC}.media-url-inside-request", answer, accepted="ignored", refused="refused"
    )
