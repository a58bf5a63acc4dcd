"""Panjaya trims that fail where they should not, hold where they must not, or cut elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dubcheck.emulator.defects.interception import Act, Call, Defect
from dubcheck.emulator.defects.panjaya_bodies import value_of
from dubcheck.emulator.defects.panjaya_memory import fails, shows
from dubcheck.emulator.defects.ways import Document, When, receives

# Nothing that is offered for trimming lasts longer.
LONGEST_SECONDS = 6.0
FAR_SECONDS, SHORT_SECONDS = 3.0, 2.0
OUT_OF_RANGE = "time_out_of_range"
Test = Callable[[float | None, float | None], bool]


def _times(document: Document) -> tuple[float | None, float | None]:
    start, end = document.get("start_time"), document.get("end_time")
    return (start if _is_number(start) else None, end if _is_number(end) else None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _when(test: Test) -> When:
    return lambda call: isinstance(call.document, dict) and test(*_times(call.document))


def _both_inside(start: float | None, end: float | None) -> bool:
    return start is not None and end is not None and 0 < start < end


def _fractional(start: float | None, end: float | None) -> bool:
    return (start or 0) % 1 != 0 and (end or 0) % 1 != 0


def _whole(start: float | None, end: float | None) -> bool:
    return _both_inside(start, end) and not _fractional(start, end)


def _start_only(start: float | None, end: float | None) -> bool:
    return start is not None and start > 0 and end is None


def _start_of_a_talk(start: float | None, end: float | None) -> bool:
    """One inside longer videos only: in shorter ones it still fails, as it should."""
    return start is not None and FAR_SECONDS < start < FAR_SECONDS + 2 and end is None


def _start_beyond(start: float | None, end: float | None) -> bool:
    return start is not None and start > LONGEST_SECONDS and end is None


def _end_beyond(start: float | None, end: float | None) -> bool:
    return end is not None and end > LONGEST_SECONDS and start is None


def _end_only(start: float | None, end: float | None) -> bool:
    return start is None and end is not None and end > 0


def _zero(start: float | None, _: float | None) -> bool:
    return start == 0


def _untrimmed(call: Call) -> bool:
    return isinstance(call.document, dict) and not {"start_time", "end_time"} & {*call.document}


def _fails(test: Test, code: str = OUT_OF_RANGE) -> Act:
    return fails(code, lambda asset, request: test(*_times(request)))


def _ends_at_duration(asset: Document, request: Document) -> bool:
    _, end = _times(request)
    return end is not None and abs(end - asset["duration"]) < 0.02


def _fails_fetched(test: Test) -> Act:
    """Fails such a section of what the service fetches itself, and no upload's."""
    return fails(
        OUT_OF_RANGE, lambda asset, request: "media_url" in request and test(*_times(request))
    )


UNREADY: tuple[tuple[str, str, Act], ...] = (
    ("both-inside-video-becomes-ready", "fails", _fails(_both_inside)),
    ("start-only-becomes-ready", "fails", _fails(_start_only)),
    ("start-only-becomes-ready", "invalid-input", _fails(_start_only, "invalid_input")),
    ("start-only-becomes-ready", "fails-fetched", _fails_fetched(_start_only)),
    ("end-only-becomes-ready", "fails", _fails(_end_only)),
    ("end-only-becomes-ready", "fails-fetched", _fails_fetched(_end_only)),
    ("zero-start-becomes-ready", "fails", _fails(_zero)),
    (
        "zero-start-becomes-ready",
        "fails-with-an-end",
        _fails(lambda start, end: start == 0 and end is not None),
    ),
    ("end-at-duration-becomes-ready", "fails", fails(OUT_OF_RANGE, _ends_at_duration)),
    ("fractional-times-become-ready", "fails", _fails(_fractional)),
)


def _puts(**times: float | None) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for name, value in times.items():
            document.pop(name, None)
            if value is not None:
                document[name] = value

    return change


def _swaps(document: Document) -> None:
    document["start_time"], document["end_time"] = document["end_time"], document["start_time"]


def _moves(name: str, seconds: float) -> Callable[[Document], None]:
    return lambda document: document.update({name: document[name] + seconds})


def _both(test: Callable[[float, float], bool]) -> When:
    return _when(
        lambda start, end: (
            start is not None and end is not None and min(start, end) > 0 and test(start, end)
        )
    )


def _negative(name: str) -> When:
    return lambda call: _is_number(value_of(call, name)) and value_of(call, name) < 0


def _beyond_a_start(start: float | None, end: float | None) -> bool:
    return start is not None and end is not None and start > 0 and end > LONGEST_SECONDS


def _beyond_with_options(call: Call) -> bool:
    return _when(_end_beyond)(call) and value_of(call, "speakers_count") is not None


