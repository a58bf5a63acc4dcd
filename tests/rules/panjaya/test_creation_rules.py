"""What the rules say of the answer to a creation."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import MISSING

from .conftest import SENT

UPLOAD = "panjaya.upload-asset."
CYRILLIC = "жшзнь" * 60
TWO = SENT["languages"]


def test_faithful_creation_breaks_nothing(studio: Any, judged: Any) -> None:
    """An upload that is answered as documented fails no requirement."""
    studio.create()

    judgement = judged()

    assert judgement.failed == set()
    assert judgement.passed >= {
        f"{UPLOAD}{fact}"
        for fact in (
            "name-is-echoed",
            "source-locale-is-echoed",
            "languages-are-echoed",
            "languages-keep-their-order",
            "status-starts-as-dubbing",
            "creation-time-is-now",
        )
    }
    assert judgement.readings[f"{UPLOAD}success-status-code"] == {"status-200"}
    assert judgement.readings["panjaya.answers.id-form"] == {"other"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({"locale": "de-DE"}, "source-locale-is-echoed", id="source"),
        pytest.param({"languages": [{"locale": "es-ES"}]}, "languages-are-echoed", id="lost"),
        pytest.param({"languages": [*TWO, {"locale": "de-DE"}]}, "languages-are-echoed", id="more"),
        pytest.param({"languages": [*TWO, *TWO]}, "languages-are-echoed", id="twice"),
        pytest.param({"languages": TWO[::-1]}, "languages-keep-their-order", id="order"),
        pytest.param({"status": "Ready"}, "status-starts-as-dubbing", id="status"),
        pytest.param({"created_at": "2026-03-04T12:00:00Z"}, "creation-time-is-now", id="time"),
    ],
)
def test_wrong_creation_breaks_its_own_requirement(
    changes: dict[str, Any], broken: str, studio: Any, judged: Any
) -> None:
    """Each wrong value of a creation's answer is found under its own id and no other."""
    studio.create(**changes)

    assert judged().failed == {UPLOAD + broken}


@pytest.mark.parametrize(
    ("sent", "shown", "fact"),
    [
        pytest.param("My Asset 2", "My Asset", "name-is-echoed", id="cut-early"),
        pytest.param("n" * 254, "n" * 253, "name-is-echoed", id="254"),
        pytest.param("n" * 255, "n" * 254, "name-of-255-is-kept", id="255"),
        pytest.param("n" * 256, "n" * 256, "name-of-256-is-cut", id="256"),
        pytest.param("ab" * 128, "ba" * 127 + "b", "name-of-256-is-cut", id="256-from-the-end"),
        pytest.param("n" * 1000, "n" * 1000, "name-of-1000-is-cut", id="1000"),
        pytest.param(CYRILLIC[:200], CYRILLIC[:127], "non-ascii-name-is-kept", id="bytes"),
        pytest.param(CYRILLIC[:256], CYRILLIC[:127], "long-non-ascii-name-is-cut", id="cut-bytes"),
    ],
)
def test_wrong_name_breaks_its_own_requirement(
    sent: str, shown: str, fact: str, studio: Any, judged: Any
) -> None:
    """A name that is not answered as its length demands is found under the id of that length."""
    studio.create({**SENT, "name": sent}, name=shown)

    assert judged().failed == {UPLOAD + fact}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param("n" * 255, "n" * 255, id="255"),
        pytest.param("n" * 256, "n" * 255, id="256"),
        pytest.param(CYRILLIC[:200], CYRILLIC[:200], id="letters"),
        pytest.param("🎬" * 200, "🎬" * 127, id="two-units-each"),
        pytest.param(" padded ", "padded", id="blanks"),
        pytest.param("two\nlines", "two lines", id="line-break"),
        pytest.param("e\u0301" * 100, "\u00e9" * 100, id="composed"),
    ],
)
def test_permissible_name_breaks_nothing(sent: str, shown: str, studio: Any, judged: Any) -> None:
    """A name whose treatment the documents leave open is never a failure."""
    studio.create({**SENT, "name": sent}, name=shown)

    assert judged().failed == set()


def test_wrong_cut_is_told_once(studio: Any, panjaya: Any, judged: Any) -> None:
    """A service that cuts at 250 breaks the promise for 256, not that for 1,000 as well."""
    studio.create({**SENT, "name": "n" * 256}, name="n" * 250)
    studio.create({**SENT, "name": "n" * 1000}, name="n" * 250, asset_id="a2")

    assert judged().failed == {f"{UPLOAD}name-of-256-is-cut"}


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        pytest.param({"languages": []}, {"languages": []}, id="none"),
        pytest.param(
            {"languages": [{"locale": "es-ES"}] * 2},
            {"languages": TWO[:1]},
            id="one-language-twice",
        ),
        pytest.param(
            {"languages": [{"locale": "en-US"}]}, {"languages": []}, id="its-own-language"
        ),
        pytest.param({"locale": "EN-us"}, {"locale": "en-US"}, id="respelled"),
    ],
)
def test_open_request_accuses_nobody(
    sent: dict[str, Any], changes: dict[str, Any], studio: Any, judged: Any
) -> None:
    """What the documents do not settle about a request is not held against its answer."""
    studio.create({**SENT, **sent}, **changes)

    assert judged().failed == set()


def test_shared_asset_id_is_found(studio: Any, judged: Any) -> None:
    """Two creations with one id are found, resting on both."""
    first, second = studio.create(), studio.create()

    judgement = judged()

    assert judgement.failed == {f"{UPLOAD}asset-ids-are-distinct"}
    assert judgement.evidence(f"{UPLOAD}asset-ids-are-distinct") == (first.id, second.id)


def test_wrong_type_is_left_to_the_schema(studio: Any, judged: Any) -> None:
    """A missing name and a language without locale are found by the schema alone."""
    studio.create(name=MISSING)

    assert judged().failed == {f"{UPLOAD}answer-has-name"}
