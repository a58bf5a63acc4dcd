"""Trim ranges and SRT texts keep or break the rule they name, judged by small other rules."""

from __future__ import annotations

import re

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from dubcheck.strategies.panjaya import subtitles, trims
from dubcheck.strategies.panjaya.trims import TrimRange

quick = settings(max_examples=40, deadline=None)
DURATIONS = st.sampled_from([2.0, 6.0, 12.0, 2.043])
TIMES = re.compile(r"(\d\d):(\d\d):(\d\d),(\d\d\d) --> (\d\d):(\d\d):(\d\d),(\d\d\d)")
BROKEN_RANGES = {
    "reversed": (
        trims.trim_ranges_reversed,
        lambda trim, length: 0 < trim.end_time < trim.start_time < length,
    ),
    "empty": (
        trims.trim_ranges_empty,
        lambda trim, length: 0 < trim.end_time == trim.start_time < length,
    ),
    "starting beyond": (
        trims.trim_ranges_starting_beyond,
        lambda trim, length: trim.start_time > length + 0.4 and trim.end_time is None,
    ),
    "ending beyond": (
        trims.trim_ranges_ending_beyond,
        lambda trim, length: trim.end_time > length + 0.4 and 0 <= (trim.start_time or 0) < length,
    ),
    "negative": (
        trims.trim_ranges_negative,
        lambda trim, length: min(trim.fields.values()) < 0 and max(trim.fields.values()) <= length,
    ),
}
MALFORMED_TEXTS = {
    "free text": subtitles.srt_texts_of_free_text(),
    "no times": subtitles.srt_texts_without_times(),
    "no arrows": subtitles.srt_texts_without_arrows(),
    "garbled times": subtitles.srt_texts_with_garbled_times(),
    "JSON": subtitles.srt_texts_of_json(),
    "any": subtitles.srt_texts_malformed(),
}


def seconds_of(times: tuple[str, ...]) -> float:
    """Hours, minutes, seconds and milliseconds as seconds."""
    hours, minutes, seconds, milliseconds = map(int, times)
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def strict_spans(text: str) -> list[tuple[float, float]]:
    """The spans of an SRT text, by the strictest reading; AssertionError if it breaks a rule."""
    blocks = text.replace("\r\n", "\n").removesuffix("\n").split("\n\n")
    rows = [block.split("\n") for block in blocks]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert all(len(row) >= 3 and all(line.strip() for line in row[2:]) for row in rows)
    assert not any("-->" in line for row in rows for line in row[2:])
    found = [TIMES.fullmatch(row[1]) for row in rows]
    assert all(found)
    groups = [match.groups() for match in found if match]
    return [(seconds_of(group[:4]), seconds_of(group[4:])) for group in groups]


@quick
@given(draw=st.data(), duration_seconds=DURATIONS)
def test_trim_ranges_keep_a_second_inside_the_video(
    draw: st.DataObject, duration_seconds: float
) -> None:
    """A valid range has a time, and keeps at least 1 s between the video's start and end."""
    trim = draw.draw(trims.trim_ranges(duration_seconds))

    start, end = trim.fields.get("start_time", 0), trim.fields.get("end_time", duration_seconds)
    assert trim.fields
    assert 0 <= start <= end - 0.999 <= duration_seconds


@pytest.mark.parametrize("name", BROKEN_RANGES)
@quick
@given(draw=st.data(), duration_seconds=DURATIONS)
def test_broken_trim_range_breaks_its_one_rule(
    name: str, draw: st.DataObject, duration_seconds: float
) -> None:
    """A broken range is wrong in the way it is named for, and right otherwise."""
    strategy, is_broken_so = BROKEN_RANGES[name]

    trim = draw.draw(strategy(duration_seconds))

    assert is_broken_so(trim, duration_seconds)


@pytest.mark.parametrize(
    "trim",
    [TrimRange(0), TrimRange(None, 6.0), TrimRange(0, 6), TrimRange(5.0), TrimRange(2, 4)],
    ids=str,
)
def test_trim_ranges_reach_their_bounds(trim: TrimRange) -> None:
    """The beginning, the end, both, the latest start and a plain section are drawn."""
    assert find(trims.trim_ranges(6.0), lambda drawn: drawn == trim) == trim


def test_reversed_range_shrinks_to_small_numbers() -> None:
    """The smallest reversed range is at the start of the video."""
    trim = find(trims.trim_ranges_reversed(6.0), lambda _: True)

    assert (trim.start_time, trim.end_time) <= (1, 1)


@quick
@given(text=subtitles.srt_texts())
def test_srt_texts_are_valid_by_the_strictest_reading(text: str) -> None:
    """Counters from 1, times with comma and arrow, text, rising and without overlap."""
    spans = strict_spans(text)

    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("name", MALFORMED_TEXTS)
@quick
@given(draw=st.data())
def test_malformed_srt_texts_hold_no_entry_for_any_reader(name: str, draw: st.DataObject) -> None:
    """No line has a time on both sides of an arrow, with comma or dot, and no text is blank."""
    text = draw.draw(MALFORMED_TEXTS[name])

    assert text.strip()
    assert not re.search(r"\d\s*-->\s*\d", text)


@pytest.mark.parametrize("name", subtitles.DOUBTFUL_SRT_TEXTS)
def test_doubtful_srt_texts_are_not_all_valid(name: str) -> None:
    """Each doubtful kind differs somewhere from what the strictest reading takes."""
    text = find(subtitles.DOUBTFUL_SRT_TEXTS[name], lambda drawn: not is_strict(drawn))

    assert not is_strict(text)


def is_strict(text: str) -> bool:
    """Whether a text is valid, rising and without overlap by the strictest reading."""
    try:
        spans = strict_spans(text)
    except AssertionError:
        return False
    rises = all(start < end for start, end in spans)
    follows = all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    return rises and follows and text.endswith("\n") and not text.startswith("\ufeff")
