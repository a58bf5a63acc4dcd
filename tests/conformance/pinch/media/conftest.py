"""What the media probes of Pinch share: one batch of jobs, their outputs, and plain judgements.

The jobs are made when the first probe asks, and followed while others go on. No probe lives here.
"""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.pytest_plugin.selection import wanted
from dubcheck.targets import is_loopback
from dubcheck.targets.pinch import DubbingApi, PlainJob
from dubcheck.targets.pinch_formats import FormatTrial, try_formats
from dubcheck.targets.pinch_jobs import JobBatch
from dubcheck.targets.pinch_mixes import Mixes
from dubcheck.targets.pinch_orders import Surroundings, media_orders
from dubcheck.targets.pinch_outputs import Outputs
from dubcheck.targets.staging import Staged

LOCAL_LANES = 4  # a server on this machine that answers slowly should not cost minutes
DOCUMENTED_SECONDS = 600
DOCUMENTED_BYTES = 500_000_000


@pytest.fixture(scope="session")
def surroundings(staged: Staged, dubbing: DubbingApi, plain_job: PlainJob) -> Surroundings:
    """What the jobs to be made depend on; limits are those that a job announces."""
    target = dubbing.client.target
    is_embedded = target.kind == "emulator" and staged.control_url is not None
    media = (staged.media_folder, staged.media_url) if is_embedded and staged.media_url else None
    return Surroundings(
        profile=staged.profile,
        is_free_of_charge=is_loopback(target.base_url),
        longest_seconds=_limit(plain_job, "max_duration_sec", DOCUMENTED_SECONDS),
        largest_bytes=_limit(plain_job, "max_file_size_bytes", DOCUMENTED_BYTES),
        media=media,
        ordered_failure={"X-Emulator-Fault": "job-processing-failed"} if is_embedded else None,
    )


@pytest.fixture(scope="session")
def batch(
    dubbing: DubbingApi,
    plain_job: PlainJob,
    staged: Staged,
    surroundings: Surroundings,
    request: pytest.FixtureRequest,
) -> JobBatch:
    """Every job that the media probes need, made at once; one by one where a rate was given.

    Where few probes were chosen, only what they name is made at once, and else what they ask for.
    """
    is_unhurried = staged.rate is not None or not surroundings.is_free_of_charge
    lanes = 1 if is_unhurried else LOCAL_LANES
    folder = staged.work_folder / "samples"
    batch = JobBatch(dubbing, folder, lanes, target_language=plain_job.body["target_lang"])
    batch.offer(media_orders(surroundings))
    batch.need(wanted(request, batch.names))
    return batch


@pytest.fixture(scope="session")
def formats(batch: JobBatch) -> FormatTrial:
    """What became of the sample of each documented format."""
    return try_formats(batch)


@pytest.fixture(scope="session")
def outputs(dubbing: DubbingApi, batch: JobBatch, staged: Staged) -> Outputs:
    """The dubbed files of the batch."""
    return Outputs(dubbing, batch, staged.own_folder("outputs"))


@pytest.fixture(scope="session")
def jobs(evidence: Evidence, batch: JobBatch) -> JobReception:
    """Says what became of the jobs of the batch."""
    return JobReception(evidence, batch)


@pytest.fixture(scope="session")
def dubs(evidence: Evidence, outputs: Outputs) -> OutputReception:
    """Says what the dubbed files are."""
    return OutputReception(evidence, outputs)


@pytest.fixture(scope="session")
def mixes(outputs: Outputs) -> Mixes:
    """Onset of the translation and gain of the original in the dubbed files."""
    return Mixes(outputs)


def _limit(plain_job: PlainJob, name: str, documented: int) -> int:
    announced = None if plain_job.answer is None else plain_job.answer.field("limits", name)
    is_number = isinstance(announced, int | float) and not isinstance(announced, bool)
    return round(announced) if is_number and 0 < announced < 1e10 else documented
