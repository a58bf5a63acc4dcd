"""Judgements about dubbed files: what cannot be measured is said to be so, never held against one.

An output that has no picture or no sound at all is the finding of one requirement only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dubcheck.measure import (
    AUDIBLE_DBFS,
    Agreement,
    AudioTrack,
    Container,
    Media,
    VideoTrack,
    audio_kbps,
    bit_rate_agreement,
    loudest_dbfs,
    softest_quarter_dbfs,
)
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.pinch_outputs import Output, Outputs
from dubcheck.targets.receptions import is_refusal, told

DOCUMENTED_KBPS = "about 192 kbit/s"


class OutputReception:
    """Says what the outputs of a batch are."""

    def __init__(self, evidence: Evidence, outputs: Outputs):
        self._evidence = evidence
        self._outputs = outputs

    def link_yields_a_file(self, requirement: str, name: str) -> None:
        """Passes an `output_url` behind which a file lies; another link, it does not judge."""
        output = self._outputs.of(name)
        answer, end = output.answer, output.job.end
        is_own = end is not None and isinstance(end.field("output_url"), str)
        if answer is None or not is_own or not (answer.succeeded or is_refusal(answer)):
            self._unjudged(requirement, output)
            return
        found = "an empty file" if answer.succeeded else told(answer)
        self._judge(requirement, output, output.has_file, "a file", found)

    def comes_as(self, requirement: str, name: str, *accepted: Container) -> None:
        """Passes a file of one of the containers, told by its first bytes."""
        output = self._outputs.of(name)
        if not output.has_file:
            self._unjudged(requirement, output)
            return
        found = output.container.value if output.container else "nothing known"
        is_right = output.container in accepted
        self._judge(
            requirement, output, is_right, " or ".join(each.value for each in accepted), found
        )

    def picture(
        self,
        requirement: str,
        name: str,
        expected: str,
        actual: Callable[[VideoTrack], tuple[bool, str]],
    ) -> None:
        """Passes a picture that is as it should be; `actual` says whether, and what it is."""
        output = self._outputs.of(name)
        video = output.media.video if output.media else None
        if video is None:
            self._unjudged(requirement, output, "has no picture")
            return
        self._judge(requirement, output, *_told(actual(video), expected))

    def sound(
        self,
        requirement: str,
        name: str,
        expected: str,
        actual: Callable[[AudioTrack], tuple[bool, str]],
    ) -> None:
        """Passes a sound that is as it should be; `actual` says whether, and what it is."""
        output = self._outputs.of(name)
        audio = output.media.audio if output.media else None
        if audio is None:
            self._unjudged(requirement, output, "has no sound")
            return
        self._judge(requirement, output, *_told(actual(audio), expected))

    def speaks(self, requirement: str, name: str) -> None:
        """Passes a file in which anything is heard; one without a sound track is silent too."""
        self.whole(requirement, name, "speech", _heard)

    def speaks_throughout(self, requirement: str, name: str) -> None:
        """Passes a file in each quarter of which anything is heard."""
        self.whole(requirement, name, "speech in each quarter", _heard_throughout)

    def is_heard(self, name: str) -> bool:
        """Whether the file can be measured and anything is heard in it; judges nothing."""
        media = self._outputs.of(name).media
        return media is not None and _heard(media)[0]

    def has_192_kbps(self, requirement: str, name: str) -> None:
        """Passes a sound of the documented bit rate; judges only where that shows."""
        output = self._outputs.of(name)
        audio = output.media.audio if output.media else None
        agreement = bit_rate_agreement(audio) if audio else Agreement.UNDECIDABLE
        if audio is None or agreement is Agreement.UNDECIDABLE:
            self._unjudged(requirement, output, "has a bit rate that cannot be told from its sound")
            return
        found = f"{audio_kbps(audio):.0f} kbit/s"
        self._judge(requirement, output, agreement is Agreement.AGREES, DOCUMENTED_KBPS, found)

    def mp3_has_192_kbps(self, requirement: str, name: str) -> None:
        """Passes an MP3 of the documented bit rate; says nothing of a dub that is none."""
        output = self._outputs.of(name)
        if output.container is Container.MP3 or not output.has_file:
            self.has_192_kbps(requirement, name)

    def whole(
        self,
        requirement: str,
        name: str,
        expected: str,
        actual: Callable[[Media], tuple[bool, str]],
    ) -> None:
        """Passes a file that is as it should be; `actual` says whether, and what it is."""
        output = self._outputs.of(name)
        if output.media is None:
            self._unjudged(requirement, output)
            return
        self._judge(requirement, output, *_told(actual(output.media), expected))

    def _judge(
        self, requirement: str, output: Output, is_right: bool, expected: str, actual: str
    ) -> None:
        self._evidence.holds(
            requirement,
            is_right,
            *output.seen,
            message=f"the dubbed file is not as documented (job: {output.job.order.name})",
            expected=expected,
            actual=actual,
        )

    def _unjudged(self, requirement: str, output: Output, lacking: str = "came not") -> None:
        reason = output.trouble or f"the output {lacking}"
        self._evidence.unjudged(requirement, reason, *output.seen)


def _told(found: tuple[bool, str], expected: str) -> tuple[bool, str, str]:
    is_right, actual = found
    return is_right, expected, actual


def _heard(
    media: Media, level_of: Callable[[AudioTrack], float] = loudest_dbfs
) -> tuple[bool, str]:
    if media.audio is None:
        return False, "no sound track"
    dbfs = level_of(media.audio)
    return dbfs > AUDIBLE_DBFS, f"{dbfs:.0f} dB below full scale"


_heard_throughout = partial(_heard, level_of=softest_quarter_dbfs)
