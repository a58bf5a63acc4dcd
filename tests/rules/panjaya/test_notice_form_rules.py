"""What the rules say of the form and the signatures of notices."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING

from .conftest import SENT

ID = "panjaya.callbacks."


def test_faithful_notices_break_nothing(studio: Any, judged: Any) -> None:
    """Signed notices of the documented form fail no requirement."""
    studio.create()
    studio.notify("version_ready", 5)
    studio.notify("version_ready", 6, version_id="v2", locale="fr-FR")
    studio.notify("asset_failed", 7)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{ID}{fact}"
        for fact in (
            "method-is-post",
            "body-is-json-object",
            "signature-header-is-there",
            "signature-fits-raw-body",
            "signature-belongs-to-its-body",
            "algorithm-header-is-es256",
            "content-type-is-json",
            "event-is-string",
            "event-is-listed",
            "asset-is-named",
            "asset-id-key-name",
            "version-event-names-locale",
            "locale-key-name",
            "asset-failed-names-no-version",
            "asset-failed-names-no-locale",
            "no-link-in-notice",
            "locale-is-that-of-the-language",
        )
    }
    assert judgement.readings[f"{ID}signature-encoding"] == {"hex-der"}
    assert judgement.readings[f"{ID}version-id-of-asset-event"] == {"null"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"method": "PUT"}, "method-is-post", id="method"),
        pytest.param({"body": b"event=ready"}, "body-is-json-object", id="form"),
        pytest.param({"body": b'["version_ready"]'}, "body-is-json-object", id="array"),
        pytest.param({"signature": "absent"}, "signature-header-is-there", id="unsigned"),
        pytest.param({"signature": "none-fits"}, "signature-fits-raw-body", id="unfit"),
        pytest.param({"algorithm": "RS256"}, "algorithm-header-is-es256", id="algorithm"),
        pytest.param({"event": MISSING}, "event-is-string", id="no-event"),
        pytest.param({"event": "version_renamed"}, "event-is-listed", id="unlisted-event"),
        pytest.param({"asset_id": MISSING}, "asset-is-named", id="no-asset"),
        pytest.param(
            {"asset_id": MISSING, "asset": "a1"}, "asset-id-key-name", id="other-asset-key"
        ),
        pytest.param({"version_id": None}, "version-event-names-version", id="no-version"),
        pytest.param({"locale": MISSING}, "version-event-names-locale", id="no-locale"),
        pytest.param({"locale": MISSING, "lang": "es-ES"}, "locale-key-name", id="locale-key"),
        pytest.param({"locale": "it-IT"}, "locale-is-that-of-the-language", id="foreign-locale"),
        pytest.param({"result_url": "https://s.example.com/v"}, "no-link-in-notice", id="link"),
    ],
)
def test_wrong_notice_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """Each fault of a notice is found under its own id and no other."""
    studio.create()
    studio.notify("version_ready", 5, **changes)

    assert judged().failed == {ID + broken}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"version_id": "v1"}, {"asset-failed-names-no-version"}, id="version"),
        pytest.param({"locale": "es-ES"}, {"asset-failed-names-no-locale"}, id="locale"),
        pytest.param({"version_id": MISSING}, set(), id="absent"),
        pytest.param({"locale": None, "retry": 1}, set(), id="null-locale"),
        pytest.param({"locale": "en-US"}, set(), id="own-language"),
    ],
)
def test_notice_about_an_asset_is_judged(
    changes: dict[str, Any], broken: set[str], studio: Any, judged: Any
) -> None:
    """A notice asset_failed names no version and none of its locales."""
    studio.create()
    studio.notify("asset_failed", 5, **changes)

    assert judged().failed == {ID + slug for slug in broken}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"url": "https://hooks.example.org/wp-login"}, id="other-path"),
        pytest.param({"asset_id": "a-of-yesterday", "locale": "it-IT"}, id="asset-of-earlier-run"),
        pytest.param({"studio_url": "https://studio.example.com/"}, id="studio-link"),
        pytest.param({"source_locale": "en-US"}, id="source-locale"),
        pytest.param({"asset_locale": "en-US", "target_locale": "es-ES"}, id="several-locales"),
        pytest.param({"original_locale": "en-US", "name": "pt-BR"}, id="name-like-a-locale"),
        pytest.param({"signature": "no-key"}, id="no-key"),
    ],
)
def test_permissible_notice_breaks_nothing(
    changes: dict[str, Any], studio: Any, judged: Any
) -> None:
    """Strangers at the receiver, late notices of earlier runs and extra fields accuse nobody."""
    studio.create()
    studio.notify("version_ready", 5, **changes)

    assert judged().failed == set()


def test_language_of_another_version_is_found(studio: Any, judged: Any) -> None:
    """The locale of another language of the asset is wrong, too, where the version is known."""
    studio.create()
    studio.see("Ready", 4)
    studio.notify("version_ready", 5, locale="fr-FR")

    assert judged().failed == {f"{ID}locale-is-that-of-the-language"}


@pytest.mark.parametrize(
    ("of_spanish", "of_french", "broken"),
    [
        ({"editions": ["v1"]}, {"editions": ["v2"]}, {f"{ID}locale-is-that-of-the-language"}),
        ({"editions": ["v1"]}, {"editions": ["v1"]}, set()),
    ],
    ids=["other-key", "of-both"],
)
def test_home_of_a_version_is_found_under_any_key(
    of_spanish: Any, of_french: Any, broken: set[str], studio: Any, judged: Any
) -> None:
    """Where versions stand in an asset is no promise; one in two languages belongs to neither."""
    studio.create()
    spoken = [{"locale": "es-ES", "dubbing_id": "d1", **of_spanish}]
    spoken += [{"locale": "fr-FR", "dubbing_id": "d2", **of_french}]
    studio.see("Ready", 4, languages=spoken)
    studio.notify("version_ready", 5, locale="fr-FR")

    assert judged().failed & {f"{ID}locale-is-that-of-the-language"} == broken


def test_unknown_version_in_a_notice_is_found(studio: Any, panjaya: Any, judged: Any) -> None:
    """A version that getVersion does not find breaks `version-event-names-version`."""
    studio.create()
    studio.notify("version_ready", 5, version_id="v9")
    panjaya("getVersion", status=404, answer={"detail": "no"}, at=6, ids={"version_id": "v9"})

    assert judged().failed == {f"{ID}version-event-names-version"}


def test_reused_signature_is_told_once(studio: Any, judged: Any) -> None:
    """One signature under two bodies, the first of which it fits, is no misfit as well."""
    studio.create()
    studio.notify("version_ready", 5, fingerprint="s1 b1")
    studio.notify("version_ready", 6, fingerprint="s1 b2", signature="none-fits", version_id="v2")

    assert judged().failed == {f"{ID}signature-belongs-to-its-body"}


def test_signature_that_never_fits_is_told_once(studio: Any, judged: Any) -> None:
    """One signature under two bodies that fits neither is a misfit and nothing else."""
    studio.create()
    studio.notify("version_ready", 5, fingerprint="s1 b1", signature="none-fits")
    studio.notify("version_ready", 6, fingerprint="s1 b2", signature="none-fits", version_id="v2")

    assert judged().failed == {f"{ID}signature-fits-raw-body"}


@pytest.mark.parametrize(
    ("first", "second", "readings"),
    [
        ("base64-der base64url-der", "base64-der", {"base64-der"}),
        ("base64-raw base64url-raw", "base64url-raw", {"base64url-raw"}),
        ("base64-raw base64url-raw", "base64-raw base64url-raw", {"base64-raw"}),
        ("hex-der", "hex-raw", {"hex-der", "hex-raw"}),
    ],
    ids=["base64", "base64url", "alike", "mixed"],
)
def test_signature_encoding_is_noted(
    first: str, second: str, readings: set[str], studio: Any, judged: Any
) -> None:
    """Texts that read alike in both forms of base64 are settled by those that do not."""
    studio.create()
    studio.notify("version_ready", 5, signature=first)
    studio.notify("version_ready", 6, signature=second, version_id="v2", locale="fr-FR")

    assert judged().readings[f"{ID}signature-encoding"] == readings


def test_delivery_shown_by_two_workers_counts_once(studio: Any, judged: Any) -> None:
    """The same delivery in the shares of two workers is no repeated notice."""
    studio.create(dict(SENT))
    studio.notify("version_ready", 5, number="0")
    studio.notify("version_ready", 5, number="0")

    assert judged().readings[f"{ID}repeated-notices"] == {"once"}
