"""Errors of no single field: unknown paths, methods that a path lacks, input beyond all sense."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import ASSETS, UPLOAD, StudioApi
from dubcheck.targets.receptions import is_silence, told
from dubcheck.targets.staging import Staged

from .subjects import Subject

TOPIC = "panjaya.errors"
JSON = {"Content-Type": "application/json"}
# What is invalid in a way that no other entry of the catalogue names.
SENSELESS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "half-a-letter": ("POST", ASSETS, {"content": b'{"name": "\xc3"}', "headers": JSON}),
    "deeply-nested": ("POST", ASSETS, {"content": b"[" * 20_000, "headers": JSON}),
    "no-body": ("POST", ASSETS, {"content": b"", "headers": JSON}),
    "text-type": (
        "POST",
        ASSETS,
        {"content": b"Dubcheck", "headers": {"Content-Type": "text/plain"}},
    ),
    "no-boundary": (
        "POST",
        UPLOAD,
        {"content": b"Dubcheck", "headers": {"Content-Type": "multipart/form-data"}},
    ),
    "cut-form": (
        "POST",
        UPLOAD,
        {
            "content": b'--cut\r\nContent-Disposition: form-data; name="video"\r\n\r\nabc',
            "headers": {"Content-Type": "multipart/form-data; boundary=cut"},
        },
    ),
    "odd-id": ("GET", f"{ASSETS}%00%ff%F0%9F%8E%AC", {}),
}


@pytest.mark.judges(f"{TOPIC}.unknown-path-is-404")
@pytest.mark.parametrize(
    "path",
    ["/v1/dubcheck-no-such-path", "/v1/assets/a/dubcheck-no-such-path"],
    ids=["top", "asset"],
)
def test_unknown_path_is_404(path: str, studio: StudioApi, reception: Reception) -> None:
    """A path that the API does not have is answered with 404."""
    answer = studio.send("GET", path)

    message = "an unknown path is not answered with 404"
    reception.answered_with(f"{TOPIC}.unknown-path-is-404", answer, 404, message)


@pytest.mark.judges(f"{TOPIC}.wrong-method-is-refused", f"{TOPIC}.wrong-method-is-405")
@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", ASSETS), ("PUT", UPLOAD)], ids=["assets", "upload"]
)
def test_wrong_method_is_refused(
    method: str, path: str, studio: StudioApi, evidence: Evidence
) -> None:
    """A method that a path does not have is refused, with 405."""
    answer = studio.send(method, path, json={})

    if is_silence(answer) or answer.status == 429:
        evidence.unjudged(f"{TOPIC}.wrong-method-is-refused", told(answer), answer)
        return
    refused = evidence.holds(
        f"{TOPIC}.wrong-method-is-refused",
        400 <= (answer.status or 0) <= 499,
        answer,
        message="a method that the path does not have is not refused",
        expected="a 4xx status",
        actual=told(answer),
    )
    if refused:
        evidence.equals(
            f"{TOPIC}.wrong-method-is-405",
            answer.status,
            405,
            answer,
            message="refused with another status",
        )


@pytest.mark.judges(f"{TOPIC}.invalid-input-is-no-server-error")
@pytest.mark.parametrize(("method", "path", "content"), SENSELESS.values(), ids=SENSELESS)
def test_senseless_input_is_no_server_error(
    method: str, path: str, content: dict[str, Any], studio: StudioApi, evidence: Evidence
) -> None:
    """Input that makes no sense at all is no reason for a 5xx answer."""
    answer: Answer = studio.send(method, path, **content)

    if answer.status is None or (is_silence(answer) and not studio.is_reachable()):
        evidence.unjudged(f"{TOPIC}.invalid-input-is-no-server-error", told(answer), answer)
        return
    evidence.holds(
        f"{TOPIC}.invalid-input-is-no-server-error",
        answer.status < 500,
        answer,
        message="invalid input is answered as a failure of the service",
        expected="a refusal",
        actual=told(answer),
    )


@pytest.mark.judges(f"{TOPIC}.account-limit-is-403")
@pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)
def test_account_limit_is_403(
    subject: Subject, video: Sample, studio: StudioApi, staged: Staged, evidence: Evidence
) -> None:
    """An upload beyond the limits of the account is refused with 403.

    Only the embedded emulator can be told that a limit is reached.
    """
    requirement = f"{TOPIC}.account-limit-is-403"
    assert staged.control_url is not None  # whoever lacks it was skipped

    answer = studio.upload(subject.body, video, headers={"X-Emulator-Fault": "account-limit"})

    if answer.succeeded:
        evidence.unjudged(requirement, "the limit was not reached", answer)
        return
    evidence.equals(
        requirement, answer.status, 403, answer, message="a limit is told with another status"
    )
