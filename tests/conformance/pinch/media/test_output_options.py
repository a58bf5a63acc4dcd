"""`translation_lag_time` and `original_speech_volume`, measured in the sound that comes back.

All on one utterance of 12 s over near silence; tolerances are those of dubcheck.measure.
"""

from __future__ import annotations

import pytest

from dubcheck.measure import GAIN_TOLERANCE, LAG_TOLERANCE_SECONDS
from dubcheck.measure.samples import RECIPES, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.job_reception import JobReception, seen
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.pytest_plugin.selection import wanted
from dubcheck.targets.pinch_jobs import Fate, JobBatch, JobOrder
from dubcheck.targets.pinch_mixes import Mixes, Reading
from dubcheck.targets.pinch_orders import MIXES

OUTPUT = "pinch.output."
HEARD_FROM = 0.02  # outputs without the original measure 0.002 at most
# Half of the softest volume that the document calls audible: less is not heard behind a voice.
UNHEARD_BELOW = 0.05
LOUDER_BY = 0.02
INPUT_SECONDS = RECIPES[SampleName.WAV_UTTERANCE].duration_seconds
INPUT_TOLERANCE_SECONDS = 0.25
EVERY_OPTION, ACCENT = "every option", "accent"
OPTIONS = {
    "source_lang": "en",
    "reduce_accent": True,
    "translation_lag_time": 1.5,
    "original_speech_volume": 0.5,
}
PLAINER = {
    **dict.fromkeys(("lag 1.5", "lag 3", "volume 0.1", "volume 0.5", "volume 1"), "plain"),
    **dict.fromkeys(("video, lag 2", "video, volume 0.5"), "video, lag 0"),
    EVERY_OPTION: "lag 1.5",
    ACCENT: SampleName.MP3.value,
}
DURATIONS = ("lag 1.5", "lag 3", "volume 1", "video, lag 2", EVERY_OPTION)
VIDEOS = tuple(name for name, (sample, _) in MIXES.items() if RECIPES[sample].picture)
SOUNDS = (*(name for name in MIXES if name not in VIDEOS), EVERY_OPTION, ACCENT)
VOLUMES = {"volume 0.1": 0.1, "volume 0.5": 0.5, "volume 1": 1.0}


@pytest.fixture(scope="module", autouse=True)
def _further_jobs(batch: JobBatch, request: pytest.FixtureRequest) -> None:
    """Jobs with every option at once, and with the one that MIXES lacks.

    They are no part of the batch that recorded probes share.
    """
    every = JobOrder(EVERY_OPTION, SampleName.WAV_UTTERANCE, OPTIONS)
    batch.offer([every, JobOrder(ACCENT, SampleName.MP3, {"reduce_accent": True})])
    batch.need(wanted(request, (EVERY_OPTION, ACCENT)))


@pytest.mark.judges(f"{OUTPUT}options-do-not-stop-a-dub")
@pytest.mark.parametrize(("name", "plainer"), PLAINER.items(), ids=PLAINER)
def test_file_is_dubbed_with_each_option(
    name: str, plainer: str, batch: JobBatch, jobs: JobReception, evidence: Evidence
) -> None:
    """A file that is dubbed at 0 is dubbed with other lags and volumes, and with all options."""
    requirement = f"{OUTPUT}options-do-not-stop-a-dub"
    is_made = batch.job(name).fate is not Fate.REFUSED
    _need(is_made, "the job was refused, which other probes judge", requirement, evidence)

    jobs.dubbed(requirement, name, beside=plainer)


@pytest.mark.judges("pinch.get-job.input-duration-is-measured")
@pytest.mark.parametrize("name", DURATIONS)
def test_options_leave_the_duration_of_the_input(
    name: str, batch: JobBatch, evidence: Evidence
) -> None:
    """`input_duration_sec` is how long the input lasts, 12 s, whatever is made of it."""
    requirement = "pinch.get-job.input-duration-is-measured"
    job = batch.job(name)
    seconds = job.end.field("input_duration_sec") if job.end is not None else None
    is_told = job.fate is Fate.COMPLETED and isinstance(seconds, int | float)
    _need(is_told, "no duration is told", requirement, evidence)

    evidence.holds(
        requirement,
        abs(seconds - INPUT_SECONDS) <= INPUT_TOLERANCE_SECONDS,
        *seen(job),
        message=f"`input_duration_sec` is not how long the input of {name!r} lasts",
        expected=f"{INPUT_SECONDS:g} s",
        actual=f"{seconds} s",
    )


