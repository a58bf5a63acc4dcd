"""That no answer and no notice, however odd, makes a rule of Panjaya's fall over."""

from __future__ import annotations

from typing import Any

import pytest

JUNK = ["", "x", -1, 1e308, float("nan"), True, None, [], [[]], {}, {"a": [None]}]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_field_is_judged(
    junk: Any, studio: Any, panjaya: Any, judged: Any, spoilt: Any
) -> None:
    """Every field of every answer and notice may hold anything without stopping the judge."""
    creation = studio.create()
    studio.see("Ready", 5)
    studio.version("ReadyToEdit", 6)
    studio.notify("version_ready", 7)
    studio.notify("asset_failed", 8)
    studio.add(9)
    studio.revise(12)
    studio.version("Completed", 15)
    faithful = tuple(panjaya.built)

    mixed = [item for other in faithful[1:] for item in (*spoilt(other, junk, "languages"), other)]
    verdicts = [judged(item, *faithful[1:]) for item in spoilt(creation, junk, "languages")]

    assert judged(creation, *mixed).outcomes
    assert all(item.outcomes for item in verdicts)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_request_is_judged(junk: Any, studio: Any, judged: Any) -> None:
    """Every field of every request may hold anything without stopping the judge."""
    names = ("name", "locale", "languages", "speakers_count", "start_time", "callback_url")
    [studio.create({"locale": "en-US", "languages": [{"locale": "es-ES"}], n: junk}) for n in names]
    studio.create(junk)
    studio.add(5)
    studio.revise(6, junk)

    assert judged().outcomes
