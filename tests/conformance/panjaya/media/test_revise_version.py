"""reviseVersion: which versions take a revision, what it takes, and what it leaves.

Revisions of versions with a final video, or that failed, are test_revise_generated.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dubcheck.exchange import Credential
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi, version_path
from dubcheck.targets.receptions import is_refusal, told

from ..conftest import leave_if
from ..strangers import answer_to_stranger
from .batch import AssetBatch
from .orders import SEVERAL
from .versions import ENOUGH_CERTAIN, UNKNOWN_VERSION, WITH_ADDRESS, early_revisions

TOPIC = "panjaya.revise-version"


@dataclass(frozen=True, slots=True)
class Editable:
    """A version that is ReadyToEdit, the answers to its first revisions, and how it was after.

    The second revision asks for an address in the studio; `again`, where that is refused, does not.
    """

    version_id: str
    emptily: Answer
    with_address: Answer
    after: Answer
    again: Answer | None = None

    @property
    def takes_revisions(self) -> bool:
        """Whether any of them was accepted."""
        return self.emptily.succeeded or self.with_address.succeeded


@pytest.fixture(scope="module")
def first_revisions(batch: AssetBatch, studio: StudioApi) -> Editable | None:
    """A version revised twice, or None where none became ready to be edited."""
    version_ids = batch.asset("several languages").version_ids(SEVERAL[0])
    version = studio.wait_for_version(version_ids[0]) if version_ids else None
    if version is None or version.field("status") != "ReadyToEdit":
        return None
    emptily = studio.revise(version_ids[0], {})
    with_address = studio.revise(version_ids[0], WITH_ADDRESS)
    after = studio.get_version(version_ids[0])
    # What the asset and its other versions keep, rules judge.
    studio.get_asset(str(batch.asset("several languages").asset_id))
    for version_id in batch.asset("several languages").version_ids(SEVERAL[1])[:1]:
        studio.get_version(version_id)
    # Is it what was asked for that is refused, or any second revision?
    is_doubtful = emptily.succeeded and is_refusal(with_address)
    again = studio.revise(version_ids[0], {}) if is_doubtful else None
    return Editable(version_ids[0], emptily, with_address, after, again)


@pytest.fixture
def editable(
    request: pytest.FixtureRequest, first_revisions: Editable | None, evidence: Evidence
) -> Editable:
    """A version that became ready to be edited."""
    obstacle = None if first_revisions else "no version became ready to be edited"
    leave_if(request.node, obstacle, evidence)
    assert first_revisions is not None  # else the probe was left
    return first_revisions


@pytest.fixture
def revised(request: pytest.FixtureRequest, editable: Editable, evidence: Evidence) -> Editable:
    """A version that takes revisions."""
    obstacle = None if editable.takes_revisions else "a version ready to be edited is not revised"
    leave_if(request.node, obstacle, evidence)
    return editable


@pytest.mark.judges(f"{TOPIC}.ready-version-is-revised", f"{TOPIC}.empty-object-is-accepted")
def test_ready_version_is_revised(
    editable: Editable, reception: Reception, evidence: Evidence
) -> None:
    """A version that is ReadyToEdit takes revisions, also with an empty object as their body."""
    if editable.takes_revisions:
        reception.accepted(f"{TOPIC}.empty-object-is-accepted", editable.emptily)
        accepted = editable.emptily if editable.emptily.succeeded else editable.with_address
        is_ready = editable.after.field("status") == "ReadyToEdit"
        again = editable.again if is_ready else None
        reception.accepted(f"{TOPIC}.ready-version-is-revised", again or accepted)
    else:
        reason = "no revision at all is accepted"
        evidence.unjudged(f"{TOPIC}.empty-object-is-accepted", reason, editable.emptily)
        reception.accepted(f"{TOPIC}.ready-version-is-revised", editable.emptily)


@pytest.mark.judges(f"{TOPIC}.ready-version-is-revised")
@pytest.mark.parametrize("locale", SEVERAL[1:])
@pytest.mark.usefixtures("revised")
def test_version_of_a_later_language_is_revised(
    locale: str, batch: AssetBatch, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """The versions of the second and third language take revisions as that of the first does."""
    requirement = f"{TOPIC}.ready-version-is-revised"
    version_ids = batch.asset("several languages").version_ids(locale)
    version = studio.wait_for_version(version_ids[0]) if version_ids else None

    if version is None or version.field("status") != "ReadyToEdit":
        evidence.unjudged(requirement, "its version is not ready to be edited")
        return
    reception.accepted(requirement, studio.revise(version_ids[0], {}))


@pytest.mark.judges(f"{TOPIC}.success-status-is-200", f"{TOPIC}.status-becomes-ready-to-edit")
def test_revised_version_is_ready_to_edit(revised: Editable, evidence: Evidence) -> None:
    """After a revision the version is ReadyToEdit; its status 200, a rule judges."""
    requirement = f"{TOPIC}.status-becomes-ready-to-edit"

    if not revised.after.succeeded:
        evidence.unjudged(requirement, f"{told(revised.after)} to getVersion", revised.after)
        return
    evidence.equals(
        requirement,
        revised.after.field("status"),
        "ReadyToEdit",
        revised.emptily,
        revised.after,
        message="a revised version is not ready to be edited",
    )


@pytest.mark.judges(f"{TOPIC}.requested-studio-url-is-given")
def test_requested_studio_url_is_given(revised: Editable, evidence: Evidence) -> None:
    """With an empty object as `studio_url_request` the answer has an address, a rule judges."""
    if not revised.with_address.succeeded:
        reason = f"{told(revised.with_address)}: what the request may hold is not documented"
        evidence.unjudged(f"{TOPIC}.requested-studio-url-is-given", reason, revised.with_address)


@pytest.mark.judges(f"{TOPIC}.null-studio-url-request")
def test_null_studio_url_request_is_noted(
    revised: Editable, studio: StudioApi, reception: Reception
) -> None:
    """Null as `studio_url_request` asks for an address, does not, or is refused."""
    answer = studio.revise(revised.version_id, {"studio_url_request": None})

    accepted = "yes" if isinstance(answer.field("studio_url"), str) else "no"
    reception.reads(
        f"{TOPIC}.null-studio-url-request", answer, accepted=accepted, refused="refused"
    )


@pytest.mark.judges(f"{TOPIC}.absent-body")
def test_revision_without_a_body_is_noted(
    revised: Editable, studio: StudioApi, reception: Reception
) -> None:
    """A revision without a body is accepted or refused."""
    answer = studio.send("PATCH", f"{version_path(revised.version_id)}/revise")

    reception.reads(f"{TOPIC}.absent-body", answer, accepted="accepted", refused="refused")


@pytest.mark.judges(f"{TOPIC}.malformed-json-is-refused")
@pytest.mark.parametrize(
    "content", [b'{"studio_url_request": ', b"studio_url_request=1"], ids=["cut", "form"]
)
def test_malformed_json_is_refused(
    content: bytes, revised: Editable, studio: StudioApi, reception: Reception
) -> None:
    """A body that is no JSON is refused."""
    answer = studio.send(
        "PATCH",
        f"{version_path(revised.version_id)}/revise",
        content=content,
        headers={"Content-Type": "application/json"},
    )

    reception.refused(f"{TOPIC}.malformed-json-is-refused", answer)


@pytest.mark.judges(f"{TOPIC}.unknown-version-is-refused", f"{TOPIC}.unknown-version-is-404")
def test_unknown_version_is_refused(
    studio: StudioApi,
    own_version_id: Callable[[], str | None],
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A version that does not exist is not revised; 404 is the likeliest answer."""
    answer, _ = answer_to_stranger(
        lambda version_id: studio.revise(version_id, {}), UNKNOWN_VERSION, own_version_id
    )

    if reception.refused(f"{TOPIC}.unknown-version-is-refused", answer):
        evidence.holds(
            f"{TOPIC}.unknown-version-is-404",
            answer.status in (404, 400),
            answer,
            message="revising a version that does not exist has another status",
            expected="404 (or 400, as no other is declared)",
            actual=told(answer),
        )


