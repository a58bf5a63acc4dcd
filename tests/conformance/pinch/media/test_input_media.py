"""Which media are dubbed: every documented container, codec and format, and what speech may be in.

Only acceptance is judged here; what comes back is test_output_video.py and test_output_audio.py.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from _pytest.mark.structures import ParameterSet

from dubcheck.measure.formats import (
    AUDIO_FORMATS,
    DOCUMENTED_VIDEO_CODECS,
    VIDEO_CONTAINERS,
    VIDEO_FILE_AUDIO_CODECS,
)
from dubcheck.measure.samples import SampleName
from dubcheck.measure.samples.features import Feature, FeatureVerdict
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception, seen
from dubcheck.targets.pinch_formats import FormatTrial
from dubcheck.targets.pinch_jobs import Fate, JobBatch, MadeJob

FEATURES: dict[str, Feature] = {
    **{f"pinch.input-media.accepts-{item.value}-container": item for item in VIDEO_CONTAINERS},
    **{f"pinch.input-media.accepts-{item.value}-video": item for item in DOCUMENTED_VIDEO_CODECS},
    **{f"pinch.input-media.accepts-{item.value}-track": item for item in VIDEO_FILE_AUDIO_CODECS},
    **{f"pinch.input-media.accepts-{item.value}-file": item for item in AUDIO_FORMATS},
}
PLAIN = SampleName.MP4.value
SPEECH = {
    "pinch.input-media.accepts-background-music": (SampleName.MP4_TALK_OVER_MUSIC.value, PLAIN),
    "pinch.input-media.accepts-sound-effects": (SampleName.MP4_TALK_WITH_EFFECTS.value, PLAIN),
    "pinch.input-media.accepts-several-speakers": (SampleName.MP4_TWO_SPEAKERS.value, PLAIN),
    "pinch.input-media.accepts-several-audio-tracks": (
        SampleName.MP4_TWO_AUDIO_TRACKS.value,
        PLAIN,
    ),
    "pinch.input-media.accepts-one-second": (SampleName.WAV_ONE_SECOND.value, SampleName.WAV.value),
}
SPEECHLESS_READINGS = {
    Fate.COMPLETED: "completes",
    Fate.REFUSED: "refused",
    "unsupported_format": "unsupported-format",
    "processing_failed": "processing-failed",
}


def _judging(table: Iterable[str]) -> list[ParameterSet]:
    return [
        pytest.param(name, id=name.rpartition(".")[2], marks=pytest.mark.judges(name))
        for name in table
    ]


@pytest.mark.parametrize("requirement", _judging(FEATURES))
def test_documented_format_is_dubbed(
    requirement: str, formats: FormatTrial, evidence: Evidence
) -> None:
    """Speech in each documented container, codec and audio format leads to a completed job."""
    _judge_format(requirement, formats, evidence)


@pytest.mark.parametrize("requirement", _judging(SPEECH))
def test_speech_is_dubbed_in_any_scene(requirement: str, jobs: JobReception) -> None:
    """Speech over music, among noises, by two voices, beside a second track, or of one second."""
    name, plainer = SPEECH[requirement]

    jobs.dubbed(requirement, name, beside=plainer)


@pytest.mark.judges("pinch.input-media.input-without-speech")
@pytest.mark.parametrize("sample", [SampleName.MP4_SILENT, SampleName.MP4_TONE])
def test_input_without_speech_has_some_outcome(
    sample: SampleName, batch: JobBatch, evidence: Evidence
) -> None:
    """A silent file and a tone are refused, fail or complete, as the service likes."""
    job = batch.job(sample.value)

    reading = SPEECHLESS_READINGS.get(job.code or job.fate, "other-failure")

    _note_reading(reading, job, evidence)


def _judge_format(requirement: str, formats: FormatTrial, evidence: Evidence) -> None:
    feature = FEATURES[requirement]
    verdict, shown = formats.verdict(feature), formats.shown_by(feature)
    answers = seen(shown[-1]) if shown else ()
    if verdict is FeatureVerdict.UNDECIDED:
        reason = shown[-1].story if shown else "no job of it could be followed"
        evidence.unjudged(requirement, f"nothing else tells it apart: {reason}", *answers)
        return
    evidence.holds(
        requirement,
        verdict is FeatureVerdict.ACCEPTED,
        *answers,
        message="media of a documented kind is not dubbed, while what else is in it is",
        expected="a completed job",
        actual=shown[-1].story,
    )


def _note_reading(reading: str, job: MadeJob, evidence: Evidence) -> None:
    requirement = "pinch.input-media.input-without-speech"
    if job.fate in (Fate.UNENDED, Fate.UNMADE):
        evidence.unjudged(requirement, f"the job {job.story}", *seen(job))
    else:
        evidence.reads(requirement, reading, *seen(job))
