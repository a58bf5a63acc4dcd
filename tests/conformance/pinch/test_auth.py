"""Authentication on each operation: without a header, without a token, with a wrong key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from dubcheck.exchange import Credential, near_misses
from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.rules.made_up_answers import FOREIGN_JOB
from dubcheck.targets import Answer
from dubcheck.targets.pinch import DubbingApi, PlainJob, job_id_of
from dubcheck.targets.receptions import told

KINDS = {
    "missing-header": Credential.NONE,
    "malformed-header": Credential.MALFORMED,
    "wrong-key": Credential.WRONG,
}
CODES = {
    "missing-header": "pinch.auth.missing-key-has-code-unauthorized",
    "malformed-header": "pinch.auth.missing-key-has-code-unauthorized",
    "wrong-key": "pinch.auth.wrong-key-has-code-unauthorized",
}
# Each would succeed, or be refused for another reason, with the right key.
OPERATIONS: dict[str, Callable[[DubbingApi, PlainJob, Credential], Answer]] = {
    "upload-url": lambda api, _, key: api.ask_upload_url("video.mp4", "video/mp4", credential=key),
    "create-job": lambda api, job, key: api.create_job(job.body, credential=key),
    "list-jobs": lambda api, _, key: api.list_jobs(credential=key),
    "get-job": lambda api, job, key: api.get_job(_id(job), credential=key),
    "get-result": lambda api, job, key: api.get_result(_id(job), credential=key),
}

ALMOST: dict[str, Callable[[DubbingApi, PlainJob, dict[str, Any]], Answer]] = {
    "create-job": lambda api, job, options: api.create_job(job.body, **options),
    "list-jobs": lambda api, _, options: api.list_jobs(**options),
}


AFTERWARDS: dict[str, Callable[[DubbingApi, PlainJob, dict[str, Any]], Answer]] = {
    "list-jobs": lambda api, _, options: api.list_jobs(**options),
    "get-job": lambda api, job, options: api.get_job(_id(job), **options),
    "get-result": lambda api, job, options: api.get_result(_id(job), **options),
}
NO_BEARER = {"no scheme": "", "the scheme Token": "Token ", "the scheme Basic": "Basic "}


def _cases() -> list[Any]:
    cases = []
    for operation in OPERATIONS:
        for kind in KINDS:
            requirement = f"pinch.auth.{operation}-refuses-{kind}"
            marks = pytest.mark.judges(requirement)
            name = f"{operation}-{kind}"
            cases.append(pytest.param(operation, kind, requirement, id=name, marks=marks))
    return cases


@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize(("operation", "kind", "requirement"), _cases())
def test_operation_refuses_credential(
    operation: str,
    kind: str,
    requirement: str,
    dubbing: DubbingApi,
    plain_job: PlainJob,
    request: pytest.FixtureRequest,
    evidence: Evidence,
) -> None:
    """Each operation refuses a missing header, a header without a token and a wrong key."""
    answer = OPERATIONS[operation](dubbing, plain_job, KINDS[kind])

    if operation == "get-result" and answer.status != 401:
        # Before there is a result, its owner is refused as well.
        finished = request.getfixturevalue("finished_job")
        if finished is None or finished.field("status") != "completed":
            evidence.unjudged(requirement, "the job has no result that could be refused", answer)
            return
        answer = OPERATIONS[operation](dubbing, plain_job, KINDS[kind])
    _judge_denial(requirement, CODES[kind], answer, evidence)


@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize(
    ("operation", "requirement"),
    [
        pytest.param(name, requirement, id=name, marks=pytest.mark.judges(requirement))
        for name, requirement in (
            (name, f"pinch.auth.{name}-refuses-wrong-key") for name in ("create-job", "list-jobs")
        )
    ],
)
def test_operation_refuses_a_key_that_is_almost_right(
    operation: str,
    requirement: str,
    dubbing: DubbingApi,
    plain_job: PlainJob,
    evidence: Evidence,
) -> None:
    """A key without its prefix, in other letter case, or one character off lets nobody in."""
    keys = _near_misses(dubbing)

    answers = [ALMOST[operation](dubbing, plain_job, options) for options in keys]

    for answer in answers:
        _judge_denial(requirement, CODES["wrong-key"], answer, evidence)


def _near_misses(dubbing: DubbingApi) -> list[dict[str, Any]]:
    """How to send each wrong key that is almost the own one, and that nobody of the run has."""
    target = dubbing.client.target
    return [
        {
            "credential": Credential.WRONG,
            "headers": {"Authorization": f"Bearer {key}"},
            "intent": f"the own key {fault}",
        }
        for fault, key in near_misses(target.key).items()
        if key not in target.secrets
    ]


@pytest.mark.judges("pinch.auth.list-jobs-refuses-malformed-header")
def test_list_refuses_another_scheme(dubbing: DubbingApi, evidence: Evidence) -> None:
    """An Authorization header of another scheme than Bearer lets nobody in."""
    headers = {"Authorization": "Basic ZHViY2hlY2s6ZHViY2hlY2s="}

    answer = dubbing.list_jobs(credential=Credential.MALFORMED, headers=headers)

    _judge_denial("pinch.auth.list-jobs-refuses-malformed-header", None, answer, evidence)


@pytest.mark.usefixtures("job_body")
@pytest.mark.judges(*(f"pinch.auth.{operation}-refuses-wrong-key" for operation in AFTERWARDS))
def test_wrong_key_is_refused_after_a_right_one(
    dubbing: DubbingApi, plain_job: PlainJob, evidence: Evidence, explore: Explorer
) -> None:
    """What the right key has just been shown, a wrong one is not."""

    def send(operation: str) -> None:
        AFTERWARDS[operation](dubbing, plain_job, {})
        answer = AFTERWARDS[operation](dubbing, plain_job, {"credential": Credential.WRONG})
        _judge_denial(f"pinch.auth.{operation}-refuses-wrong-key", None, answer, evidence)

    explore(st.sampled_from(sorted(AFTERWARDS)), send)


@pytest.mark.usefixtures("job_body")
@pytest.mark.judges(*(f"pinch.auth.{operation}-refuses-malformed-header" for operation in ALMOST))
def test_own_key_without_the_scheme_is_refused(
    dubbing: DubbingApi, plain_job: PlainJob, evidence: Evidence, explore: Explorer
) -> None:
    """The own key alone, or after the name of another scheme, is no Bearer token."""

    def send(case: tuple[str, str]) -> None:
        operation, fault = case
        options = {
            "credential": Credential.MALFORMED,
            "headers": {"Authorization": NO_BEARER[fault] + dubbing.client.target.key},
            "intent": f"the own key with {fault}",
        }
        answer = ALMOST[operation](dubbing, plain_job, options)
        _judge_denial(f"pinch.auth.{operation}-refuses-malformed-header", None, answer, evidence)

    explore(st.tuples(st.sampled_from(sorted(ALMOST)), st.sampled_from(sorted(NO_BEARER))), send)


@pytest.mark.judges("pinch.auth.bearer-token-is-accepted")
@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_bearer_token_is_let_in(
    operation: str, dubbing: DubbingApi, plain_job: PlainJob, evidence: Evidence
) -> None:
    """A valid token in `Authorization: Bearer` is enough for each operation."""
    answer = OPERATIONS[operation](dubbing, plain_job, Credential.OWN)

    evidence.holds(
        "pinch.auth.bearer-token-is-accepted",
        answer.status != 401 and answer.field("error", "code") != "unauthorized",
        answer,
        message=f"a valid token is refused by {operation}",
        expected="no refusal of the token",
        actual=told(answer),
    )


@pytest.mark.judges("pinch.auth.scheme-letter-case")
def test_scheme_letter_case_is_noted(dubbing: DubbingApi, evidence: Evidence) -> None:
    """The word Bearer in small letters is either understood or refused."""
    headers = {"Authorization": f"bearer {dubbing.client.target.key}"}

    answer = dubbing.list_jobs(credential=Credential.UNKNOWN, headers=headers)

    reading = "ignores-case" if answer.succeeded else "exact-case"
    evidence.reads("pinch.auth.scheme-letter-case", reading, answer)


@pytest.mark.judges("pinch.auth.other-accounts-job-is-hidden")
@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize(
    "operation", [DubbingApi.get_job, DubbingApi.get_result], ids=["get-job", "get-result"]
)
def test_other_accounts_job_is_hidden(
    operation: Callable[..., Answer],
    dubbing: DubbingApi,
    plain_job: PlainJob,
    reception: Reception,
) -> None:
    """The key of another account cannot read a job."""
    answer = operation(dubbing, _id(plain_job), credential=Credential.POOR, intent=FOREIGN_JOB)

    reception.refused("pinch.auth.other-accounts-job-is-hidden", answer)


def _id(job: PlainJob) -> str:
    assert job.answer is not None  # job_body has gone before
    return job_id_of(job.answer) or "dubcheck-no-such-job"


def _judge_denial(
    requirement: str, code_requirement: str | None, answer: Answer, evidence: Evidence
) -> None:
    if answer.status is None or answer.status == 429 or answer.status in (502, 503, 504):
        evidence.unjudged(requirement, f"the service did not judge the key: {told(answer)}")
        return
    denied = evidence.holds(
        requirement,
        400 <= answer.status <= 499,
        answer,
        message="a request without a valid token is not refused",
        expected="a 4xx status",
        actual=told(answer),
    )
    if not denied:
        return
    evidence.equals(
        "pinch.auth.refusal-status-is-401",
        answer.status,
        401,
        answer,
        message="a refused token is answered with another status",
    )
    code = answer.field("error", "code")
    if code_requirement is not None and isinstance(code, str):
        evidence.equals(
            code_requirement,
            code,
            "unauthorized",
            answer,
            message="a refused token is told with another code",
        )