@pytest.mark.judges(f"{TOPIC}.foreign-version-is-hidden")
def test_foreign_version_is_hidden(
    revised: Editable, studio: StudioApi, evidence: Evidence
) -> None:
    """The key of another account revises nothing."""
    requirement = f"{TOPIC}.foreign-version-is-hidden"

    answer = studio.revise(revised.version_id, {}, credential=Credential.OTHER)

    if not (answer.succeeded or is_refusal(answer)):
        evidence.unjudged(requirement, told(answer), answer)
        return
    evidence.holds(
        requirement,
        answer.status in (403, 404),
        answer,
        message="another account can revise a version",
        expected="404 or 403",
        actual=told(answer),
    )


@pytest.mark.judges(f"{TOPIC}.unprepared-version-is-refused", f"{TOPIC}.wrong-status-answer-is-400")
def test_unprepared_version_is_not_revised(
    revised: Editable, batch: AssetBatch, studio: StudioApi, evidence: Evidence
) -> None:
    """A version that is NotReady is not revised; one that may have been ready says nothing."""
    requirement = f"{TOPIC}.unprepared-version-is-refused"

    tried = list(early_revisions(batch, studio))

    refused = [trial for trial in tried if is_refusal(trial.answer)]
    certain = [trial for trial in tried if trial.is_certain]
    # Work that ends by chance between two requests happens once, not each time.
    if not refused and len(certain) < ENOUGH_CERTAIN:
        reason = "no version was seen NotReady for long enough to be revised meanwhile"
        evidence.unjudged(requirement, reason)
        return
    decisive = (refused or certain)[-1]
    evidence.holds(
        requirement,
        bool(refused),
        decisive.before,
        decisive.answer,
        *decisive.siblings,
        message="a version that is still being prepared is revised",
        expected="a 4xx status",
        actual=told(decisive.answer),
    )
    if refused:
        evidence.equals(
            f"{TOPIC}.wrong-status-answer-is-400",
            decisive.answer.status,
            400,
            decisive.answer,
            message="refused with another status",
        )