@pytest.mark.judges(f"{OUTPUT}speech-is-audible")
@pytest.mark.parametrize("name", [*VIDEOS, *SOUNDS])
def test_dub_with_each_option_is_audible(name: str, dubs: OutputReception) -> None:
    """The dub of some seconds is heard with each lag and volume, an accent, and all options."""
    dubs.speaks(f"{OUTPUT}speech-is-audible", name)


@pytest.mark.judges(f"{OUTPUT}video-sound-is-192-kbps")
@pytest.mark.parametrize("name", VIDEOS)
def test_sound_of_video_with_each_option_has_192_kbps(name: str, dubs: OutputReception) -> None:
    """The sound of a dubbed video has 192 kbit/s with each option too."""
    dubs.has_192_kbps(f"{OUTPUT}video-sound-is-192-kbps", name)


@pytest.mark.judges(f"{OUTPUT}audio-mp3-is-192-kbps")
@pytest.mark.parametrize("name", SOUNDS)
def test_mp3_with_each_option_has_192_kbps(name: str, dubs: OutputReception) -> None:
    """A dubbed MP3 has 192 kbit/s with each option too."""
    dubs.mp3_has_192_kbps(f"{OUTPUT}audio-mp3-is-192-kbps", name)


@pytest.mark.judges(f"{OUTPUT}lag-delays-the-translation")
@pytest.mark.parametrize(
    ("name", "plainer", "lag_seconds"),
    [
        pytest.param("lag 1.5", "lag 0", 1.5, id="audio-by-1.5-s"),
        pytest.param("lag 3", "lag 0", 3.0, id="audio-by-3-s"),
        pytest.param("video, lag 2", "video, lag 0", 2.0, id="video-by-2-s"),
        pytest.param(EVERY_OPTION, "lag 0", 1.5, id="audio-with-every-option-by-1.5-s"),
    ],
)
def test_lag_delays_the_translation(
    name: str, plainer: str, lag_seconds: float, mixes: Mixes, evidence: Evidence
) -> None:
    """Translated speech starts as many seconds later as the lag says, within 0.25 s."""
    requirement = f"{OUTPUT}lag-delays-the-translation"

    without, with_lag = mixes.onset(plainer), mixes.onset(name)

    _judge_lag(requirement, lag_seconds, without, with_lag, evidence)


@pytest.mark.judges(f"{OUTPUT}lag-defaults-to-0")
@pytest.mark.parametrize(
    ("name", "zero"),
    [
        pytest.param("plain", "lag 0", id="audio"),
        pytest.param("video, volume 0.5", "video, lag 0", id="video-with-a-volume"),
    ],
)
def test_lag_defaults_to_0(name: str, zero: str, mixes: Mixes, evidence: Evidence) -> None:
    """Without a lag, translated speech starts when it does with a lag of 0."""
    with_0, without = mixes.onset(zero), mixes.onset(name)

    _judge_lag(f"{OUTPUT}lag-defaults-to-0", 0.0, with_0, without, evidence)


@pytest.mark.judges(f"{OUTPUT}volume-0-removes-the-original")
def test_volume_0_removes_the_original(mixes: Mixes, evidence: Evidence) -> None:
    """With a volume of 0, the original speech is not heard."""
    reading = mixes.gain("volume 0")

    _judge_absence(f"{OUTPUT}volume-0-removes-the-original", reading, evidence)


@pytest.mark.judges(f"{OUTPUT}volume-defaults-to-0")
@pytest.mark.parametrize("name", ["plain", "lag 3", "video, lag 0"])
def test_volume_defaults_to_0(name: str, mixes: Mixes, evidence: Evidence) -> None:
    """Without a volume, the original speech is not heard, as it is not with 0."""
    requirement = f"{OUTPUT}volume-defaults-to-0"
    with_0 = mixes.gain("volume 0")
    _need(_is_absent(with_0), "the original is heard even at volume 0", requirement, evidence)

    reading = mixes.gain(name)

    _judge_absence(requirement, reading, evidence)


@pytest.mark.judges(f"{OUTPUT}volume-mixes-the-original-in")
@pytest.mark.parametrize("name", [*VOLUMES, "video, volume 0.5", EVERY_OPTION])
def test_volume_above_0_mixes_the_original_in(name: str, mixes: Mixes, evidence: Evidence) -> None:
    """With a volume of 0.1, 0.5 or 1, the original speech is heard."""
    requirement = f"{OUTPUT}volume-mixes-the-original-in"

    reading = mixes.gain(name)

    _judge_gain(requirement, reading, HEARD_FROM, evidence)


