"""How rules are applied to whole traces."""

from __future__ import annotations

from typing import Any

import pytest

from dubcheck.exchange import Credential


@pytest.mark.parametrize(
    ("credential", "is_judged"),
    [
        (Credential.OWN, True),
        (Credential.UNKNOWN, True),
        (Credential.WRONG, False),
        (Credential.NONE, False),
    ],
    ids=["own-key", "recorded-traffic", "wrong-key", "no-key"],
)
def test_trace_is_judged_by_the_key_it_was_seen_with(
    credential: Credential, is_judged: bool, pinch: Any, judged: Any
) -> None:
    """A job that goes back is found with a good key, and in recorded traffic that succeeded."""
    more = {"ids": {"id": "j"}, "credential": credential}
    pinch("getJob", answer={"job_id": "j", "status": "completed"}, **more)
    pinch("getJob", answer={"job_id": "j", "status": "processing"}, **more)

    assert ("pinch.lifecycle.completed-is-final" in judged().failed) is is_judged


@pytest.mark.parametrize("intent", ["unknown job", "job of another account"])
def test_answer_about_a_job_that_the_caller_has_not_is_left_to_its_probe(
    intent: str, pinch: Any, judged: Any
) -> None:
    """What stands in a success for an id of nobody, or of others, breaks nothing of its own."""
    pinch("getJob", answer={"job_id": "j"}, ids={"id": "j"}, intent=intent)
    pinch("getJobResult", answer={"job_id": 7}, ids={"id": "j"}, intent=intent)

    assert judged().failed == set()
