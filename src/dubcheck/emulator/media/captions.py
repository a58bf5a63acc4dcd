"""SubRip (SRT) text to cues, strictly; no speech and no rendering here.

The format has no standard; the rules are those every reader agrees on: blocks separated by blank
lines, each an index counting from 1, a time line `HH:MM:SS,mmm --> HH:MM:SS,mmm` with start before
end, and text. Overlapping cues and cues beyond the medium are allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = r"(\d{2,4}):([0-5]\d):([0-5]\d),(\d{3})"
_TIME_LINE = re.compile(rf"{_TIME} --> {_TIME}(?:\s+[XY][12]:.*)?\s*", re.ASCII)
_INDEX_LINE = re.compile(r"\d{1,9}\s*", re.ASCII)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")


class SrtMalformed(ValueError):
    """The text is not a valid SRT file; the message names the block and the rule."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: when it is shown, and its text as written."""

    start_seconds: float
    end_seconds: float
    text: str

    @property
    def spoken_text(self) -> str:
        """The text without markup, on one line."""
        return " ".join(_MARKUP.sub(" ", self.text).split())


def parse_srt(text: str) -> tuple[Cue, ...]:
    """Read every cue, or raise SrtMalformed at the first broken rule."""
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n \t")
    if not normal:
        raise SrtMalformed("the text holds no cue")
    return tuple(
        _parse_block(number, block)
        for number, block in enumerate(_BLANK_LINES.split(normal), start=1)
    )


def _parse_block(number: int, block: str) -> Cue:
    lines = block.split("\n")
    if not _INDEX_LINE.fullmatch(lines[0]) or int(lines[0]) != number:
        raise SrtMalformed(f"block {number}: its first line is not the index {number}")
    if len(lines) < 2:
        raise SrtMalformed(f"block {number}: it has no time line")
    times = _TIME_LINE.fullmatch(lines[1].strip())
    if times is None:
        raise SrtMalformed(f"block {number}: its time line is not HH:MM:SS,mmm --> HH:MM:SS,mmm")
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if start >= end:
        raise SrtMalformed(f"block {number}: it ends at or before its start")
    spoken = "\n".join(lines[2:]).strip()
    if not spoken:
        raise SrtMalformed(f"block {number}: it has no text")
    if any(_TIME_LINE.fullmatch(line.strip()) for line in lines[2:]):
        raise SrtMalformed(f"block {number}: no blank line before the next cue")
    return Cue(start, end, spoken)


def _seconds(clock: tuple[str, ...]) -> float:
    hours, minutes, seconds, milliseconds = (int(part) for part in clock)
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
