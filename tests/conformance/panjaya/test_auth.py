"""Authentication on every operation: without a header, with a malformed one, with a wrong key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from dubcheck.exchange import Credential, near_misses
from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of, version_ids_of
from dubcheck.targets.receptions import told

from .conftest import leave_if
from .subjects import Plain, ReadyAssets

# Each would succeed with the right key.
OPERATIONS = (
    "create-asset",
    "upload-asset",
    "get-asset",
    "list-assets",
    "add-languages",
    "get-version",
    "revise-version",
)
ADDITION = {"languages": [{"locale": "fr-FR"}]}
WITHOUT_KEY = "without-key-is-401"
MALFORMED = "with-malformed-header-is-401"
WRONG_KEY = "with-wrong-key-is-401"
Call = Callable[..., Answer]


@pytest.fixture(scope="module")
def calls(
    studio: StudioApi,
    plain_create: Plain,
    plain_upload: Plain,
    ready_assets: ReadyAssets,
    video: Sample,
) -> dict[str, Call | None]:
    """One valid request per operation; None where there is nothing to ask it of."""
    asset_id = ready_assets.take()
    found: Any = studio.get_asset(asset_id) if asset_id else None
    version_id = next(iter(version_ids_of(found)), None) if found else None
    created = asset_id or asset_id_of(plain_upload.first)
    upload = plain_upload.asset.body
    return {
        "create-asset": lambda **key: studio.create(plain_create.asset.body, **key),
        "upload-asset": lambda **key: studio.upload(upload, video, **key),
        "list-assets": studio.list_assets,
        "get-asset": created and (lambda **key: studio.get_asset(created, **key)),
        "add-languages": created and (lambda **key: studio.add_languages(created, ADDITION, **key)),
        "get-version": version_id and (lambda **key: studio.get_version(version_id, **key)),
        "revise-version": version_id and (lambda **key: studio.revise(version_id, {}, **key)),
    }


def _credentials(studio: StudioApi) -> list[tuple[str, dict[str, Any]]]:
    """Every header that no service may take for a key, and the kind that it is of."""
    own = studio.client.target.key
    spoilt = ("Basic ZHViY2hlY2s6ZHViY2hlY2s=", own, f"Token {own}")
    return [
        (WITHOUT_KEY, {"credential": Credential.NONE}),
        (WRONG_KEY, {"credential": Credential.WRONG}),
        (MALFORMED, {"credential": Credential.MALFORMED}),
        *(
            (MALFORMED, {"credential": Credential.MALFORMED, "headers": {"Authorization": header}})
            for header in spoilt
        ),
    ]


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(
            operation,
            id=operation,
            marks=pytest.mark.judges(
                *(
                    f"panjaya.auth.{operation}-{kind}"
                    for kind in (WITHOUT_KEY, MALFORMED, WRONG_KEY)
                )
            ),
        )
        for operation in OPERATIONS
    ],
)
def test_operation_refuses_whoever_has_no_key(
    operation: str,
    calls: dict[str, Call | None],
    studio: StudioApi,
    lanes: int,
    request: pytest.FixtureRequest,
    evidence: Evidence,
) -> None:
    """A request without a header, with a malformed one or with a wrong key is refused with 401."""
    call = calls[operation]
    served = call is not None and (operation != "list-assets" or studio.list_assets().succeeded)
    leave_if(request.node, None if served else "there is nothing to ask it of", evidence)

    keys = _credentials(studio)
    with ThreadPoolExecutor(lanes) as sending:
        answers = list(sending.map(lambda item: call(**item[1]), keys))

    judge_denials(operation, [kind for kind, _ in keys], answers, evidence)


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(name, id=name, marks=pytest.mark.judges(f"panjaya.auth.{name}-{WRONG_KEY}"))
        for name in ("create-asset", "get-asset")
    ],
)
def test_operation_refuses_a_key_that_is_almost_right(
    operation: str,
    calls: dict[str, Call | None],
    studio: StudioApi,
    lanes: int,
    request: pytest.FixtureRequest,
    evidence: Evidence,
) -> None:
    """A key without its prefix, in other letter case, or one character off is refused with 401."""
    call = calls[operation]
    leave_if(request.node, None if call else "there is nothing to ask it of", evidence)
    keys = _near_misses(studio)

    with ThreadPoolExecutor(lanes) as sending:
        answers = list(sending.map(lambda options: call(**options), keys.values()))

    for fault, answer in zip(keys, answers, strict=True):
        sent = f"with the own key {fault}"
        _judge_denial(f"panjaya.auth.{operation}-{WRONG_KEY}", answer, evidence, sent)


def _near_misses(studio: StudioApi) -> dict[str, dict[str, Any]]:
    """How to send each wrong key that is almost the own one, and that nobody of the run has."""
    target = studio.client.target
    return {
        fault: {
            "credential": Credential.WRONG,
            "headers": {"Authorization": f"Bearer {key}"},
            "intent": f"the own key {fault}",
        }
        for fault, key in near_misses(target.key).items()
        if key not in target.secrets
    }


def judge_denials(
    operation: str, kinds: Sequence[str], answers: Sequence[Answer], evidence: Evidence
) -> None:
    """Each answer must be 401."""
    for kind, answer in zip(kinds, answers, strict=True):
        _judge_denial(f"panjaya.auth.{operation}-{kind}", answer, evidence)


def _judge_denial(
    requirement: str, answer: Answer, evidence: Evidence, sent: str = "without a valid key"
) -> None:
    if answer.status is None or answer.status in (429, 502, 503, 504):
        evidence.unjudged(requirement, f"the service did not judge the key: {told(answer)}")
        return
    evidence.holds(
        requirement,
        answer.status == 401,
        answer,
        message=f"a request {sent} is not refused with 401",
        expected=401,
        actual=told(answer),
    )


@pytest.mark.judges("panjaya.auth.scheme-in-lower-case")
def test_scheme_in_lower_case_is_noted(
    calls: dict[str, Call | None], studio: StudioApi, evidence: Evidence
) -> None:
    """The word bearer in small letters is accepted or refused."""
    headers = {"Authorization": f"bearer {studio.client.target.key}"}

    answer = (calls["get-asset"] or calls["list-assets"])(
        credential=Credential.UNKNOWN, headers=headers
    )

    if answer.succeeded or answer.status == 401:
        reading = "accepted" if answer.succeeded else "refused"
        evidence.reads("panjaya.auth.scheme-in-lower-case", reading, answer)
    else:
        evidence.unjudged("panjaya.auth.scheme-in-lower-case", f"answered with {told(answer)}")
