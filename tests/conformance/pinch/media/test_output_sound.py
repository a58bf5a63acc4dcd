"""What comes back for an audio file, and that speech is heard in whatever comes back.

Lag and volume are test_output_options.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dubcheck.measure import Container, Media, has_duration
from dubcheck.measure.formats import AUDIO_FORMATS
from dubcheck.measure.samples import RECIPES, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.targets.pinch_orders import SHAPES, VIDEOS
from dubcheck.targets.pinch_outputs import Output, Outputs

AUDIO_FILES = tuple(SampleName(each.value) for each in AUDIO_FORMATS)
SPOKEN = (*AUDIO_FILES, SampleName.MP3_TALK, SampleName.MP4, SampleName.MP4_TALK)
HEARD = tuple(dict.fromkeys((*SPOKEN, *VIDEOS, *SHAPES)))
# Beside a translation that trails; a sentence may take that much longer in another language.
LONGEST_TRAIL_SECONDS = 5.0
WAV_INPUTS = {
    frozenset({Container.WAV}): "wav-for-wav",
    frozenset({Container.WAV, Container.FLAC}): "wav-for-lossless",
    frozenset(): "always-mp3",
    frozenset(AUDIO_FORMATS): "always-wav",
}


@pytest.mark.parametrize("sample", AUDIO_FILES, ids=lambda item: str(item.value))
@pytest.mark.judges("pinch.output.audio-comes-back-as-mp3-or-wav")
def test_dubbed_audio_is_mp3_or_wav(sample: SampleName, dubs: OutputReception) -> None:
    """A dubbed audio file is MP3 or WAV, whatever its input was."""
    requirement = "pinch.output.audio-comes-back-as-mp3-or-wav"

    dubs.comes_as(requirement, sample.value, Container.MP3, Container.WAV)


@pytest.mark.judges("pinch.output.audio-format-by-input")
def test_dubbed_audio_format_depends_on_input(outputs: Outputs, evidence: Evidence) -> None:
    """Which of the seven audio formats come back as WAV is left to the service."""
    found = {each: outputs.of(each.value) for each in AUDIO_FORMATS}

    _note_choice(found, evidence)


@pytest.mark.parametrize(
    "sample", [SampleName.MP3_TALK, *AUDIO_FILES], ids=lambda item: str(item.value)
)
@pytest.mark.judges("pinch.output.audio-mp3-is-192-kbps")
def test_dubbed_mp3_has_192_kbps(sample: SampleName, dubs: OutputReception) -> None:
    """A dubbed audio file that is MP3 has 192 kbit/s."""
    dubs.mp3_has_192_kbps("pinch.output.audio-mp3-is-192-kbps", sample.value)


@pytest.mark.parametrize("sample", HEARD, ids=lambda item: str(item.value))
@pytest.mark.judges("pinch.output.speech-is-audible")
def test_dubbed_speech_is_audible(sample: SampleName, dubs: OutputReception) -> None:
    """The dub of two or six seconds of speech is louder than a noise bed somewhere."""
    dubs.speaks("pinch.output.speech-is-audible", sample.value)


@pytest.mark.parametrize("sample", SPOKEN, ids=lambda item: str(item.value))
@pytest.mark.judges("pinch.output.duration-matches-input")
def test_dubbed_file_lasts_as_long_as_input(sample: SampleName, dubs: OutputReception) -> None:
    """A dubbed file is no shorter than its input, and longer by a trailing sentence at most."""
    seconds = RECIPES[sample].duration_seconds

    def length(media: Media) -> tuple[bool, str]:
        is_trailing = seconds < media.duration_seconds <= seconds + LONGEST_TRAIL_SECONDS
        return is_trailing or has_duration(media, seconds), f"{media.duration_seconds:.3f} s"

    dubs.whole("pinch.output.duration-matches-input", sample.value, f"{seconds:g} s", length)


def _note_choice(found: Mapping[Container, Output], evidence: Evidence) -> None:
    requirement = "pinch.output.audio-format-by-input"
    answers = [output.answer for output in found.values() if output.answer]
    kinds = {output.container for output in found.values()}
    if not kinds <= {Container.MP3, Container.WAV}:
        evidence.unjudged(requirement, "not every audio file came back as MP3 or WAV", *answers)
        return
    inputs = frozenset(each for each, output in found.items() if output.container is Container.WAV)
    evidence.reads(requirement, WAV_INPUTS.get(inputs, "other"), *answers)
