"""Bodies are kept small and split into their parts."""

import httpx

from dubcheck.exchange import Redactor
from dubcheck.exchange.bodies import KEPT_BYTES, body_from


def test_multipart_body_is_split_into_parts() -> None:
    """The JSON part is kept, the file only as its size and digest."""
    request = httpx.Request(
        "POST",
        "http://h/",
        data={"request": '{"name": "a"}'},
        files={"video": ("v.mp4", b"\x00" * 1000, "video/mp4")},
    )

    body = body_from(request.read(), request.headers["content-type"], Redactor())

    document, video = body.part("request"), body.part("video")
    assert document is not None
    assert document.content == b'{"name": "a"}'
    assert video is not None
    assert (video.content, video.size_bytes, video.filename) == (None, 1000, "v.mp4")


def test_multipart_body_without_boundary_is_kept_whole() -> None:
    """A body that only claims to be multipart is kept as it is."""
    body = body_from(b"text", "multipart/form-data", Redactor())

    assert (body.content, body.parts) == (b"text", ())


def test_large_body_is_kept_as_a_digest() -> None:
    """Media never enters a record."""
    body = body_from(b"x" * (KEPT_BYTES + 1), "video/mp4", Redactor())

    assert (body.content, body.size_bytes, len(body.sha256)) == (None, KEPT_BYTES + 1, 64)
