"""createAsset: its body as a whole, its path, and what the plain creation promises."""

from __future__ import annotations

import json

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets.panjaya import ASSETS, StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of

from .examination import judge_plain
from .subjects import Plain, Subject

TOPIC = "panjaya.create-asset"
MAY_BE_ABSENT = ("speakers-count-may-be-absent", "lips-model-may-be-absent")
CREATED = pytest.mark.parametrize("subject", ["create-asset"], indirect=True)
JSON = {"Content-Type": "application/json"}


@pytest.mark.judges(
    f"{TOPIC}.minimal-request-is-accepted", *(f"{TOPIC}.{fact}" for fact in MAY_BE_ABSENT)
)
def test_plain_creation_is_accepted(
    plain_create: Plain, reception: Reception, evidence: Evidence
) -> None:
    """A request with only the four required fields is accepted."""
    judge_plain("create-asset", plain_create, MAY_BE_ABSENT, reception, evidence)


@pytest.mark.judges(f"{TOPIC}.asset-ids-are-distinct")
@CREATED
def test_equal_creations_make_two_assets(subject: Subject, evidence: Evidence) -> None:
    """The same request sent twice makes two assets; that their ids differ, a rule judges."""
    answers = (subject.answer(), subject.answer())

    if None in map(asset_id_of, answers):
        reason = "two equal requests were not both answered with an id"
        evidence.unjudged(f"{TOPIC}.asset-ids-are-distinct", reason, *answers)


@pytest.mark.judges(f"{TOPIC}.malformed-json-is-refused")
@CREATED
@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-1], lambda _: "name=Dubcheck"], ids=["cut", "form"]
)
def test_body_that_is_no_json_is_refused(
    spoil: object, subject: Subject, studio: StudioApi, reception: Reception
) -> None:
    """A body that is no JSON is refused."""
    content = spoil(json.dumps(subject.body)).encode()

    answer = studio.send("POST", ASSETS, content=content, headers=JSON)

    reception.refused(f"{TOPIC}.malformed-json-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.non-object-body-is-refused")
@CREATED
@pytest.mark.parametrize(
    "wrap",
    [lambda body: [body], lambda _: "Dubcheck", lambda _: 7, lambda _: None],
    ids=["list", "text", "number", "null"],
)
def test_body_that_is_no_object_is_refused(
    wrap: object, subject: Subject, studio: StudioApi, reception: Reception
) -> None:
    """A JSON body that is not an object is refused."""
    content = json.dumps(wrap(subject.body)).encode()

    answer = studio.send("POST", ASSETS, content=content, headers=JSON)

    reception.refused(f"{TOPIC}.non-object-body-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.path-without-slash")
@CREATED
def test_path_without_slash_is_noted(
    subject: Subject, studio: StudioApi, evidence: Evidence
) -> None:
    """/v1/assets answers as with the slash, redirects there, or is not found."""
    question = f"{TOPIC}.path-without-slash"

    answer = studio.send("POST", ASSETS.rstrip("/"), json=subject.body)

    if answer.exchange.redirects or answer.status in (301, 302, 307, 308):
        evidence.reads(question, "redirect", answer)
    elif answer.succeeded:
        evidence.reads(question, "same-answer", answer)
    elif answer.status in (404, 405):
        evidence.reads(question, "not-found", answer)
    else:
        evidence.unjudged(question, f"answered with {answer.status}", answer)
