"""Objects behind presigned links, over HTTP."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

CONTENT = bytes(range(256)) * 4


@pytest.fixture(scope="module")
def upload_url(customer: PinchCustomer) -> str:
    """A link for PUT of text/plain."""
    body = {"filename": "a.txt", "content_type": "text/plain"}
    return str(customer.http.post("/api/dubbing/upload-url", json=body).json()["upload_url"])


@pytest.fixture(scope="module")
def download_url(customer: PinchCustomer) -> str:
    """A link for GET of CONTENT."""
    storage = customer.server.emulator.workspace.storage
    file = storage.new_file()
    file.write_bytes(CONTENT)
    storage.keep("pinch", "/pinch-dubbing/results/a.bin", file, "application/x-test")
    now = customer.server.emulator.workspace.clock.now()
    return str(storage.sign_get(customer.server.url, "/pinch-dubbing/results/a.bin", now, 172_800))


def code_of(answer: httpx.Response) -> str | None:
    """Code of an S3 error document."""
    return ElementTree.fromstring(answer.content).findtext("Code")


def test_storage_takes_a_put_of_the_declared_type(upload_url: str) -> None:
    """A PUT with the declared Content-Type is 200 with an ETag."""
    answer = httpx.put(upload_url, content=b"x", headers={"content-type": "text/plain"})

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"9dd4e461268c8034f5c8564e155c67a6"'


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        pytest.param({"content-type": "video/mp4"}, 403, "SignatureDoesNotMatch", id="other-type"),
        pytest.param({}, 403, "SignatureDoesNotMatch", id="no-type"),
        pytest.param(
            {"content-type": "text/plain", "authorization": "Bearer pk_emulator"},
            400,
            "InvalidArgument",
            id="api-key-sent-along",
        ),
    ],
)
def test_storage_refuses_another_put(
    upload_url: str, headers: dict[str, str], status: int, code: str
) -> None:
    """A PUT that differs from what was signed gets S3's error document."""
    answer = httpx.put(upload_url, content=b"x", headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/xml"
    assert code_of(answer) == code


def test_storage_refuses_a_put_of_unknown_length(upload_url: str) -> None:
    """A chunked PUT is 411 MissingContentLength."""
    answer = httpx.put(upload_url, content=iter([b"x"]), headers={"content-type": "text/plain"})

    assert (answer.status_code, code_of(answer)) == (411, "MissingContentLength")


def test_storage_refuses_an_unsigned_read(download_url: str) -> None:
    """The bare URL of an object is 403 AccessDenied."""
    answer = httpx.get(download_url.partition("?")[0])

    assert (answer.status_code, code_of(answer)) == (403, "AccessDenied")


def test_storage_gives_the_whole_object(download_url: str) -> None:
    """A signed GET answers every byte, with type and length."""
    answer = httpx.get(download_url)

    assert answer.status_code == 200
    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/x-test"
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "status", "content", "content_range"),
    [
        pytest.param("bytes=0-9", 206, CONTENT[:10], "bytes 0-9/1024", id="first-ten"),
        pytest.param("bytes=1000-", 206, CONTENT[1000:], "bytes 1000-1023/1024", id="from"),
        pytest.param("bytes=-4", 206, CONTENT[-4:], "bytes 1020-1023/1024", id="last-four"),
        pytest.param("bytes=1000-9999", 206, CONTENT[1000:], "bytes 1000-1023/1024", id="beyond"),
        pytest.param("bytes=9-0", 200, CONTENT, None, id="backward"),
        pytest.param("bytes=0-1,3-4", 200, CONTENT, None, id="two-ranges"),
        pytest.param("pages=1-2", 200, CONTENT, None, id="other-unit"),
    ],
)
def test_storage_gives_the_asked_range(
    download_url: str, asked: str, status: int, content: bytes, content_range: str | None
) -> None:
    """One byte range is 206 with Content-Range; what S3 does not read gives the whole object."""
    answer = httpx.get(download_url, headers={"range": asked})

    assert (answer.status_code, answer.content) == (status, content)
    assert answer.headers.get("content-range") == content_range


def test_storage_refuses_a_range_beyond_the_end(download_url: str) -> None:
    """A range that begins after the last byte is 416 InvalidRange."""
    answer = httpx.get(download_url, headers={"range": "bytes=1024-"})

    assert (answer.status_code, code_of(answer)) == (416, "InvalidRange")


def test_storage_refuses_other_methods(download_url: str) -> None:
    """DELETE of an object is 405 with the methods that exist."""
    answer = httpx.delete(download_url)

    assert (answer.status_code, code_of(answer)) == (405, "MethodNotAllowed")
    assert answer.headers["allow"] == "GET, HEAD, PUT"