@pytest.mark.judges(f"{OUTPUT}higher-volume-is-louder")
@pytest.mark.parametrize(
    ("softer", "louder"),
    [("volume 0.1", "volume 0.5"), ("volume 0.5", "volume 1")],
    ids=["0.5-than-0.1", "1-than-0.5"],
)
def test_higher_volume_is_louder(
    softer: str, louder: str, mixes: Mixes, evidence: Evidence
) -> None:
    """The original speech is louder at 1 than at 0.5, and at 0.5 than at 0.1."""
    requirement = f"{OUTPUT}higher-volume-is-louder"
    low, high = mixes.gain(softer), mixes.gain(louder)
    _need(_is_heard(low) and _is_heard(high), "the original is not heard", requirement, evidence)

    _judge_gain(requirement, high, (low.value or 0.0) + LOUDER_BY, evidence)


@pytest.mark.judges(f"{OUTPUT}volume-is-a-linear-gain")
@pytest.mark.parametrize("name", VOLUMES)
def test_volume_is_the_gain_of_the_original(name: str, mixes: Mixes, evidence: Evidence) -> None:
    """The original speech is scaled by the volume, within 0.05."""
    requirement = f"{OUTPUT}volume-is-a-linear-gain"
    reading = mixes.gain(name)
    _need(_is_heard(reading), "the original is not heard", requirement, evidence)

    _judge_linearity(requirement, reading, VOLUMES[name], evidence)


def _is_heard(reading: Reading) -> bool:
    return reading.value is not None and reading.value >= HEARD_FROM


def _is_absent(reading: Reading) -> bool:
    return reading.value is not None and abs(reading.value) < UNHEARD_BELOW


def _need(condition: bool, reason: str, requirement: str, evidence: Evidence) -> None:
    if not condition:
        evidence.unjudged(requirement, f"{reason}, or cannot be measured")
        pytest.skip(reason)


def _judge_lag(
    requirement: str, lag_seconds: float, earlier: Reading, later: Reading, evidence: Evidence
) -> None:
    if earlier.value is None or later.value is None:
        _say_unmeasured(requirement, later if later.value is None else earlier, evidence)
        return
    if not later.is_comparable_with(earlier):
        reason = "the outputs to compare are not equally long"
        evidence.unjudged(requirement, reason, *earlier.output.seen, *later.output.seen)
        return
    measured = later.value - earlier.value
    evidence.holds(
        requirement,
        abs(measured - lag_seconds) <= LAG_TOLERANCE_SECONDS,
        *earlier.output.seen,
        *later.output.seen,
        message="translated speech does not start when the lag says",
        expected=f"{lag_seconds:g} s later than with a lag of 0",
        actual=f"{measured:.2f} s later",
    )


def _judge_absence(requirement: str, reading: Reading, evidence: Evidence) -> None:
    if reading.value is None:
        _say_unmeasured(requirement, reading, evidence)
        return
    evidence.holds(
        requirement,
        _is_absent(reading),
        *reading.output.seen,
        message="the original speech is heard in the dubbed file",
        expected=f"less than {UNHEARD_BELOW} of the original",
        actual=f"{reading.value:.3f} of it",
    )


def _judge_gain(requirement: str, reading: Reading, least: float, evidence: Evidence) -> None:
    if reading.value is None:
        _say_unmeasured(requirement, reading, evidence)
        return
    evidence.holds(
        requirement,
        reading.value >= least,
        *reading.output.seen,
        message="the original speech is too soft in the dubbed file",
        expected=f"at least {least:.3f} of the original",
        actual=f"{reading.value:.3f} of it",
    )


def _judge_linearity(requirement: str, reading: Reading, volume: float, evidence: Evidence) -> None:
    evidence.holds(
        requirement,
        abs((reading.value or 0.0) - volume) <= GAIN_TOLERANCE,
        *reading.output.seen,
        message="the original speech has another gain than asked for",
        expected=f"{volume:g} of the original",
        actual=f"{reading.value:.3f} of it",
    )


def _say_unmeasured(requirement: str, reading: Reading, evidence: Evidence) -> None:
    evidence.unjudged(requirement, reading.trouble or "not measured", *reading.output.seen)
