"""What the rules say of one asset over all its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dubcheck.exchange import MISSING, Credential

from .conftest import ALL_THREE, BOTH, SENT, language

GET = "panjaya.get-asset."
LIFE = "panjaya.lifecycle."
ERRORS = "panjaya.asset-errors."


def test_faithful_asset_breaks_nothing(studio: Any, judged: Any) -> None:
    """An asset that is uploaded, dubbed and fetched fails no requirement."""
    studio.create()
    studio.see("Dubbing", 1)
    studio.see("Ready", 5)
    studio.see("Ready", 6)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{GET}{fact}"
        for fact in (
            "asset-is-found-at-once",
            "found-status-is-200",
            "asset-id-is-echoed",
            "name-is-that-of-creation",
            "locale-is-that-of-creation",
            "creation-time-never-changes",
            "languages-are-the-requested-ones",
            "ready-asset-has-duration",
        )
    }
    assert judgement.passed >= {
        f"{LIFE}ready-language-has-dubbing-id",
        f"{LIFE}dubbing-ids-differ-within-asset",
        f"{LIFE}dubbing-id-never-changes",
        f"{LIFE}ready-asset-stays-ready",
        f"{LIFE}sound-video-becomes-ready",
    }
    assert judgement.readings["panjaya.answers.null-or-absent"] == {"mixed"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"asset_id": "a2"}, GET + "asset-id-is-echoed", id="other-asset"),
        pytest.param({"name": "Your Asset"}, GET + "name-is-that-of-creation", id="name"),
        pytest.param({"locale": "de-DE"}, GET + "locale-is-that-of-creation", id="locale"),
        pytest.param(
            {"created_at": "2026-03-05T12:00:02Z"}, GET + "creation-time-never-changes", id="time"
        ),
        pytest.param(
            {"languages": BOTH[:1]}, GET + "languages-are-the-requested-ones", id="language-lost"
        ),
        pytest.param(
            {"languages": ALL_THREE}, GET + "languages-are-the-requested-ones", id="language-more"
        ),
        pytest.param({"duration": None}, GET + "ready-asset-has-duration", id="duration"),
        pytest.param({"duration": MISSING}, GET + "ready-asset-has-duration", id="no-duration"),
        pytest.param(
            {"languages": [BOTH[0], language("fr-FR", None, "v2")]},
            LIFE + "ready-language-has-dubbing-id",
            id="no-dubbing-id",
        ),
        pytest.param(
            {"languages": [BOTH[0], language("fr-FR", "d1", "v2")]},
            LIFE + "dubbing-ids-differ-within-asset",
            id="shared-dubbing-id",
        ),
        pytest.param({"error": {"code": "x"}}, ERRORS + "error-only-when-failed", id="error"),
        pytest.param({"code": 203}, GET + "found-status-is-200", id="other-success"),
    ],
)
def test_wrong_ready_asset_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """Each wrong value of a Ready asset is found under its own id and no other."""
    studio.create()
    studio.see("Ready", 5, **changes)

    assert judged().failed == {broken}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"created_at": "2026-03-05T12:00:00.250Z"}, id="fraction"),
        pytest.param({"created_at": "2026-03-05T13:00:00+01:00"}, id="offset"),
        pytest.param({"created_at": "2026-03-05T12:00:01Z"}, id="stored-a-second-later"),
        pytest.param({"languages": BOTH[::-1]}, id="other-order"),
        pytest.param({"error": None}, id="null-error"),
        pytest.param({"error": {"code": "", "message": ""}}, id="error-of-empty-fields"),
        pytest.param({"duration": 2, "extra": {"version": 3}}, id="extra-field"),
    ],
)
def test_permissible_ready_asset_breaks_nothing(
    changes: dict[str, Any], studio: Any, judged: Any
) -> None:
    """What the documents leave open about an asset is never a failure."""
    studio.create()
    studio.see("Ready", 5, **changes)

    assert judged().failed == set()


def test_dubbing_id_under_another_key_is_only_noted(studio: Any, judged: Any) -> None:
    """An id under another key than the inferred one breaks the inferred requirement alone."""
    languages = [{**entry, "dubbingId": entry["dubbing_id"]} for entry in BOTH]
    for entry in languages:
        del entry["dubbing_id"]
    studio.create()
    studio.see("Ready", 5, languages=languages)

    assert judged().failed == {f"{LIFE}dubbing-id-key-name"}


@pytest.mark.parametrize(
    "spelt",
    [
        pytest.param(lambda name: {"dubbing": {"asset_id": "a1", "id": name}}, id="object"),
        pytest.param(lambda name: {"dubbings": [{"id": name, "status": "Done"}]}, id="list"),
    ],
)
def test_dubbing_ids_within_an_object_are_told_apart(
    spelt: Callable[[str], dict[str, Any]], studio: Any, judged: Any
) -> None:
    """Beside the id of the asset, or in a list, the id of each dubbing is found."""
    languages = [{**entry, **spelt(entry["dubbing_id"])} for entry in BOTH]
    for entry in languages:
        del entry["dubbing_id"]
    studio.create()
    studio.see("Ready", 5, languages=languages)

    assert judged().failed == {f"{LIFE}dubbing-id-key-name"}


def test_overlapping_answers_have_no_order(studio: Any, judged: Any) -> None:
    """Of two answers under way together, the slower one may know the dubbing id first."""
    studio.create()
    known = studio.asset("Dubbing", [language("es-ES", "d1"), language("fr-FR", None)])
    studio.build("getAsset", answer=known, at=5, took=3, ids={"asset_id": "a1"})
    studio.see("Dubbing", 6)

    assert judged().failed == set()


def test_language_of_the_asset_itself_needs_no_dubbing(studio: Any, judged: Any) -> None:
    """A target that is the source may be shown without a dubbing id."""
    targets = [*SENT["languages"], {"locale": "en-US"}]
    studio.create({**SENT, "languages": targets}, languages=targets)
    studio.see("Ready", 5, languages=[*BOTH, language("en-US", None)])

    assert judged().failed == set()


def test_changed_dubbing_id_is_found(studio: Any, judged: Any) -> None:
    """A dubbing id that changes while nobody adds a language is found."""
    studio.create()
    studio.see("Ready", 5)
    studio.see("Ready", 6, languages=[language("es-ES", "d9", "v1"), BOTH[1]])

    assert judged().failed == {f"{LIFE}dubbing-id-never-changes"}


def test_wrong_name_in_the_creation_is_told_once(studio: Any, judged: Any) -> None:
    """A wrong name in the creation's answer does not accuse getAsset, which shows the right one."""
    studio.create(name="Your Asset")
    studio.see("Dubbing", 1)

    assert judged().failed == {"panjaya.upload-asset.name-is-echoed"}


