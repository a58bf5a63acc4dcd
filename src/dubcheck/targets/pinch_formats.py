"""Which documented formats a service dubs, tried with few samples and more only where one fails.

Reasoning from samples to features is measure/samples/features.py; verdicts are the probes'.
"""

from __future__ import annotations

from dataclasses import dataclass

from dubcheck.measure.samples import SampleName
from dubcheck.measure.samples.features import (
    FORMAT_MATRIX,
    Feature,
    FeatureVerdict,
    features_of,
    judge_features,
)
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob
from dubcheck.targets.pinch_orders import format_neighbours, format_orders

_TURNED_DOWN = (Fate.FAILED, Fate.REFUSED)
# Whether a link is given for these at all is a promise of its own.
_PLAINEST = {"audio": SampleName.MP3, "video": SampleName.MP4}


@dataclass(frozen=True, slots=True)
class FormatTrial:
    """What became of every sample that was tried."""

    jobs: dict[SampleName, MadeJob]

    @property
    def accepted(self) -> dict[SampleName, bool]:
        """Whether each sample was dubbed; those whose jobs say nothing are left out."""
        return {
            name: job.fate is Fate.COMPLETED
            for name, job in self.jobs.items()
            if job.fate is Fate.COMPLETED
            or (job.fate in _TURNED_DOWN and not self._is_told_of_uploads(job))
        }

    def _is_told_of_uploads(self, job: MadeJob) -> bool:
        """Whether it got no link, as the plainest file of its medium did not get one either."""
        if job.sample is None or not job.is_without_link:
            return False
        plainest = self.jobs.get(_PLAINEST[job.sample.content_type.partition("/")[0]])
        return plainest is not None and plainest.is_without_link

    def verdict(self, feature: Feature) -> FeatureVerdict:
        """What the outcomes say about one feature; nothing, if no sample at all was dubbed."""
        if not any(self.accepted.values()):
            return FeatureVerdict.UNDECIDED
        return judge_features(self.accepted).get(feature, FeatureVerdict.UNDECIDED)

    def shown_by(self, feature: Feature) -> tuple[MadeJob, ...]:
        """The jobs of the samples with the feature, the one that decides last."""
        accepted, is_refused = self.accepted, self.verdict(feature) is FeatureVerdict.REFUSED
        names = [name for name in accepted if feature in features_of(name)]
        good = {each for name, taken in accepted.items() if taken for each in features_of(name)}
        names.sort(
            key=lambda name: (
                accepted[name] is not is_refused,
                features_of(name) - good == {feature},
            )
        )
        return tuple(self.jobs[name] for name in names)

    def refused_of(self, name: SampleName) -> frozenset[Feature]:
        """The features of a sample that are known to be refused."""
        verdicts = {feature: self.verdict(feature) for feature in features_of(name)}
        return frozenset(
            item for item, verdict in verdicts.items() if verdict is FeatureVerdict.REFUSED
        )


def try_formats(batch: JobBatch) -> FormatTrial:
    """Follows the jobs of every format, and tries neighbours of those that were turned down."""
    names = tuple(name for name in FORMAT_MATRIX if name.value in batch.names)
    batch.need(name.value for name in names)
    jobs = {name: batch.job(name.value) for name in names}
    refused = [name for name, job in jobs.items() if job.fate in _TURNED_DOWN]
    if len(refused) == len(jobs):
        return FormatTrial(jobs)
    neighbours = {item for name in refused for item in format_neighbours(name)} - jobs.keys()
    new = tuple(name for name in FORMAT_MATRIX if name in neighbours)
    batch.make(format_orders(new))
    # A job may fail by chance, so that one that failed is tried a second time.
    jobs |= {name: batch.again(name.value) for name in refused}
    jobs |= {name: batch.job(name.value) for name in new}
    return FormatTrial(jobs)
