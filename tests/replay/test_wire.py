"""What a cassette may hold, and by what a request is known again."""

from pathlib import Path

import pytest

from dubcheck.exchange import Credential
from dubcheck.replay.media_shelf import MediaShelf
from dubcheck.replay.wire import CREDENTIAL, Wire, identity

KEY = "pk_a-key-of-this-run-0123456789"
STAGE = ("http://127.0.0.1:1111", "http://127.0.0.1:2222")


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    """The wire of a run with one key."""
    return Wire({KEY: Credential.OWN}, MediaShelf(tmp_path, writable=True))


def form(boundary: str, file: bytes = b"\x00\x01" * 400) -> tuple[bytes, str]:
    """A form with a JSON part and a file."""
    mark = f"--{boundary}\r\n".encode()
    head = b'Content-Disposition: form-data; name="request"\r\n\r\n{"name": "a", "locale": "en-US"}'
    disposition = b'Content-Disposition: form-data; name="video"; filename="a.mp4"\r\n'
    part = disposition + b"Content-Type: video/mp4\r\n\r\n" + file
    body = mark + head + b"\r\n" + mark + part + b"\r\n--" + boundary.encode() + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary}"


@pytest.mark.parametrize(
    ("authorization", "label"),
    [
        pytest.param(f"Bearer {KEY}", "own", id="the key of the run"),
        pytest.param("Bearer pk_another", "wrong", id="another key"),
        pytest.param("Basic abc", "malformed", id="another scheme"),
        pytest.param("Bearer", "malformed", id="the scheme alone"),
    ],
)
def test_authorization_becomes_the_label_of_its_key(
    wire: Wire, authorization: str, label: str
) -> None:
    """A cassette says which key was sent, and never the key."""
    kept = wire.request_headers({"Authorization": authorization, "X-Unknown": KEY})

    assert kept == {CREDENTIAL: label}


def test_only_listed_headers_of_an_answer_are_kept(wire: Wire) -> None:
    """What nobody listed is dropped, whatever it is called."""
    given = {"Content-Type": ["text/plain"], "Set-Cookie": ["a=b"], "X-New-Secret": ["c"]}

    assert wire.answer_headers(given) == {"content-type": ["text/plain"]}


def test_presigned_link_loses_signature_and_credential(wire: Wire) -> None:
    """What signs a link is removed from the link and from answers that hold it."""
    link = "https://store/a?X-Amz-Credential=AK%2Fx&X-Amz-Expires=60&X-Amz-Signature=0a1b"

    kept = wire.answer_body(f'{{"upload_url": "{link}"}}'.encode())

    assert wire.url(link) in kept.decode()
    assert "0a1b" not in kept.decode()
    assert "X-Amz-Expires=60" in kept.decode()


def test_redirect_keeps_its_place_without_its_signature(wire: Wire) -> None:
    """A redirect can be followed in a replay."""
    kept = wire.answer_headers({"location": ["https://store/b?X-Amz-Signature=0a1b2c"]})

    assert kept == {"location": ["https://store/b?X-Amz-Signature=REDACTED"]}


def test_form_is_known_again_under_another_boundary(wire: Wire) -> None:
    """Boundaries are chance; parts are what matters."""
    first, second = (
        identity(
            "POST",
            f"{STAGE[0]}/upload",
            wire.request_headers({"content-type": content_type}),
            wire.request_body(body, content_type),
            STAGE,
        )
        for body, content_type in (form("one"), form("two"))
    )

    assert first == second


def test_form_with_another_file_is_another_request(wire: Wire) -> None:
    """A file is known by its content."""
    first, second = (
        wire.request_body(*form("one", content)) for content in (b"\x00" * 400, b"\x01" * 400)
    )

    assert first != second


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(
            (f"{STAGE[0]}/jobs", b'{"a": 1, "b": 2}'),
            (f"{STAGE[1]}/jobs", b'{"b":2,"a":1}'),
            id="another port, and keys in another order",
        ),
        pytest.param(
            (f"{STAGE[0]}/jobs", b'{"callback_url": "https://127.0.0.1:4001/a"}'),
            (f"{STAGE[0]}/jobs", b'{"callback_url": "https://127.0.0.1:4002/a"}'),
            id="another port of the suite's own receiver",
        ),
    ],
)
def test_ports_and_spelling_do_not_matter(one: tuple[str, bytes], two: tuple[str, bytes]) -> None:
    """A request is known again by its value."""
    first, second = (identity("POST", url, {}, body, STAGE) for url, body in (one, two))

    assert first == second


@pytest.mark.parametrize(
    ("url", "headers", "body"),
    [
        pytest.param("/jobs?limit=2", {CREDENTIAL: "own"}, b"{}", id="another query"),
        pytest.param("/jobs", {CREDENTIAL: "none"}, b"{}", id="another credential"),
        pytest.param("/jobs", {CREDENTIAL: "own"}, b'{"a": 1}', id="another value"),
        pytest.param("/jobs", {CREDENTIAL: "own", "range": "bytes=0-1"}, b"{}", id="a range"),
    ],
)
def test_what_matters_tells_requests_apart(url: str, headers: dict[str, str], body: bytes) -> None:
    """Query, credential, body and range make another request."""
    plain = identity("GET", f"{STAGE[0]}/jobs", {CREDENTIAL: "own"}, b"{}", STAGE)

    assert identity("GET", STAGE[0] + url, headers, body, STAGE) != plain
