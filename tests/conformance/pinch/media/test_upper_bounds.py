"""The largest inputs that must still be dubbed: ten minutes, and 500,000,000 bytes.

Named to come late: its jobs take longest, and others go on meanwhile.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.targets.pinch_jobs import JobBatch
from dubcheck.targets.pinch_orders import Surroundings

BOUNDS = {
    "pinch.input-media.accepts-ten-minutes": (
        "ten minutes",
        SampleName.FLAC,
        "a job of ten minutes costs 5 USD; only a deep run makes one on a service that charges",
    ),
    "pinch.input-media.accepts-500-mb": (
        "largest accepted",
        SampleName.MP4,
        "500 MB would have to be moved: never in a quick run, to a black box in a deep one only",
    ),
}


@pytest.mark.parametrize(
    "requirement",
    [
        pytest.param(name, id=name.rpartition(".")[2], marks=pytest.mark.judges(name))
        for name in BOUNDS
    ],
)
def test_largest_documented_input_is_dubbed(
    requirement: str, batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """An input of exactly ten minutes, and one of exactly 500,000,000 bytes, is dubbed."""
    name, plainer, costs = BOUNDS[requirement]
    _need_job(requirement, name, costs, batch, evidence)

    jobs.dubbed(requirement, name, beside=plainer.value)


@pytest.mark.judges("pinch.output.speech-is-audible")
def test_ten_minutes_are_dubbed_to_their_end(
    batch: JobBatch, surroundings: Surroundings, dubs: OutputReception, evidence: Evidence
) -> None:
    """The dub of ten minutes, with a sentence every 30 s, is heard in each of its quarters."""
    requirement = "pinch.output.speech-is-audible"
    name, _, costs = BOUNDS["pinch.input-media.accepts-ten-minutes"]
    _need_job(requirement, name, costs, batch, evidence)
    if surroundings.is_quick:
        pytest.skip("to measure ten minutes takes more time than a quick run has")

    dubs.speaks_throughout(requirement, name)


def _need_job(
    requirement: str, name: str, reason: str, batch: JobBatch, evidence: Evidence
) -> None:
    if name not in batch.names:
        evidence.unjudged(requirement, reason)
        pytest.skip(reason)
