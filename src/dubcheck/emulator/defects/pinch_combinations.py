"""Pinch is wrong only where options, or requests with several keys, come together.

Each behaves well for whoever tries one value, or one key, at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dubcheck.emulator.defects.interception import (
    PINCH_KEY,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
)
from dubcheck.emulator.defects.pinch_courses import remembers
from dubcheck.emulator.defects.pinch_lists import hides_jobs
from dubcheck.emulator.defects.ways import (
    Document,
    When,
    crashes,
    lets_in,
    receives,
    refuses,
    sent,
)

LAG, VOLUME, ACCENT = "translation_lag_time", "original_speech_volume", "reduce_accent"
_FAILING = "https://cdn.example.com/emulator-processing-failed.mp4"
_LONG_LAG_SECONDS = 2.5


def _away_from_default(*fields: str) -> When:
    """Jobs for which each of these options was asked for."""

    def when(call: Call) -> bool:
        document = call.document
        return isinstance(document, dict) and all(document.get(field) for field in fields)

    return when


def _lags_long(call: Call) -> bool:
    return _away_from_default(LAG)(call) and call.document[LAG] > _LONG_LAG_SECONDS


def _sets(**values: object) -> Callable[[Document], None]:
    return lambda document: document.update(values)


def _counts_the_lag(job: Document, asked: Document, _: int) -> None:
    """The duration, and with it the price, is that of the file with its late end."""
    if job["status"] == "completed" and asked.get(LAG):
        job["input_duration_sec"] += asked[LAG]
        job["cost_usd"] = round(job["input_duration_sec"] / 120, 2)


def _lasts_longer_every_other_time(job: Document, _: Document, seen: int) -> None:
    """Too little to make another price of it."""
    if job["status"] == "completed" and seen % 2:
        job["input_duration_sec"] += 0.4


def _counts_milliseconds(job: Document, _: Document, __: int) -> None:
    """The price is that of the true duration."""
    if job["status"] == "completed":
        job["input_duration_sec"] *= 1000


def _keyless(call: Call) -> bool:
    """The key, without the word Bearer before it."""
    return call.authorization == PINCH_KEY


def _under_any_scheme(call: Call) -> bool:
    _, _, key = call.authorization.partition(" ")
    return key == PINCH_KEY


def _served_once_served(operation: str) -> Act:
    """Whatever the right key was shown is shown to any Bearer token from then on."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.operation != operation:
            return await following(call)
        place = f"{call.path}?{call.query}"
        if call.is_owners:
            reply = await following(call)
            if reply.succeeded:
                memory.kept[place] = True
            return reply
        if place in memory.kept and call.authorization.startswith("Bearer pk_"):
            call = call.with_header("authorization", f"Bearer {PINCH_KEY}")
        return await following(call)

    return act


def _holds_nul(field: str) -> When:
    return lambda call: isinstance(call.document, dict) and "\x00" in str(call.document.get(field))


def _defects() -> Iterator[Defect]:
    together = "pinch.create-job.documented-values-combine"
    yield Defect(together, "lag-or-volume", refuses("createJob", _away_from_default(LAG, VOLUME)))
    accented = _away_from_default(ACCENT, VOLUME)
    yield Defect(together, "accent-or-volume", refuses("createJob", accented))
    accent, chinese = _away_from_default(ACCENT), sent("target_lang", "zh")
    refused = refuses("createJob", lambda call: accent(call) and chinese(call))
    yield Defect(together, "accent-or-chinese", refused)
    japanese, korean = sent("source_lang", "ja"), sent("target_lang", "ko")
    refused = refuses("createJob", lambda call: japanese(call) and korean(call))
    yield Defect(together, "not-from-japanese-into-korean", refused)
    lags = _away_from_default(LAG)
    hidden = hides_jobs(lambda call, _: lags(call))
    yield Defect("pinch.list-jobs.created-job-is-listed", "hides-jobs-with-a-lag", hidden)
    for language in ("target", "source"):
        promise = f"pinch.create-job.unsupported-{language}-is-refused"
        holds_nul = _holds_nul(f"{language}_lang")
        yield Defect(promise, "crashes-on-nul", crashes("createJob", holds_nul))
    stops = "pinch.output.options-do-not-stop-a-dub"
    for slug, when in (
        ("with-an-accent", _away_from_default(ACCENT)),
        ("with-a-volume", _away_from_default(VOLUME)),
        ("with-a-long-lag", _lags_long),
    ):
        yield Defect(stops, slug, receives("createJob", _sets(source_url=_FAILING), when))
    both = _away_from_default(LAG, VOLUME)
    for requirement, lost in (
        ("lag-delays-the-translation", LAG),
        ("volume-mixes-the-original-in", VOLUME),
    ):
        act = receives("createJob", _sets(**{lost: 0}), both)
        yield Defect(f"pinch.output.{requirement}", "with-the-other-option", act)
    measured = "pinch.get-job.input-duration-is-measured"
    yield Defect(measured, "with-the-lag", remembers("getJob", _counts_the_lag))
    yield Defect(measured, "changes", remembers("getJob", _lasts_longer_every_other_time))
    yield Defect(measured, "milliseconds", remembers("getJob", _counts_milliseconds))
    for operation, name in (("listJobs", "list-jobs"), ("createJob", "create-job")):
        promise = f"pinch.auth.{name}-refuses-malformed-header"
        yield Defect(promise, "takes-the-key-alone", lets_in(operation, PINCH_KEY, _keyless))
        yield Defect(promise, "takes-any-scheme", lets_in(operation, PINCH_KEY, _under_any_scheme))
    for operation, name in (("getJob", "get-job"), ("listJobs", "list-jobs")):
        act = _served_once_served(operation)
        yield Defect(f"pinch.auth.{name}-refuses-wrong-key", "once-shown-to-the-right-one", act)


DEFECTS = tuple(_defects())
