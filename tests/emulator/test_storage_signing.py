"""Signatures of presigned URLs; botocore is the oracle, and only here."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import urlsplit

import botocore.auth
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.messages import Request
from dubcheck.emulator.storage import Storage
from dubcheck.emulator.storage.refusals import StorageRefusal
from dubcheck.emulator.storage.signing import Credentials, Signable, presign
from dubcheck.emulator.storage.verification import verify
from dubcheck.emulator.store import Store

SIGNED_AT = 1_772_721_000
CREDENTIALS = Credentials("AKIAEXAMPLE", "a secret for this test")
HOST = "127.0.0.1:8080"


def presign_with_botocore(method: str, url: str, headers: dict[str, str], expires: int) -> str:
    """URL that botocore makes at SIGNED_AT."""
    request = AWSRequest(method=method, url=url, headers=headers)
    credentials = BotocoreCredentials(CREDENTIALS.access_key, CREDENTIALS.secret_key)
    signed_at = datetime.fromtimestamp(SIGNED_AT, UTC)
    with patch.object(botocore.auth, "get_current_datetime", return_value=signed_at):
        S3SigV4QueryAuth(credentials, "s3", "us-east-1", expires=expires).add_auth(request)
    return str(request.url)


def arriving(method: str, url: str, headers: dict[str, str] | None = None) -> Request:
    """The request as the server would hand it over."""
    parts = urlsplit(url)
    lines = {"host": parts.netloc, **(headers or {})}
    scope = {
        "method": method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
    }
    return Request(scope, None)  # type: ignore[arg-type]


PUT_URL = f"http://{HOST}/pinch-dubbing/uploads/abc"
PUT_HEADERS = {"content-type": "video/mp4"}


@pytest.fixture
def put_url() -> str:
    """A link by botocore for PUT of video/mp4, good for an hour."""
    return presign_with_botocore("PUT", PUT_URL, PUT_HEADERS, 3600)


@pytest.mark.parametrize(
    ("method", "path", "content_type", "expires"),
    [
        pytest.param("GET", "/pinch-dubbing/results/dub_1.mp4", None, 172_800, id="download"),
        pytest.param("PUT", "/pinch-dubbing/uploads/abc", "video/mp4", 3600, id="upload"),
        pytest.param("PUT", "/b/k", "audio/mpeg; codecs=mp3", 1, id="type-with-parameter"),
    ],
)
def test_presigned_url_equals_that_of_botocore(
    method: str, path: str, content_type: str | None, expires: int
) -> None:
    """The same request at the same second has the same URL, character for character."""
    headers = {"content-type": content_type} if content_type else {}
    covered = (*headers.items(), ("host", HOST))

    query = presign(CREDENTIALS, Signable(method, path, (), covered), SIGNED_AT, expires)

    expected = presign_with_botocore(method, f"http://{HOST}{path}", headers, expires)
    assert f"http://{HOST}{path}?{query}" == expected


def test_verification_accepts_what_botocore_signed(put_url: str) -> None:
    """A link of botocore is accepted until its last second."""
    verify(arriving("PUT", put_url, PUT_HEADERS), CREDENTIALS, SIGNED_AT + 3600)


def test_verification_accepts_further_query_parameters_that_botocore_signed() -> None:
    """Parameters of the caller are covered by the signature, in any order."""
    url = presign_with_botocore("GET", f"{PUT_URL}?z=1&a=x%20y", {}, 60)

    verify(arriving("GET", url), CREDENTIALS, SIGNED_AT)


@pytest.mark.parametrize(
    ("method", "change", "headers"),
    [
        pytest.param("GET", ("", ""), PUT_HEADERS, id="other-method"),
        pytest.param("PUT", ("uploads/abc", "uploads/abd"), PUT_HEADERS, id="other-path"),
        pytest.param("PUT", (HOST, "localhost:8080"), PUT_HEADERS, id="other-host"),
        pytest.param("PUT", ("", ""), {"content-type": "video/webm"}, id="other-type"),
        pytest.param("PUT", ("", ""), {}, id="no-type"),
        pytest.param("PUT", ("Expires=3600", "Expires=7200"), PUT_HEADERS, id="longer-life"),
        pytest.param("PUT", ("X-Amz-Date", "x=y&X-Amz-Date"), PUT_HEADERS, id="added-parameter"),
    ],
)
def test_verification_refuses_what_was_not_signed(
    put_url: str, method: str, change: tuple[str, str], headers: dict[str, str]
) -> None:
    """Method, path, host, content type and every parameter are bound: 403 SignatureDoesNotMatch."""
    request = arriving(method, put_url.replace(*change), headers)

    with pytest.raises(StorageRefusal) as refused:
        verify(request, CREDENTIALS, SIGNED_AT)

    assert (refused.value.status, refused.value.code) == (403, "SignatureDoesNotMatch")


def test_verification_refuses_a_link_one_second_after_its_life(put_url: str) -> None:
    """A link of 3600 s is refused at 3601 s with 403 AccessDenied."""
    with pytest.raises(StorageRefusal) as refused:
        verify(arriving("PUT", put_url, PUT_HEADERS), CREDENTIALS, SIGNED_AT + 3601)

    assert (refused.value.status, refused.value.code) == (403, "AccessDenied")
    assert refused.value.message == "Request has expired"


@pytest.mark.parametrize(
    ("url", "headers", "status", "code"),
    [
        pytest.param(PUT_URL, {}, 403, "AccessDenied", id="unsigned"),
        pytest.param(
            f"{PUT_URL}?X-Amz-Algorithm=AWS4-HMAC-SHA256",
            {},
            400,
            "AuthorizationQueryParametersError",
            id="parameters-missing",
        ),
        pytest.param(
            PUT_URL, {"authorization": "Bearer x"}, 400, "InvalidArgument", id="bearer-key"
        ),
    ],
)
def test_verification_refuses_unsigned_requests_as_s3_does(
    url: str, headers: dict[str, str], status: int, code: str
) -> None:
    """Nothing unsigned is let through; status and code are those of S3."""
    with pytest.raises(StorageRefusal) as refused:
        verify(arriving("PUT", url, headers), CREDENTIALS, SIGNED_AT)

    assert (refused.value.status, refused.value.code) == (status, code)


def test_verification_refuses_another_access_key(put_url: str) -> None:
    """A link of other credentials is 403 InvalidAccessKeyId."""
    request = arriving("PUT", put_url.replace("AKIAEXAMPLE", "AKIAANOTHER"), PUT_HEADERS)

    with pytest.raises(StorageRefusal) as refused:
        verify(request, CREDENTIALS, SIGNED_AT)

    assert (refused.value.status, refused.value.code) == (403, "InvalidAccessKeyId")


def test_verification_refuses_amz_headers_that_nobody_signed(put_url: str) -> None:
    """An x-amz-acl header beside the signature is 403 AccessDenied."""
    request = arriving("PUT", put_url, {**PUT_HEADERS, "x-amz-acl": "public-read"})

    with pytest.raises(StorageRefusal) as refused:
        verify(request, CREDENTIALS, SIGNED_AT)

    assert (refused.value.status, refused.value.code) == (403, "AccessDenied")


def test_download_link_is_the_same_for_the_same_moment() -> None:
    """Signing the same path twice for one moment gives one URL, so polls show a stable link."""
    storage = Storage(Store(None), Clock(), CREDENTIALS, None)

    links = {storage.sign_get(f"http://{HOST}", "/b/k", SIGNED_AT, 60) for _ in range(2)}

    storage.close()
    assert len(links) == 1
