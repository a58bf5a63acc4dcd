"""Documented values that were accepted. Refusals are told by probes, which know what they varied.

Source: Dubbing API Reference, "Upload Media" and "Create Dubbing Job", Parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, passed
from dubcheck.rules.pinch.request_oracle import LARGEST_LAG_SECONDS, has_fault, is_wholly_valid
from dubcheck.rules.pinch.vocabulary import (
    API,
    AUTO,
    LANGUAGES,
    SOURCE_LANGUAGES,
    as_number,
    is_known_caller,
)
from dubcheck.rules.registry import exchange_rule

VIDEO = {"filename": "video.mp4", "content_type": "video/mp4"}
AUDIO = {"filename": "audio.mp3", "content_type": "audio/mpeg"}
REQUIRED_FIELDS = {"source_url", "target_lang"}
SAMPLE_OPTIONS = {
    "source_lang": AUTO,
    "reduce_accent": False,
    "translation_lag_time": 0,
    "original_speech_volume": 0,
}

_UPLOAD_URL = "pinch.upload-url.accepts-"
_CREATE_JOB = "pinch.create-job."


@exchange_rule(
    API, "createUploadUrl", [f"{_UPLOAD_URL}a-video-file", f"{_UPLOAD_URL}an-audio-file"]
)
def accepted_files(exchange: Exchange) -> Iterator[Outcome]:
    """The two files that the table of parameters names."""
    if exchange.succeeded and is_known_caller(exchange):
        if exchange.document == VIDEO:
            yield passed(f"{_UPLOAD_URL}a-video-file")
        if exchange.document == AUDIO:
            yield passed(f"{_UPLOAD_URL}an-audio-file")


_ACCEPTED = [
    "accepts-required-fields-only",
    "accepts-every-field",
    *(f"target-language-{code}-is-accepted" for code in LANGUAGES),
    *(f"source-language-{code}-is-accepted" for code in SOURCE_LANGUAGES),
    *(f"accent-{word}-is-accepted" for word in ("true", "false")),
    *(f"lag-{place}-is-accepted" for place in ("of-0", "of-3", "between-bounds")),
    *(f"volume-{place}-is-accepted" for place in ("of-0", "of-1", "between-bounds")),
]


@exchange_rule(API, "createJob", [_CREATE_JOB + name for name in _ACCEPTED])
def accepted_values(exchange: Exchange) -> Iterator[Outcome]:
    """Every documented value in a job that was created."""
    if not exchange.succeeded or not is_known_caller(exchange) or has_fault(exchange):
        return
    if is_wholly_valid(exchange):
        yield from _accepted_shapes(exchange)
    target, source = exchange.sent("target_lang"), exchange.sent("source_lang")
    if target in LANGUAGES:
        yield passed(f"{_CREATE_JOB}target-language-{target}-is-accepted")
    if source in SOURCE_LANGUAGES:
        yield passed(f"{_CREATE_JOB}source-language-{source}-is-accepted")
    accent = exchange.sent("reduce_accent")
    if isinstance(accent, bool):
        yield passed(f"{_CREATE_JOB}accent-{str(accent).lower()}-is-accepted")
    yield from _accepted_place(exchange, "lag", "translation_lag_time", LARGEST_LAG_SECONDS)
    yield from _accepted_place(exchange, "volume", "original_speech_volume", 1)


def _accepted_shapes(exchange: Exchange) -> Iterator[Outcome]:
    document = exchange.document
    if document.keys() == REQUIRED_FIELDS:
        yield passed(f"{_CREATE_JOB}accepts-required-fields-only")
    if {key: document[key] for key in document.keys() - REQUIRED_FIELDS} == SAMPLE_OPTIONS:
        yield passed(f"{_CREATE_JOB}accepts-every-field")


def _accepted_place(exchange: Exchange, word: str, name: str, most: int) -> Iterator[Outcome]:
    value = as_number(exchange.sent(name))
    if value is None or not 0 <= value <= most:
        return
    place = "of-0" if value == 0 else f"of-{most}" if value == most else "between-bounds"
    yield passed(f"{_CREATE_JOB}{word}-{place}-is-accepted")
