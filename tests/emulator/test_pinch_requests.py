"""What Pinch accepts and refuses before anything is dubbed."""

from __future__ import annotations

import httpx
import pytest
from tests.emulator.conftest import PinchCustomer

SOURCE = "https://cdn.example.com/video.mp4"
VALID = {"source_url": SOURCE, "target_lang": "es"}
OPERATIONS = [
    pytest.param("POST", "/api/dubbing/upload-url", id="upload-url"),
    pytest.param("POST", "/api/dubbing/jobs", id="create"),
    pytest.param("GET", "/api/dubbing/jobs", id="list"),
    pytest.param("GET", "/api/dubbing/jobs/dub_1", id="get"),
    pytest.param("GET", "/api/dubbing/jobs/dub_1/result", id="result"),
]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error in Pinch's form."""
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    assert isinstance(content["error"]["message"], str)
    return answer.status_code, content["error"]["code"]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(None, id="none"),
        pytest.param("Bearer", id="scheme-only"),
        pytest.param("Bearer pk_unknown", id="unknown"),
        pytest.param("Basic cGtfZW11bGF0b3I=", id="other-scheme"),
        pytest.param("pk_emulator", id="key-only"),
        pytest.param("Bearer pk_emulator extra", id="two-tokens"),
        pytest.param("Bearer panjaya-emulator", id="other-service"),
    ],
)
def test_every_operation_refuses_what_is_no_key(
    customer: PinchCustomer, method: str, path: str, authorization: str | None
) -> None:
    """Without a known bearer key each operation is 401 unauthorized, whatever else is wrong."""
    headers = {"authorization": authorization} if authorization else {}

    answer = httpx.request(method, customer.server.url + path, headers=headers, content=b"{")

    assert refusal(answer) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"target_lang": "es"}, "invalid_request", id="no-source"),
        pytest.param({"source_url": SOURCE}, "invalid_request", id="no-target"),
        pytest.param({**VALID, "source_url": "not a url"}, "invalid_url", id="no-url"),
        pytest.param({**VALID, "source_url": ""}, "invalid_url", id="empty-url"),
        pytest.param({**VALID, "source_url": 5}, "invalid_url", id="url-a-number"),
        pytest.param({**VALID, "source_url": "ftp://a.example/b"}, "invalid_url", id="ftp"),
        pytest.param({**VALID, "source_url": "http://127.0.0.1/a"}, "invalid_url", id="loopback"),
        pytest.param({**VALID, "source_url": "http://10.0.0.1/a"}, "invalid_url", id="private"),
        pytest.param({**VALID, "target_lang": "xx"}, "unsupported_language", id="target"),
        pytest.param({**VALID, "target_lang": "auto"}, "unsupported_language", id="target-auto"),
        pytest.param({**VALID, "target_lang": "ES"}, "unsupported_language", id="upper-case"),
        pytest.param({**VALID, "source_lang": "nl"}, "unsupported_language", id="source"),
        pytest.param({**VALID, "source_lang": None}, "unsupported_language", id="source-null"),
        pytest.param({**VALID, "reduce_accent": "yes"}, "invalid_request", id="accent-text"),
        pytest.param({**VALID, "translation_lag_time": -0.1}, "invalid_request", id="lag-below"),
        pytest.param({**VALID, "translation_lag_time": 3.1}, "invalid_request", id="lag-above"),
        pytest.param({**VALID, "translation_lag_time": True}, "invalid_request", id="lag-true"),
        pytest.param({**VALID, "translation_lag_time": "1"}, "invalid_request", id="lag-text"),
        pytest.param({**VALID, "original_speech_volume": 1.1}, "invalid_request", id="volume"),
        pytest.param([], "invalid_request", id="array"),
        pytest.param(None, "invalid_request", id="null"),
    ],
)
def test_create_refuses_a_wrong_body(customer: PinchCustomer, body: object, code: str) -> None:
    """Each wrong field is 400 with the code of its kind."""
    answer = customer.http.post("/api/dubbing/jobs", json=body)

    assert refusal(answer) == (400, code)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="required-only"),
        pytest.param({"translation_lag_time": 0}, id="lag-0"),
        pytest.param({"translation_lag_time": 3.0}, id="lag-3"),
        pytest.param({"original_speech_volume": 1}, id="volume-1"),
        pytest.param({"reduce_accent": True, "source_lang": "en"}, id="accent"),
        pytest.param({"watermark": False}, id="unknown-field"),
    ],
)
def test_create_accepts_every_documented_option(
    customer: PinchCustomer, options: dict[str, object]
) -> None:
    """Values at the documented bounds and unknown fields give 201 and a pending job."""
    answer = customer.http.post("/api/dubbing/jobs", json={**VALID, **options})

    content = answer.json()
    assert answer.status_code == 201
    assert content["status"] == "pending"
    assert content["limits"] == {"max_duration_sec": 600, "max_file_size_bytes": 500_000_000}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"content_type": "video/mp4"}, id="no-filename"),
        pytest.param({"filename": "", "content_type": "video/mp4"}, id="empty-filename"),
        pytest.param({"filename": "a.mp4"}, id="no-type"),
        pytest.param({"filename": "a.mp4", "content_type": "mp4"}, id="no-mime-type"),
        pytest.param({"filename": "a.mp4", "content_type": "a/b\r\nx: y"}, id="line-break"),
    ],
)
def test_upload_url_refuses_a_wrong_body(customer: PinchCustomer, body: object) -> None:
    """Both fields are required, the type must be a MIME type: 400 otherwise."""
    answer = customer.http.post("/api/dubbing/upload-url", json=body)

    assert refusal(answer) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        pytest.param(b"{", "application/json", id="broken"),
        pytest.param(b"", "application/json", id="empty"),
        pytest.param(b"\xff\xfe", "application/json", id="no-utf8"),
        pytest.param(b'{"a":' * 100_000, "application/json", id="deep"),
        pytest.param(b'{"source_url": "\\ud800"}', "application/json", id="lone-surrogate"),
        pytest.param(b'{"source_url": 1e999}', "application/json", id="infinite"),
        pytest.param(b"{}", "text/plain", id="other-type"),
    ],
)
def test_create_refuses_what_is_not_json(
    customer: PinchCustomer, content: bytes, content_type: str
) -> None:
    """A body that is no JSON object is 400 in Pinch's form."""
    answer = customer.http.post(
        "/api/dubbing/jobs", content=content, headers={"content-type": content_type}
    )

    assert refusal(answer)[0] == 400