def _half_a_second_beyond(start: float | None, end: float | None) -> bool:
    return start is None and end == SHORT_SECONDS + 0.5


FREE = _puts(start_time=None, end_time=None)
# On both operations, by what arrives.
CHANGED: tuple[tuple[str, str, Callable[[Document], None], When], ...] = (
    ("start-beyond-duration-fails", "ignores", FREE, _when(_start_beyond)),
    ("end-beyond-duration-fails", "ignores", FREE, _when(_end_beyond)),
    (
        "end-beyond-duration-fails",
        "ignored-beside-a-start",
        _puts(end_time=None),
        _when(_beyond_a_start),
    ),
    ("end-beyond-duration-fails", "half-a-second", FREE, _when(_half_a_second_beyond)),
    ("end-beyond-duration-fails", "ignored-with-options", FREE, _beyond_with_options),
    ("end-before-start-is-never-ready", "ignored", FREE, _both(lambda start, end: end < start)),
    ("end-before-start-is-never-ready", "swapped", _swaps, _both(lambda start, end: end < start)),
    ("end-equal-to-start-is-never-ready", "ignored", FREE, _both(lambda start, end: end == start)),
    (
        "end-equal-to-start-is-never-ready",
        "a-second-more",
        _moves("end_time", 1),
        _both(lambda start, end: end == start),
    ),
    (
        "negative-start-is-never-ready",
        "from-zero",
        _puts(start_time=0),
        _negative("start_time"),
    ),
    ("negative-end-is-never-ready", "ignored", _puts(end_time=None), _negative("end_time")),
    ("result-lasts-the-section", "half-a-second-more", _moves("end_time", 0.5), _when(_whole)),
    ("result-lasts-the-section", "until-the-end", _puts(end_time=None), _when(_both_inside)),
    (
        "result-lasts-the-section",
        "whole-seconds",
        lambda document: document.update(
            start_time=int(document["start_time"]), end_time=int(document["end_time"])
        ),
        _when(lambda start, end: _both_inside(start, end) and _fractional(start, end)),
    ),
    ("absent-start-is-beginning", "half-a-second", _puts(start_time=0.5), _when(_end_only)),
    ("absent-end-is-end", "a-second-less", _moves("start_time", 1), _when(_start_only)),
    ("absent-end-is-end", "ignored", _puts(start_time=None), _when(_start_of_a_talk)),
    ("untrimmed-result-lasts-as-video", "from-0.5", _puts(start_time=0.5), _untrimmed),
)


def _far_start(start: float | None, end: float | None) -> bool:
    return start is not None and start > FAR_SECONDS and end is None


def _far_end(start: float | None, end: float | None) -> bool:
    return end is not None and end > FAR_SECONDS and start is None


def _not_after(start: float | None, end: float | None) -> bool:
    return start is not None and end is not None and end <= start


def _recodes(test: Test, code: str) -> Act:
    """Fails for the reason that it has, under another code."""

    def change(asset: Document, request: Document) -> None:
        if asset["status"] == "Failed" and asset.get("error") and test(*_times(request)):
            asset["error"] = {**asset["error"], "code": code}

    return shows(change)


def _is_negative(start: float | None, end: float | None) -> bool:
    return min(start or 0, end or 0) < 0


CODES: tuple[tuple[str, str, Act], ...] = (
    ("start-beyond-duration-code", "unsupported", _recodes(_far_start, "unsupported_media")),
    ("start-beyond-duration-code", "empty", _recodes(_far_start, "empty_transcript")),
    (
        "end-beyond-duration-code",
        "duration-limit",
        _recodes(_far_end, "video_duration_limit_reached"),
    ),
    ("end-not-after-start-code", "out-of-range", _recodes(_not_after, OUT_OF_RANGE)),
    ("negative-time-code", "unsupported", _recodes(_is_negative, "unsupported_media")),
    (
        "negative-time-code",
        "empty-if-end",
        _recodes(lambda _, end: (end or 0) < 0, "empty_transcript"),
    ),
    (
        "end-not-after-start-code",
        "out-of-range-if-equal",
        _recodes(lambda start, end: start is not None and start == end, OUT_OF_RANGE),
    ),
)


def _cut_defects() -> Iterator[Defect]:
    for fact, slug, act in (*UNREADY, *CODES):
        yield Defect(f"panjaya.trims.{fact}", slug, act)
    for fact, slug, change, when in CHANGED:
        yield Defect(f"panjaya.trims.{fact}", slug, receives("uploadAsset", change, when))
        if fact.endswith("never-ready"):
            act = receives("createAsset", change, when)
            yield Defect(f"panjaya.trims.{fact}", f"{slug}-where-fetched", act)


DEFECTS = tuple(_cut_defects())
