"""What the rules say of error answers and of the form of all answers."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import Credential

SENT = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "xx"}


def error(code: str) -> dict[str, Any]:
    """A documented error body."""
    return {"error": {"code": code, "message": "no"}}


@pytest.mark.parametrize(
    ("status", "code", "broken"),
    [
        (400, "unsupported_language", set()),
        (422, "unsupported_language", {"unsupported-language-status-is-400"}),
        (422, "invalid_url", {"invalid-url-status-is-400"}),
        (429, "rate_limited", set()),
        (400, "rate_limited", {"rate-limited-status-is-429"}),
        (429, "slow_down", {"too-many-requests-has-code-rate-limited"}),
        (404, "not_found", set()),
    ],
    ids=lambda value: str(value) if not isinstance(value, set) else "",
)
def test_status_and_code_go_together(
    status: int, code: str, broken: set[str], pinch: Any, judged: Any
) -> None:
    """Each code has its status, and 429 its code."""
    pinch("createJob", sent=SENT, status=status, answer=error(code))

    assert judged().failed == {f"pinch.errors.{slug}" for slug in broken}


@pytest.mark.parametrize(
    "reply",
    [b"<html>no</html>", b"{\xe2\x80\x9cerror\xe2\x80\x9d: 1}", b"", b'{"error": NaN}'],
    ids=["html", "typographic-quotes", "empty", "nan"],
)
def test_error_that_is_no_json_is_found(reply: bytes, pinch: Any, judged: Any) -> None:
    """A 4xx whose body is not JSON breaks the promise of an error body."""
    pinch("createJob", sent=SENT, status=400, reply=reply)

    assert "pinch.errors.body-is-a-json-object" in judged().failed


@pytest.mark.parametrize(
    ("operation", "topic"),
    [
        ("createUploadUrl", "upload-url"),
        ("createJob", "create-job"),
        ("listJobs", "list-jobs"),
        ("getJob", "get-job"),
        ("getJobResult", "get-result"),
    ],
)
def test_success_that_is_no_json_is_found(
    operation: str, topic: str, pinch: Any, judged: Any
) -> None:
    """A success whose body is not JSON is found under the id of its operation."""
    pinch(operation, sent={}, status=200, reply=b"OK")

    assert judged().failed == {f"pinch.{topic}.answers-a-json-object"}


@pytest.mark.parametrize("status", [413, 431, 502])
def test_refusal_of_a_gateway_may_be_html(status: int, pinch: Any, judged: Any) -> None:
    """What an HTTP server says by itself is not held to the documented error body."""
    pinch("createJob", sent=SENT, status=status, reply=b"<html></html>")

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("status", "credential", "is_broken"),
    [
        (500, Credential.OWN, True),
        (500, Credential.NONE, True),
        (400, Credential.OWN, False),
        (503, Credential.OWN, False),
    ],
    ids=["bad-language", "no-key", "refused", "unavailable"],
)
def test_client_mistake_answered_as_server_error_is_found(
    status: int, credential: Credential, is_broken: bool, pinch: Any, judged: Any
) -> None:
    """A mistake of the client that leads to a 500 breaks the inferred requirement."""
    pinch("createJob", sent=SENT, status=status, answer=error("x"), credential=credential)

    name = "pinch.errors.client-mistakes-are-no-server-errors"
    assert judged().failed == ({name} if is_broken else set())


def test_json_under_another_label_is_inferred_only(service: Any, pinch: Any, judged: Any) -> None:
    """A JSON answer labelled as text breaks only the inferred label."""
    pinch("createJob", status=400, answer=error("x"), headers={"content-type": "text/plain"})

    assert judged().failed == {"pinch.answers.content-type-is-json"}


@pytest.mark.parametrize(
    ("limited", "others", "reading"),
    [
        ((), ("getJob",), "not-seen"),
        (("createJob",), ("getJob",), "job-creation"),
        (("getJob",), ("listJobs",), "each-operation"),
        (("getJob", "createJob"), (), "every-request"),
    ],
    ids=["not-seen", "job-creation", "each-operation", "every-request"],
)
def test_scope_of_the_rate_limit_is_a_reading(
    limited: tuple[str, ...], others: tuple[str, ...], reading: str, pinch: Any, judged: Any
) -> None:
    """Which requests met the limit is noted."""
    seen = [pinch(name, status=429, answer=error("rate_limited")) for name in limited]
    seen += [pinch(name, answer={}) for name in others]

    assert judged(*seen).readings["pinch.errors.rate-limit-scope"] == {reading}


@pytest.mark.parametrize(
    ("stamp", "zone", "fraction"),
    [
        ("2026-03-05T12:00:00Z", "z", "whole-seconds"),
        ("2026-03-05T12:00:00.5+00:00", "offset", "fractional-seconds"),
        ("2026-03-05T12:00:00", "none", "whole-seconds"),
    ],
    ids=["z", "offset", "none"],
)
def test_notation_of_timestamps_is_a_reading(
    stamp: str, zone: str, fraction: str, service: Any, judged: Any
) -> None:
    """Zone and fraction of timestamps are noted."""
    service.create(created_at=stamp)

    readings = judged().readings

    assert readings["pinch.answers.timestamp-zone"] == {zone}
    assert readings["pinch.answers.timestamp-fraction"] == {fraction}
    assert readings["pinch.answers.whole-numbers"] == {"whole"}


def test_null_and_absent_fields_are_a_reading(service: Any, judged: Any) -> None:
    """Whether empty fields are null is noted."""
    service.see("pending", 1)

    assert judged().readings["pinch.answers.null-or-absent"] == {"null"}


@pytest.mark.parametrize(
    ("status", "reply", "url"),
    [
        pytest.param(400, b"<h1>Bad Request</h1>", "/api/dubbing/jobs/%0D", id="odd-path"),
        pytest.param(415, b'{"error": "Unsupported"}', "/api/dubbing/jobs/x", id="framework"),
    ],
)
def test_refusal_in_front_of_the_application_breaks_nothing(
    status: int, reply: bytes, url: str, pinch: Any, judged: Any
) -> None:
    """What is refused before it is routed is refused in the server's own words."""
    pinch("getJob", status=status, reply=reply, url=url, ids={"id": "x"})

    assert judged().failed == set()
