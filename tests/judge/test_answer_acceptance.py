"""The validator that accepts answers and the one that explains refusals agree."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dubcheck.contract import load_contract
from dubcheck.contract.answer_schemas import AnswerSchema

SCHEMAS: dict[str, AnswerSchema] = {
    f"{api}-{operation}-{status}": schema
    for api in ("pinch", "panjaya")
    for (operation, status), schema in load_contract(api).schemas._schemas.items()
}
NAMES = (
    *("job_id", "asset_id", "version_id", "dubbing_id", "status", "created_at", "limits", "jobs"),
    *("assets", "total", "languages", "locale", "duration", "error", "code", "detail", "progress"),
    *("stage", "percent", "output_url", "upload_url", "expires_in_sec", "versions", "studio_url"),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 101)
    | st.sampled_from([0.5, 1.0, 1e300, float("inf"), float("nan"), 2**70])
    | st.sampled_from(["pending", "Ready", "en", "es-ES", "", "a\ud800", "https://a.example/b"])
    | st.sampled_from(["2026-03-05T12:00:00Z", "2026-03-05 12:00", "20260305", "yesterday"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
@settings(max_examples=15, deadline=None)
@given(answer=VALUES)
def test_both_validators_agree(schema: AnswerSchema, answer: Any) -> None:
    """What is accepted has no violation that could be explained, and the reverse."""
    explained = list(schema._explaining.iter_errors(answer))

    found = list(schema.errors(answer))

    assert len(found) == len(explained)
