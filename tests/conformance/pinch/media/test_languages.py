"""Each documented target language is dubbed: one short job into each, from nothing said.

That jobs of each language are accepted is test_create_job.py; Spanish is what all others ask for.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception, seen
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.pytest_plugin.selection import wanted
from dubcheck.strategies.locales import PINCH_LANGUAGES
from dubcheck.targets.pinch_jobs import Fate, JobBatch, JobOrder
from dubcheck.targets.pinch_orders import Surroundings

DUBBED = "pinch.output.every-target-language-is-dubbed"
PLAIN = SampleName.MP3
# Samples speak English: of a job into it, nothing says that there is anything to do.
TARGETS = {f"into {code}": code for code in PINCH_LANGUAGES if code not in ("en", "es")}
FROM_ENGLISH = {"source_lang": "en"}


@pytest.fixture(scope="module", autouse=True)
def _jobs_into_each_language(batch: JobBatch, request: pytest.FixtureRequest) -> None:
    """A job into each language, made at once; they are no part of what recorded probes share."""
    batch.offer(JobOrder(name, PLAIN, {"target_lang": code}) for name, code in TARGETS.items())
    batch.offer(
        JobOrder(f"{name} from en", PLAIN, {"target_lang": code, **FROM_ENGLISH})
        for name, code in TARGETS.items()
    )
    batch.need(wanted(request, TARGETS))


@pytest.mark.judges(DUBBED)
@pytest.mark.parametrize("name", TARGETS)
def test_every_target_language_is_dubbed(
    name: str,
    batch: JobBatch,
    jobs: JobReception,
    dubs: OutputReception,
    surroundings: Surroundings,
    evidence: Evidence,
) -> None:
    """Two seconds of English without a `source_lang` are dubbed into each language, and heard."""
    _need_acceptance(name, batch, evidence)

    is_dubbed = jobs.dubbed(DUBBED, name, beside=PLAIN.value)

    # To measure eight files takes more than a second, which a quick run has not.
    if is_dubbed and not surroundings.is_quick and dubs.is_heard(PLAIN.value):
        dubs.speaks(DUBBED, name)


def _need_acceptance(name: str, batch: JobBatch, evidence: Evidence) -> None:
    """A language that is refused whatever the source is the finding of its own requirement."""
    job = batch.job(name)
    if job.fate is not Fate.REFUSED:
        return
    from_english = batch.job(f"{name} from en")
    if from_english.fate in (Fate.REFUSED, Fate.UNMADE):
        reason = f"a job {name} {from_english.story}, which other probes judge"
        evidence.unjudged(DUBBED, reason, *seen(from_english))
        pytest.skip(reason)
