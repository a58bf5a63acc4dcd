"""The limits that answers announce.

Source: Dubbing API Reference, "Overview" and the response tables; the larger values come from the
vendor's later client, the binary reading of 500 MB from another client of the vendor.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, read
from dubcheck.rules.pinch.vocabulary import API, as_number, is_known_caller
from dubcheck.rules.registry import exchange_rule, run_rule
from dubcheck.rules.settling import resting_on, settle

DURATIONS = {600: "10-minutes", 3600: "60-minutes"}
FILE_SIZES = {500_000_000: "500-mb-decimal", 524_288_000: "500-mb-binary", 2_000_000_000: "2-gb"}
_SIZE_PLACES = {
    "createJob": ("limits", "max_file_size_bytes"),
    "createUploadUrl": ("max_file_size_bytes",),
}
_AGREES = "pinch.create-job.file-size-limit-agrees-with-upload-url"


def announced_file_size(exchange: Exchange) -> float | None:
    """The size limit that an answer announces."""
    place = _SIZE_PLACES.get(exchange.operation or "")
    if place is None or not exchange.succeeded or not is_known_caller(exchange):
        return None
    size = as_number(exchange.field(*place))
    return size if size is not None and size > 0 else None


@exchange_rule(
    API,
    ("createJob", "createUploadUrl"),
    [
        "pinch.create-job.max-file-size-is-documented",
        "pinch.upload-url.max-file-size-is-documented",
        "pinch.input-media.file-size-limit",
    ],
)
def file_size_limit(exchange: Exchange) -> Iterator[Outcome]:
    """The largest file is one of those that the vendor names."""
    size = announced_file_size(exchange)
    if size is None:
        return
    topic = "create-job" if exchange.operation == "createJob" else "upload-url"
    yield holds(
        f"pinch.{topic}.max-file-size-is-documented",
        size in FILE_SIZES,
        "the largest file is none that the vendor names",
        expected=" or ".join(map(str, FILE_SIZES)),
        actual=size,
    )
    if size in FILE_SIZES:
        yield read("pinch.input-media.file-size-limit", FILE_SIZES[int(size)])


@exchange_rule(
    API,
    "createJob",
    ["pinch.create-job.max-duration-is-documented", "pinch.input-media.duration-limit"],
)
def duration_limit(exchange: Exchange) -> Iterator[Outcome]:
    """The longest input is one of those that the vendor names."""
    seconds = as_number(exchange.field("limits", "max_duration_sec"))
    if seconds is None or seconds <= 0 or not exchange.succeeded or not is_known_caller(exchange):
        return
    yield holds(
        "pinch.create-job.max-duration-is-documented",
        seconds in DURATIONS,
        "the longest input is none that the vendor names",
        expected=" or ".join(map(str, DURATIONS)),
        actual=seconds,
    )
    if seconds in DURATIONS:
        yield read("pinch.input-media.duration-limit", DURATIONS[int(seconds)])


@run_rule(API, [_AGREES])
def agreeing_file_sizes(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    """A job takes the files that its account may upload; accounts may differ."""
    return settle(_size_comparisons(exchanges))


def _size_comparisons(exchanges: tuple[Exchange, ...]) -> Iterator[Outcome]:
    uploads: dict[object, dict[float, Exchange]] = {}
    for exchange in exchanges:
        size = announced_file_size(exchange)
        if exchange.operation == "createUploadUrl" and size in FILE_SIZES:
            uploads.setdefault(exchange.request.credential, {})[float(size or 0)] = exchange
    for exchange in exchanges:
        size = announced_file_size(exchange)
        allowed = uploads.get(exchange.request.credential)
        # A size that nobody names is reported as such and not once more here.
        if exchange.operation == "createJob" and allowed and size in FILE_SIZES:
            outcome = holds(
                _AGREES,
                size in allowed,
                "a job announces another file size limit than the upload URL",
                expected=" or ".join(f"{item:.0f}" for item in allowed),
                actual=size,
            )
            yield resting_on(outcome, *allowed.values(), exchange)
