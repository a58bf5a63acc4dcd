"""What the rules say of languages that are added to an asset."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import ALL_THREE, BOTH, language

ADD = "panjaya.add-languages."


def test_faithful_addition_breaks_nothing(studio: Any, judged: Any) -> None:
    """A language that is added, dubbed and shown fails no requirement."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6)
    studio.see("Ready", 10, languages=ALL_THREE)

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{ADD}{fact}"
        for fact in (
            "asset-id-is-echoed",
            "name-is-unchanged",
            "source-locale-is-unchanged",
            "added-languages-are-shown",
            "earlier-languages-are-kept",
            "added-language-stands-last",
            "earlier-dubbing-ids-are-kept",
            "added-language-stays-in-asset",
            "asset-becomes-ready-again",
            "added-language-is-dubbed",
            "status-returns-to-dubbing",
        )
    }


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"name": "Other"}, "name-is-unchanged", id="name"),
        pytest.param({"locale": "it-IT"}, "source-locale-is-unchanged", id="source"),
        pytest.param({"languages": BOTH}, "added-languages-are-shown", id="not-shown"),
        pytest.param(
            {"languages": [*ALL_THREE, ALL_THREE[2]]}, "added-languages-are-shown", id="twice"
        ),
        pytest.param({"languages": ALL_THREE[1:]}, "earlier-languages-are-kept", id="earlier-lost"),
        pytest.param(
            {"languages": ALL_THREE[::-1]}, "added-language-stands-last", id="stands-first"
        ),
        pytest.param(
            {"languages": [language("es-ES", "d9"), *ALL_THREE[1:]]},
            "earlier-dubbing-ids-are-kept",
            id="new-dubbing-id",
        ),
        pytest.param({"status": "Ready"}, "status-returns-to-dubbing", id="status"),
        pytest.param({"asset_id": "a2"}, "asset-id-is-echoed", id="other-asset"),
    ],
)
def test_wrong_answer_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """Each wrong value of the answer is found under its own id and no other."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6, **changes)
    studio.see("Ready", 10, languages=ALL_THREE)

    assert judged().failed == {ADD + broken}


@pytest.mark.parametrize(
    ("status", "changes", "broken"),
    [
        pytest.param("Ready", {"languages": BOTH}, "added-language-stays-in-asset", id="lost"),
        pytest.param(
            "Ready", {"languages": ALL_THREE[1:]}, "added-language-stays-in-asset", id="earlier"
        ),
        pytest.param(
            "Ready",
            {"languages": [*BOTH, language("de-DE", None)]},
            "added-language-is-dubbed",
            id="undubbed",
        ),
        pytest.param(
            "Ready",
            {"languages": [language("es-ES", "d9"), *ALL_THREE[1:]]},
            "earlier-dubbing-ids-are-kept",
            id="new-dubbing-id",
        ),
        pytest.param("Failed", {"languages": ALL_THREE}, "asset-becomes-ready-again", id="failed"),
    ],
)
def test_wrong_asset_afterwards_breaks_its_own_requirement(
    status: str, changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """What getting the asset shows after an addition is held against the addition's answer."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6)
    studio.see(status, 10, **changes)

    assert judged().failed == {ADD + broken}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param("en-US", BOTH, id="source-is-dropped"),
        pytest.param("en-US", [*BOTH, language("en-US", None)], id="source-is-not-dubbed"),
        pytest.param("es-ES", [language("es-ES", "d9"), BOTH[1]], id="earlier-one-is-dubbed-anew"),
        pytest.param("fr-FR", [*BOTH, BOTH[1]], id="earlier-one-stands-twice"),
    ],
)
def test_open_addition_breaks_nothing(
    asked: str, shown: list[Any], studio: Any, judged: Any
) -> None:
    """What comes of a target that is the source, or is there already, is open."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6, target=asked, languages=shown)
    studio.see("Ready", 10, languages=shown)

    assert judged().failed == set()


@pytest.mark.parametrize(
    ("when", "broken"),
    [
        pytest.param(30, set(), id="a-while"),
        pytest.param(100, {f"{ADD}asset-becomes-ready-again"}, id="long"),
    ],
)
def test_endless_dubbing_is_found(when: float, broken: set[str], studio: Any, judged: Any) -> None:
    """An addition is overdue after 60 seconds that are more than ten times the first dubbing."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6)
    studio.see("Dubbing", when, languages=[*BOTH, language("de-DE", None)])

    assert judged().failed == broken


def test_refused_addition_that_adds_is_found(studio: Any, judged: Any) -> None:
    """A language of a refused request that is in the asset afterwards is found."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6, code=400)
    studio.see("Ready", 10, languages=ALL_THREE)

    assert judged().failed == {f"{ADD}refusal-changes-nothing"}


def test_refused_addition_without_effect_passes(studio: Any, judged: Any) -> None:
    """A refusal after which the asset is as before passes, and leaves the other rules at peace."""
    studio.create()
    studio.see("Ready", 5)
    studio.add(6, code=400)
    studio.see("Ready", 10)

    judgement = judged()

    assert judgement.failed == set()
    assert f"{ADD}refusal-changes-nothing" in judgement.passed


def test_addition_while_dubbing_accuses_nobody(studio: Any, judged: Any) -> None:
    """An addition to an asset that is not Ready says nothing about becoming Ready again."""
    studio.create()
    studio.see("Dubbing", 1)
    studio.add(2, languages=[{"locale": name} for name in ("es-ES", "fr-FR", "de-DE")])
    studio.see("Failed", 10, languages=ALL_THREE)

    assert judged().failed == set()


def test_asset_that_loses_languages_anyway_is_told_once(studio: Any, judged: Any) -> None:
    """Languages lost without any addition do not accuse the addition that follows as well."""
    studio.create()
    studio.see("Ready", 5, languages=BOTH[1:])
    studio.add(6)
    studio.see("Ready", 10, languages=ALL_THREE[2:])

    assert judged().failed == {"panjaya.get-asset.languages-are-the-requested-ones"}


def test_dubbing_ids_that_change_anyway_are_told_once(studio: Any, judged: Any) -> None:
    """Dubbing ids that change without any addition do not accuse the addition as well."""
    studio.create()
    studio.see("Ready", 4, languages=[language("es-ES", "d8"), language("fr-FR", "d2")])
    studio.see("Ready", 5)
    studio.add(6)
    studio.see("Ready", 10, languages=[language("es-ES", "d9"), *ALL_THREE[1:]])

    judgement = judged()

    assert {name for name in judgement.failed if "dubbing" in name} == {
        "panjaya.lifecycle.dubbing-id-never-changes"
    }


def test_words_that_an_addition_changed_are_told_once(studio: Any, judged: Any) -> None:
    """An asset that keeps the name that adding languages gave it breaks no further promise."""
    studio.create()
    studio.see("Ready", 4)
    studio.add(5, name="Other")
    studio.see("Ready", 9, name="Other", languages=ALL_THREE)

    assert judged().failed == {f"{ADD}name-is-unchanged"}
