"""What schemathesis is asked for: every operation but storage, and no keys of its own."""

from __future__ import annotations

import pytest
from schemathesis import GenerationMode

from dubcheck.contract import load_contract
from dubcheck.targets.stimuli import Stimuli

MOST = 4


@pytest.fixture(scope="module")
def stimuli() -> Stimuli:
    """The generator over Pinch's contract."""
    return Stimuli(load_contract("pinch"), seed=0)


@pytest.mark.parametrize("operation", ["putUpload", "getDownload"])
def test_stimuli_leave_out_storage(operation: str, stimuli: Stimuli) -> None:
    """Nothing is generated for presigned URLs, which are opaque."""
    with pytest.raises(KeyError):
        stimuli.generated(operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_coverage_brings_no_key_and_no_other_method(mode: GenerationMode, stimuli: Stimuli) -> None:
    """Keys are given when a case is sent, and only documented methods are."""
    cases = stimuli.coverage("createJob", mode, most=1000)

    assert cases
    assert {case.method for case in cases} == {"POST"}
    assert not [case for case in cases if "Authorization" in (case.headers or {})]


def test_coverage_is_bounded_and_repeatable(stimuli: Stimuli) -> None:
    """The same seed chooses the same cases, and no more than asked for."""
    first = stimuli.coverage("createJob", GenerationMode.POSITIVE, MOST)

    second = stimuli.coverage("createJob", GenerationMode.POSITIVE, MOST)

    assert len(first) == MOST
    assert [case.body for case in first] == [case.body for case in second]
