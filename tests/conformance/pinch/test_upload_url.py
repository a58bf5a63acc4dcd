"""createUploadUrl: what it accepts, what it refuses, and what the document leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.pinch import UPLOADS, DubbingApi
from dubcheck.targets.receptions import told

BODY = {"filename": "video.mp4", "content_type": "video/mp4"}
STATUS = "pinch.upload-url.bad-request-status-is-400"
NOT_TEXT = {"null": None, "object": {"name": "video.mp4"}, "list": ["video.mp4"]}
OTHER_NAMES = {
    "capitals": "VIDEO.MP4",
    "blanks-and-brackets": "My video (take 2).mp4",
    "letters-of-others": "Größe 動画.mp4",
    "120-characters": "v" * 116 + ".mp4",
}
NO_OBJECTS = {"list": [BODY], "text": "video.mp4", "number": 1, "null": None}


def _wrong_types(field: str, requirement: str) -> list[Any]:
    marks = pytest.mark.judges(requirement)
    return [
        pytest.param(field, value, requirement, id=f"{field}-{name}", marks=marks)
        for name, value in NOT_TEXT.items()
    ]


@pytest.fixture(scope="module")
def plain_answer(dubbing: DubbingApi) -> Answer:
    """The answer to the document's own request."""
    return dubbing.post(UPLOADS, BODY)


@pytest.fixture
def body(
    request: pytest.FixtureRequest, plain_answer: Answer, evidence: Evidence
) -> dict[str, Any]:
    """The accepted request, to be varied in one respect; without it nothing can be shown."""
    if not plain_answer.succeeded:
        reason = f"the document's own request is answered with {told(plain_answer)}"
        for name in [name for mark in request.node.iter_markers("judges") for name in mark.args]:
            evidence.unjudged(name, reason)
        pytest.skip(reason)
    return dict(BODY)


@pytest.mark.judges("pinch.upload-url.accepts-a-video-file")
def test_upload_url_accepts_a_video_file(plain_answer: Answer, reception: Reception) -> None:
    """`video.mp4` of type `video/mp4`, the document's example, is accepted."""
    reception.accepted("pinch.upload-url.accepts-a-video-file", plain_answer)


@pytest.mark.judges("pinch.upload-url.accepts-a-video-file")
@pytest.mark.parametrize("filename", OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_upload_url_accepts_a_video_file_of_any_name(
    filename: str, body: dict[str, Any], dubbing: DubbingApi, reception: Reception
) -> None:
    """The name is any text: capitals, blanks, other letters and 120 characters are accepted."""
    answer = dubbing.post(UPLOADS, {**body, "filename": filename})

    reception.accepted("pinch.upload-url.accepts-a-video-file", answer)


@pytest.mark.judges("pinch.upload-url.accepts-an-audio-file")
def test_upload_url_accepts_an_audio_file(dubbing: DubbingApi, reception: Reception) -> None:
    """`audio.mp3` of type `audio/mpeg` is accepted."""
    answer = dubbing.ask_upload_url("audio.mp3", "audio/mpeg")

    reception.accepted("pinch.upload-url.accepts-an-audio-file", answer)


@pytest.mark.parametrize(
    ("field", "requirement"),
    [
        pytest.param(
            "filename",
            "pinch.upload-url.filename-is-required",
            marks=pytest.mark.judges("pinch.upload-url.filename-is-required"),
        ),
        pytest.param(
            "content_type",
            "pinch.upload-url.content-type-is-required",
            marks=pytest.mark.judges("pinch.upload-url.content-type-is-required"),
        ),
    ],
    ids=["filename", "content-type"],
)
def test_upload_url_requires_field(
    field: str, requirement: str, body: dict[str, Any], dubbing: DubbingApi, reception: Reception
) -> None:
    """A request that lacks one of the two fields is refused."""
    del body[field]

    answer = dubbing.post(UPLOADS, body)

    reception.refused(requirement, answer, status=STATUS)


@pytest.mark.parametrize(
    ("field", "value", "requirement"),
    [
        *_wrong_types("filename", "pinch.upload-url.filename-wrong-type-is-refused"),
        *_wrong_types("content_type", "pinch.upload-url.content-type-wrong-type-is-refused"),
    ],
)
def test_upload_url_refuses_wrong_type(
    field: str,
    value: object,
    requirement: str,
    body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """A field that holds null, an object or a list in the place of text is refused."""
    body[field] = value

    answer = dubbing.post(UPLOADS, body)

    reception.refused(requirement, answer, status=STATUS)


@pytest.mark.judges("pinch.upload-url.malformed-json-is-refused")
@pytest.mark.usefixtures("body")
@pytest.mark.parametrize(
    "content",
    [b'{"filename": "video.mp4", "content_type": "video/mp4"', b"filename=video.mp4"],
    ids=["cut-off", "form-fields"],
)
def test_upload_url_refuses_malformed_json(
    content: bytes, dubbing: DubbingApi, reception: Reception
) -> None:
    """A body that is not JSON is refused."""
    headers = {"Content-Type": "application/json"}

    answer = dubbing.send("POST", UPLOADS, content=content, headers=headers)

    reception.refused("pinch.upload-url.malformed-json-is-refused", answer, status=STATUS)


@pytest.mark.judges("pinch.upload-url.non-object-body-is-refused")
@pytest.mark.usefixtures("body")
@pytest.mark.parametrize("value", NO_OBJECTS.values(), ids=NO_OBJECTS)
def test_upload_url_refuses_a_body_that_is_no_object(
    value: object, dubbing: DubbingApi, reception: Reception
) -> None:
    """A JSON body that is a list, a text, a number or null is refused."""
    answer = dubbing.post(UPLOADS, value)

    reception.refused("pinch.upload-url.non-object-body-is-refused", answer, status=STATUS)


@pytest.mark.judges("pinch.upload-url.non-object-body-is-refused")
@pytest.mark.usefixtures("body")
def test_upload_url_refuses_an_empty_body(dubbing: DubbingApi, reception: Reception) -> None:
    """A request without any body is refused."""
    headers = {"Content-Type": "application/json"}

    answer = dubbing.send("POST", UPLOADS, content=b"", headers=headers)

    reception.refused("pinch.upload-url.non-object-body-is-refused", answer, status=STATUS)


@pytest.mark.parametrize(
    ("field", "value", "question", "accepted"),
    [
        pytest.param(
            "filename",
            "",
            "pinch.upload-url.empty-filename",
            "accepts",
            marks=pytest.mark.judges("pinch.upload-url.empty-filename"),
        ),
        pytest.param(
            "content_type",
            "text/html",
            "pinch.upload-url.foreign-content-type",
            "accepts",
            marks=pytest.mark.judges("pinch.upload-url.foreign-content-type"),
        ),
        pytest.param(
            "filename",
            7,
            "pinch.upload-url.coercible-values",
            "converts",
            marks=pytest.mark.judges("pinch.upload-url.coercible-values"),
        ),
    ],
    ids=["empty-filename", "foreign-content-type", "number-as-filename"],
)
def test_upload_url_reading_is_noted(
    field: str,
    value: object,
    question: str,
    accepted: str,
    body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
) -> None:
    """What the document does not rule on is either accepted or refused."""
    body[field] = value

    answer = dubbing.post(UPLOADS, body)

    reception.reads(question, answer, accepted=accepted, refused="refuses")
