"""That no answer, however odd, makes a rule fall over: it would read as a fault of the suite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dubcheck.contract import load_contract
from dubcheck.rules import judged_requirements, load_rules

JUNK = ["", "x", -1, 0, 1e308, float("nan"), float("inf"), True, None, [], [[]], {}, {"a": [None]}]
STAMPS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-W10-4", "20260305T12"]


@pytest.mark.parametrize("junk", [*JUNK, *STAMPS], ids=repr)
def test_junk_in_any_field_is_judged(
    junk: Any, service: Any, pinch: Any, judged: Any, spoilt: Any
) -> None:
    """Every field of every answer may hold anything at all without stopping the judge."""
    creation = service.create()
    service.upload(1)
    service.see("processing", 5, progress={"stage": "stage_3", "percent": 5})
    service.see("completed", 20)
    service.listing([service.summary("completed", 25)], 25)
    service.result(30)
    service.see("completed", 35)
    faithful = tuple(pinch.built)

    mixed = [item for other in faithful[1:] for item in (*spoilt(other, junk, "jobs"), other)]
    verdicts = [judged(item, *faithful[1:]) for item in spoilt(creation, junk, "jobs")]

    assert judged(creation, *mixed).outcomes
    assert all(item.outcomes for item in verdicts)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_request_is_judged(junk: Any, service: Any, pinch: Any, judged: Any) -> None:
    """Every field of every request may hold anything at all without stopping the judge."""
    names = ("source_url", "target_lang", "source_lang", "reduce_accent", "translation_lag_time")
    plain = {"source_url": "https://a.example.com/b", "target_lang": "es"}
    [pinch("createJob", sent={**plain, name: junk}, answer={}) for name in names]
    [pinch("createUploadUrl", sent={name: junk}, answer={}) for name in ("filename", "x")]
    pinch("createJob", sent=junk, answer={})

    assert judged().outcomes


@pytest.mark.parametrize("date", [None, "", "yesterday", "Thu, 05 Mar 2026 12:00:00 -0000"])
def test_odd_date_header_is_judged(date: str | None, service: Any, pinch: Any, judged: Any) -> None:
    """An answer without a usable Date header is judged by our own clock."""
    exchange = service.create()
    headers = {"content-type": "application/json", **({} if date is None else {"date": date})}
    pinch.built[-1] = replace(exchange, response=replace(exchange.response, headers=headers))

    assert judged().failed == set()


def test_every_requirement_of_a_rule_is_judged_by_one() -> None:
    """Each id of the catalogue that is judged by a rule is registered, and no other."""
    load_rules("pinch")
    catalogue = load_contract("pinch").requirements.values()

    declared = {item.id for item in catalogue if "rule" in item.judged_by}

    assert judged_requirements("pinch") == declared
