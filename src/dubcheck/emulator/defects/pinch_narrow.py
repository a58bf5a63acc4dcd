"""Pinch outputs that are wrong for one kind of input, one option or one language only."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dubcheck.emulator.defects.interception import Call, Defect
from dubcheck.emulator.defects.pinch_encodings import Encoding
from dubcheck.emulator.defects.pinch_outputs import (
    LAG,
    VOLUME,
    Change,
    Output,
    hands_out,
    made_of,
    of_videos,
    repaced,
    resized,
)
from dubcheck.emulator.defects.ways import Document, receives, refuses, sent

_SILENT = Encoding(gain=0.0)


def _with(field: str) -> Callable[[Output], bool]:
    """Outputs of jobs that asked for more than the default of an option."""
    return lambda output: bool(output.asked.get(field))


def _with_accent_alone(output: Output) -> bool:
    return bool(output.asked.get("reduce_accent")) and not output.asked.get(VOLUME)


def _whenever(encoding: Encoding, when: Callable[[Output], bool]) -> Change:
    return lambda output: encoding if when(output) else None


_FILM_RATE = Fraction(24000, 1001)
_LEAST_DIFFERENCE = 0.005  # of rates; outputs whose last picture stands longer show a lower one


def _film_as_24(rate: Fraction) -> Fraction:
    return Fraction(24) if abs(rate - _FILM_RATE) < _LEAST_DIFFERENCE else rate


def _50_as_25(rate: Fraction) -> Fraction:
    return Fraction(25) if round(rate) == 50 else rate


def _at_most_480_lines(width: int, height: int) -> tuple[int, int]:
    return (width, height) if height <= 480 else (width * 480 // height // 2 * 2, 480)


_ENCODED: tuple[tuple[str, str, Change], ...] = (
    (
        "speech-is-audible",
        "ts-without-sound",
        of_videos(Encoding(loses_sound=True), made_of("ts-container")),
    ),
    ("speech-is-audible", "silent-with-an-accent", _whenever(_SILENT, _with("reduce_accent"))),
    ("speech-is-audible", "silent-with-an-accent-alone", _whenever(_SILENT, _with_accent_alone)),
    ("speech-is-audible", "silent-with-a-lag", _whenever(_SILENT, _with(LAG))),
    (
        "speech-is-audible",
        "first-two-minutes",
        lambda _: Encoding(gain=0.0, gain_from_seconds=120.0),
    ),
    (
        "video-sound-is-192-kbps",
        "96-for-webm",
        of_videos(Encoding(bit_rate=96_000), made_of("webm-container")),
    ),
    (
        "video-sound-is-192-kbps",
        "128-with-a-volume",
        of_videos(Encoding(bit_rate=128_000), _with(VOLUME)),
    ),
    ("video-keeps-frame-rate", "film-as-24", repaced(_film_as_24)),
    ("video-keeps-frame-rate", "50-as-25", repaced(_50_as_25)),
    ("video-keeps-resolution", "at-most-480-lines", resized(_at_most_480_lines)),
)
_FAILING = "https://cdn.example.com/emulator-processing-failed.mp4"
_LANGUAGES = "pinch.output.every-target-language-is-dubbed"


def _detects_the_source(call: Call) -> bool:
    return bool(call.document.get("source_lang", "auto") == "auto")


def _into(code: str) -> Callable[[Output], bool]:
    return lambda output: output.asked.get("target_lang") == code


def _fails(job: Document) -> None:
    job["source_url"] = _FAILING


_CHINESE = sent("target_lang", "zh")
_DEFECTS_OF_LANGUAGES = (
    Defect(_LANGUAGES, "chinese-fails", receives("createJob", _fails, _CHINESE)),
    Defect(_LANGUAGES, "chinese-is-silent", hands_out(_whenever(_SILENT, _into("zh")))),
    Defect(
        _LANGUAGES,
        "chinese-is-refused-if-detected",
        refuses("createJob", lambda call: _CHINESE(call) and _detects_the_source(call)),
    ),
)
DEFECTS = (
    *(Defect(f"pinch.output.{fact}", slug, hands_out(change)) for fact, slug, change in _ENCODED),
    *_DEFECTS_OF_LANGUAGES,
)