def test_asset_not_found_at_once_is_found(studio: Any, panjaya: Any, judged: Any) -> None:
    """A 404 right after the creation breaks `asset-is-found-at-once` alone."""
    studio.create()
    panjaya("getAsset", status=404, answer={"detail": "no"}, at=1, ids={"asset_id": "a1"})
    studio.see("Ready", 5)

    assert judged().failed == {f"{GET}asset-is-found-at-once"}


def test_asset_that_vanishes_is_found(studio: Any, panjaya: Any, judged: Any) -> None:
    """A 404 for an asset that was shown before breaks `found-status-is-200` alone."""
    studio.create()
    studio.see("Ready", 5)
    panjaya("getAsset", status=404, answer={"detail": "no"}, at=6, ids={"asset_id": "a1"})

    assert judged().failed == {f"{GET}found-status-is-200"}


def test_other_account_sees_nothing_of_an_asset(studio: Any, panjaya: Any, judged: Any) -> None:
    """What another key is told about an asset is no evidence against its owner's answers."""
    studio.create()
    studio.see("Ready", 5)
    panjaya(
        "getAsset",
        status=404,
        answer={"detail": "no"},
        at=6,
        ids={"asset_id": "a1"},
        credential=Credential.OTHER,
    )

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("error", "broken"),
    [
        pytest.param(None, {"failed-asset-has-error"}, id="null"),
        pytest.param({}, {"failed-asset-has-error"}, id="empty"),
        pytest.param({"code": "empty_transcript"}, {"failed-asset-has-message"}, id="code-only"),
        pytest.param(
            {"code": "empty_transcript", "message": "empty_transcript"},
            {"failed-asset-has-message"},
            id="code-twice",
        ),
        pytest.param("empty_transcript", {"failed-asset-has-message"}, id="code-as-text"),
        pytest.param({"message": "Nobody speaks."}, {"failed-asset-has-code"}, id="no-code"),
        pytest.param("Nobody speaks.", {"failed-asset-has-code"}, id="text-without-code"),
        pytest.param(
            {"code": "no_speech", "message": "Nobody speaks."}, {"code-is-listed"}, id="unlisted"
        ),
        pytest.param({"code": "E_SPEECH", "message": "No."}, {"code-is-listed"}, id="other-form"),
        pytest.param(
            {"code": 1203, "message": "No."}, {"code-is-listed", "code-key-name"}, id="numbered"
        ),
        pytest.param("timeout: nobody answers", {"code-is-listed"}, id="word-before-a-colon"),
        pytest.param(
            {"type": "empty_transcript", "reason": "Nobody speaks."},
            {"code-key-name", "message-key-name"},
            id="other-keys",
        ),
        pytest.param("empty_transcript: nobody speaks", set(), id="text-with-both"),
        pytest.param({"code": "empty_transcript", "message": "No.", "retry": 1}, set(), id="more"),
    ],
)
def test_error_of_a_failed_asset_is_judged(
    error: Any, broken: set[str], studio: Any, judged: Any
) -> None:
    """Each lack of a failed asset's error is found under its own id; both containers are fine."""
    studio.create()
    studio.see("Failed", 5, error=error)

    assert judged().failed == {ERRORS + slug for slug in broken}