def test_create_refuses_a_body_over_one_mebibyte(customer: PinchCustomer) -> None:
    """A JSON body of more than 1 MiB is 413."""
    answer = customer.http.post("/api/dubbing/jobs", json={**VALID, "x": "y" * (1 << 20)})

    assert refusal(answer) == (413, "payload_too_large")


def test_create_refuses_an_account_without_money(customer: PinchCustomer) -> None:
    """The poor key gets 402 insufficient_balance for a valid job."""
    poor = PinchCustomer(customer.server, customer.server.settings.pinch_poor_key)

    answer = poor.http.post("/api/dubbing/jobs", json=VALID)

    assert refusal(answer) == (402, "insufficient_balance")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        pytest.param("GET", "/api/dubbing/nothing", 404, None, id="unknown-path"),
        pytest.param("GET", "/api/dubbing/jobs/", 404, None, id="empty-id"),
        pytest.param("DELETE", "/api/dubbing/jobs", 405, "GET, POST", id="jobs"),
        pytest.param("PUT", "/api/dubbing/jobs/dub_1", 405, "GET", id="job"),
        pytest.param("GET", "/api/dubbing/upload-url", 405, "POST", id="upload-url"),
    ],
)
def test_unknown_paths_and_methods_get_pinchs_error(
    customer: PinchCustomer, method: str, path: str, status: int, allow: str | None
) -> None:
    """Unknown paths are 404, other methods 405 with Allow, both in Pinch's form."""
    answer = customer.http.request(method, path)

    assert refusal(answer)[0] == status
    assert answer.headers.get("allow") == allow
