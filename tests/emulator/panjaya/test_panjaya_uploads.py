"""The multipart form of an upload: what is read, what is refused, what is left behind."""

from __future__ import annotations

import json

import pytest

from .panjaya_media import BODY

PARAMETERS = json.dumps({key: BODY[key] for key in ("name", "locale", "languages")})


def form(*parts: tuple[str, bytes], end: bytes = b"--x--\r\n") -> bytes:
    """A multipart body with the boundary x; each part is its headers and its content."""
    return (
        b"".join(
            b"--x\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts
        )
        + end
    )


def named(name: str, more: str = "") -> str:
    """The disposition of a part."""
    return f'Content-Disposition: form-data; name="{name}"{more}'


def post(customer, body: bytes, content_type: str = "multipart/form-data; boundary=x"):
    """POST a form as it is."""
    return customer.http.post(
        "/v1/assets/upload", content=body, headers={"content-type": content_type}
    )


REQUEST = (named("request"), PARAMETERS.encode())
VIDEO = (named("video", '; filename="a.mp4"'), b"video")


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([REQUEST, VIDEO], id="request-without-content-type"),
        pytest.param(
            [(REQUEST[0] + "\r\nContent-Type: application/json", REQUEST[1]), VIDEO],
            id="request-with-content-type",
        ),
        pytest.param(
            [(named("request", '; filename="r.json"'), REQUEST[1]), VIDEO], id="request-as-file"
        ),
        pytest.param([VIDEO, REQUEST], id="video-first"),
        pytest.param([(named("video"), b"video"), REQUEST], id="video-without-filename"),
        pytest.param([REQUEST, VIDEO, (named("other"), b"x")], id="unknown-part"),
        pytest.param([REQUEST, (VIDEO[0], b"")], id="empty-video"),
    ],
)
def test_upload_accepts_every_way_to_write_the_form(panjaya, parts):
    """The two parts are found in either order, with or without a content type or file name."""
    accepted = post(panjaya, form(*parts))

    assert accepted.status_code == 200
    assert accepted.json()["name"] == "My Asset"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (form(VIDEO), None),
        (form(REQUEST), None),
        (form(REQUEST, REQUEST, VIDEO), None),
        (form(REQUEST, VIDEO, VIDEO), None),
        (form((REQUEST[0], b"{"), VIDEO), None),
        (form((REQUEST[0], b"[]"), VIDEO), None),
        (form((REQUEST[0], b'{"name": ""}'), VIDEO), None),
        (form(REQUEST, VIDEO, end=b""), None),
        (form(REQUEST, VIDEO)[:-40], None),
        (b"no form at all", None),
        (b"", None),
        (form(*[(named("x"), b"")] * 100), None),
        (form(REQUEST, VIDEO), "multipart/form-data"),
        (form(REQUEST, VIDEO), "multipart/form-data; boundary=" + "y" * 400),
        (form(REQUEST, VIDEO), "application/json"),
        (form((named("video") + "\r\nX: " + "y" * 100_000, b"")), None),
    ],
    ids=[
        "without-request",
        "without-video",
        "request-twice",
        "video-twice",
        "request-cut",
        "request-a-list",
        "request-invalid",
        "without-closing-boundary",
        "cut",
        "text",
        "empty",
        "too-many-parts",
        "without-boundary",
        "boundary-too-long",
        "other-content-type",
        "endless-header",
    ],
)
def test_upload_refuses_a_broken_form(panjaya, body, content_type):
    """A form that is incomplete, ambiguous or malformed answers 400 in the API's own form."""
    refused = post(panjaya, body, content_type or "multipart/form-data; boundary=x")

    assert refused.status_code == 400
    assert isinstance(refused.json()["detail"], str)


def test_refused_upload_leaves_no_file(start_panjaya):
    """Nothing of a refused form remains on disk."""
    customer = start_panjaya()
    folder = customer.server.emulator.workspace.storage.folder

    post(customer, form(VIDEO, (REQUEST[0], b"{")))

    assert list(folder.iterdir()) == []


def test_upload_ignores_a_media_url(panjaya, clip):
    """The file replaces media_url, so one that is given is not looked at."""
    accepted = panjaya.upload(clip, media_url="http://127.0.0.1/secret")

    assert accepted.status_code == 200
