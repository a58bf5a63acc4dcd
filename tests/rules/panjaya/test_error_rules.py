"""What the rules say of answers in general: their form, refusals and denials."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import Credential

from .conftest import SENT

ERRORS = "panjaya.errors."


@pytest.mark.parametrize(
    ("status", "reply", "broken"),
    [
        pytest.param(200, b"<p>ok</p>", "panjaya.get-asset.answer-is-json-object", id="success"),
        pytest.param(404, b"Not Found", "panjaya.get-asset.error-has-detail", id="refusal"),
        pytest.param(500, b"", "panjaya.get-asset.error-has-detail", id="failure"),
        pytest.param(400, b'{"detail": ""}', f"{ERRORS}detail-is-not-empty", id="empty-detail"),
        pytest.param(400, b'{"error": "x"}', "panjaya.get-asset.error-has-detail", id="no-detail"),
        pytest.param(409, b'{"detail": "busy"}', f"{ERRORS}status-is-listed", id="status"),
    ],
)
def test_wrong_body_breaks_its_own_requirement(
    status: int, reply: bytes, broken: str, panjaya: Any, judged: Any
) -> None:
    """A body that is no JSON, explains nothing or has an unlisted status is found as such."""
    panjaya("getAsset", status=status, reply=reply, ids={"asset_id": "a9"})

    assert judged().failed == {broken}


@pytest.mark.parametrize(
    ("status", "reply", "url"),
    [
        pytest.param(502, b"<h1>Bad Gateway</h1>", "/", id="gateway"),
        pytest.param(422, b'{"detail": [{"msg": "no"}]}', "/", id="list"),
        pytest.param(413, b"too large", "/", id="front-server"),
        pytest.param(413, b'{"message": "too large"}', "/", id="front-server-in-json"),
        pytest.param(422, b'{"errors": ["no"]}', "/", id="unlisted-status"),
        pytest.param(400, b"<h1>Bad Request</h1>", "/v1/assets/%00", id="odd-path"),
        pytest.param(404, b'{"detail": "no", "code": 7}', "/", id="extra-field"),
    ],
)
def test_permissible_refusal_breaks_nothing(
    status: int, reply: bytes, url: str, panjaya: Any, judged: Any
) -> None:
    """What a gateway or a framework answers, and what is open, is never a failure."""
    panjaya("getAsset", status=status, reply=reply, url=url, ids={"asset_id": "a9"})

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("operation", "broken"),
    [
        pytest.param(None, set(), id="nothing-documented"),
        pytest.param("listAssets", set(), id="listing-not-served"),
        pytest.param("getVersion", {f"{ERRORS}status-is-listed"}, id="documented"),
    ],
)
def test_method_may_be_lacking_where_none_is_documented(
    operation: str | None, broken: set[str], panjaya: Any, judged: Any
) -> None:
    """A 405 is excused where no operation, or none in so many words, is documented."""
    panjaya(operation, status=405, answer={"detail": "no"}, ids={"version_id": "v1"})

    assert judged().failed == broken


def test_label_of_json_is_judged(panjaya: Any, judged: Any) -> None:
    """JSON under another label breaks the inferred requirement alone."""
    label = {"content-type": "text/plain"}
    panjaya("getAsset", status=404, answer={"detail": "no"}, headers=label)

    assert judged().failed == {f"{ERRORS}content-type-is-json"}


@pytest.mark.parametrize("status", [400, 422])
def test_status_of_malformed_requests_is_noted(status: int, panjaya: Any, judged: Any) -> None:
    """A request without a required field is refused in one of two open ways."""
    panjaya("uploadAsset", sent={"name": "n"}, status=status, answer={"detail": "no"})

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.readings[f"{ERRORS}malformed-request-status"] == {f"status-{status}"}


@pytest.mark.parametrize(
    ("sent", "broken"),
    [
        pytest.param(
            {"speakers_count": [2]}, {f"{ERRORS}invalid-input-is-no-server-error"}, id="list"
        ),
        pytest.param(
            {"start_time": {"at": 1}}, {f"{ERRORS}invalid-input-is-no-server-error"}, id="object"
        ),
        pytest.param({"speakers_count": 2}, set(), id="plain"),
        pytest.param({"start_time": [1], "callback_url": 7}, set(), id="with-a-told-field"),
        pytest.param({"start_time": [1], "name": None}, set(), id="with-a-told-name"),
    ],
)
def test_crash_on_odd_options_is_found(
    sent: dict[str, Any], broken: set[str], panjaya: Any, judged: Any
) -> None:
    """A 500 for an option of a wrong type is found where no other entry speaks of the field."""
    panjaya("uploadAsset", sent={**SENT, **sent}, status=500, answer={"detail": "sorry"})

    assert judged().failed == broken


@pytest.mark.parametrize(
    ("credential", "kind"),
    [
        (Credential.NONE, "without-key-is-401"),
        (Credential.MALFORMED, "with-malformed-header-is-401"),
        (Credential.WRONG, "with-wrong-key-is-401"),
    ],
    ids=["none", "malformed", "wrong"],
)
def test_service_without_a_good_key_is_found(
    credential: Credential, kind: str, studio: Any, panjaya: Any, judged: Any
) -> None:
    """A success without a good key breaks the requirement of its operation and kind."""
    panjaya(
        "getAsset",
        answer=studio.asset("Ready", []),
        ids={"asset_id": "a1"},
        credential=credential,
    )

    assert judged().failed == {f"panjaya.auth.get-asset-{kind}"}


def test_denial_passes_and_other_refusals_are_left_to_probes(panjaya: Any, judged: Any) -> None:
    """A 401 passes; a 400 may be about the request, which probes know."""
    panjaya("getVersion", status=401, answer={"detail": "no"}, credential=Credential.NONE)
    panjaya("createAsset", status=400, answer={"detail": "no"}, credential=Credential.NONE)

    judgement = judged()

    assert judgement.failed == set()
    assert "panjaya.auth.get-version-without-key-is-401" in judgement.passed
    assert "panjaya.auth.create-asset-without-key-is-401" not in judgement.passed


@pytest.mark.parametrize(
    ("answer", "broken"),
    [
        pytest.param([], set(), id="array"),
        pytest.param({"page": {"items": []}, "total": 0}, set(), id="nested"),
        pytest.param({"total": 0}, {"page-holds-an-array"}, id="no-array"),
        pytest.param(
            [{"asset_id": "a1", "languages": []}], {"entries-have-status"}, id="no-status"
        ),
        pytest.param(
            [{"asset_id": "a1", "status": "Ready"}], {"entries-have-dubbings"}, id="no-dubbings"
        ),
        pytest.param(
            [{"status": "Ready", "languages": [{"versions": []}]}],
            {"entries-have-no-versions"},
            id="versions",
        ),
    ],
)
def test_page_of_the_list_is_judged(
    answer: Any, broken: set[str], panjaya: Any, judged: Any
) -> None:
    """A page may have any shape with an array in it; what its entries lack is noted."""
    panjaya("listAssets", reply=b"[]" if answer == [] else None, answer=answer)

    assert judged().failed == {f"panjaya.list-assets.{slug}" for slug in broken}
