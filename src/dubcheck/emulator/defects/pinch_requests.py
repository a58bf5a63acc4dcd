"""Pinch requests that are refused although valid, accepted although invalid, or let in unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dubcheck.emulator.defects.interception import PINCH_KEY, Call, Defect
from dubcheck.emulator.defects.ways import (
    Document,
    When,
    accepts,
    crashes,
    lets_in,
    refuses,
    replaces,
    sent,
)

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh")
OPERATIONS = {
    "upload-url": "createUploadUrl",
    "create-job": "createJob",
    "list-jobs": "listJobs",
    "get-job": "getJob",
    "get-result": "getJobResult",
}
HEADERS: dict[str, When] = {
    "missing-header": lambda call: call.header("authorization") is None,
    "malformed-header": lambda call: (
        call.header("authorization") is not None and not call.authorization.startswith("Bearer ")
    ),
    "wrong-key": lambda call: call.authorization.startswith("Bearer pk_dub"),
}


def _auth_defects() -> Iterator[Defect]:
    for topic, operation in OPERATIONS.items():
        for kind, when in HEADERS.items():
            act = lets_in(operation, PINCH_KEY, when)
            yield Defect(f"pinch.auth.{topic}-refuses-{kind}", "lets-in", act)


def _number(call: Call, field: str) -> float | None:
    document = call.document
    value = document.get(field) if isinstance(document, dict) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None


def _where(field: str, test: Callable[[float], bool]) -> When:
    def when(call: Call) -> bool:
        value = _number(call, field)
        return value is not None and test(value)

    return when


def _named(pattern: str) -> When:
    """Requests for a file whose name holds what the pattern describes."""

    def when(call: Call) -> bool:
        document = call.document
        name = document.get("filename") if isinstance(document, dict) else None
        return isinstance(name, str) and bool(re.search(pattern, name))

    return when


LAG, VOLUME = "translation_lag_time", "original_speech_volume"
REFUSED: tuple[tuple[str, str, str, When], ...] = (
    ("create-job.accent-true-is-accepted", "refuses", "createJob", sent("reduce_accent", True)),
    ("create-job.accent-false-is-accepted", "refuses", "createJob", sent("reduce_accent", False)),
    ("create-job.lag-of-0-is-accepted", "refuses", "createJob", sent(LAG, 0)),
    ("create-job.lag-of-3-is-accepted", "off-by-one", "createJob", sent(LAG, 3)),
    (
        "create-job.lag-between-bounds-is-accepted",
        "whole-only",
        "createJob",
        _where(LAG, lambda lag: lag % 1 != 0 and 0 < lag < 3),
    ),
    ("create-job.volume-of-0-is-accepted", "refuses", "createJob", sent(VOLUME, 0)),
    ("create-job.volume-of-1-is-accepted", "off-by-one", "createJob", sent(VOLUME, 1)),
    (
        "create-job.volume-between-bounds-is-accepted",
        "whole-only",
        "createJob",
        _where(VOLUME, lambda volume: 0 < volume < 1),
    ),
    (
        "upload-url.accepts-an-audio-file",
        "refuses",
        "createUploadUrl",
        lambda call: "audio/" in str(call.document),
    ),
    (
        "upload-url.accepts-a-video-file",
        "refuses",
        "createUploadUrl",
        lambda call: "video/" in str(call.document),
    ),
    *(
        ("upload-url.accepts-a-video-file", slug, "createUploadUrl", _named(pattern))
        for slug, pattern in (
            ("small-extensions-only", r"\.[A-Z0-9]+$"),
            ("no-blanks", r"\s"),
            ("ascii-only", r"[^\x00-\x7f]"),
            ("a-hundred-characters", r"^.{101}"),
        )
    ),
    ("list-jobs.limit-1-is-accepted", "refuses", "listJobs", lambda c: c.parameter("limit") == "1"),
    (
        "list-jobs.limit-20-is-accepted",
        "refuses",
        "listJobs",
        lambda call: call.parameter("limit") == "20",
    ),
    (
        "list-jobs.limit-100-is-accepted",
        "off-by-one",
        "listJobs",
        lambda call: call.parameter("limit") == "100",
    ),
)


def _refusal_defects() -> Iterator[Defect]:
    for fact, slug, operation, when in REFUSED:
        yield Defect(f"pinch.{fact}", slug, refuses(operation, when))
    for code in LANGUAGES:
        for kind, field in (("target", "target_lang"), ("source", "source_lang")):
            name = f"pinch.create-job.{kind}-language-{code}-is-accepted"
            yield Defect(name, "refuses", refuses("createJob", sent(field, code)))
    name = "pinch.create-job.source-language-auto-is-accepted"
    yield Defect(name, "refuses", refuses("createJob", sent("source_lang", "auto")))


def _is_wrong_type(field: str, *right: type) -> When:
    def when(call: Call) -> bool:
        document = call.document
        if not isinstance(document, dict) or field not in document:
            return False
        value = document[field]
        return value is not None and (
            not isinstance(value, right) or (isinstance(value, bool) and bool not in right)
        )

    return when


def _lacks(field: str) -> When:
    return lambda call: isinstance(call.document, dict) and field not in call.document


def _puts(field: str, value: Any) -> Callable[[Document], None]:
    return lambda document: document.update({field: value})


def _is_text(call: Call, field: str, test: Callable[[str], bool]) -> bool:
    document = call.document
    value = document.get(field) if isinstance(document, dict) else None
    return isinstance(value, str) and test(value)


PLAIN = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "es"}
FILE = {"filename": "video.mp4", "content_type": "video/mp4"}
ACCEPTED: tuple[tuple[str, str, str, When, Callable[[Document], None]], ...] = (
    (
        "create-job.negative-lag-is-refused",
        "accepts",
        "createJob",
        _where(LAG, lambda lag: lag < 0),
        _puts(LAG, 0),
    ),
    (
        "create-job.lag-above-5-is-refused",
        "accepts",
        "createJob",
        _where(LAG, lambda lag: lag > 5),
        _puts(LAG, 3),
    ),
    (
        "create-job.negative-volume-is-refused",
        "accepts",
        "createJob",
        _where(VOLUME, lambda volume: volume < 0),
        _puts(VOLUME, 0),
    ),
    (
        "create-job.volume-above-1-is-refused",
        "accepts",
        "createJob",
        _where(VOLUME, lambda volume: volume > 1),
        _puts(VOLUME, 1),
    ),
    (
        "create-job.volume-above-1-is-refused",
        "accepts-up-to-1.5",
        "createJob",
        _where(VOLUME, lambda volume: 1 < volume <= 1.5),
        _puts(VOLUME, 1),
    ),
    (
        "create-job.auto-target-is-refused",
        "accepts",
        "createJob",
        sent("target_lang", "auto"),
        _puts("target_lang", "es"),
    ),
    (
        "create-job.empty-target-is-refused",
        "accepts",
        "createJob",
        sent("target_lang", ""),
        _puts("target_lang", "es"),
    ),
    (
        "create-job.unsupported-target-is-refused",
        "accepts",
        "createJob",
        lambda call: _is_text(
            call,
            "target_lang",
            lambda code: code.lower()[:2] not in LANGUAGES and code not in ("", "auto"),
        ),
        _puts("target_lang", "es"),
    ),
    (
        "create-job.unsupported-source-is-refused",
        "accepts",
        "createJob",
        lambda call: _is_text(
            call, "source_lang", lambda code: code.lower()[:2] not in LANGUAGES and code != "auto"
        ),
        _puts("source_lang", "auto"),
    ),
    (
        "create-job.target-lang-is-required",
        "defaults",
        "createJob",
        _lacks("target_lang"),
        _puts("target_lang", "es"),
    ),
    (
        "create-job.source-url-is-required",
        "defaults",
        "createJob",
        _lacks("source_url"),
        _puts("source_url", PLAIN["source_url"]),
    ),
    (
        "create-job.source-url-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type("source_url", str),
        _puts("source_url", PLAIN["source_url"]),
    ),
    (
        "create-job.target-lang-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type("target_lang", str),
        _puts("target_lang", "es"),
    ),
    (
        "create-job.source-lang-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type("source_lang", str),
        _puts("source_lang", "auto"),
    ),
    (
        "create-job.reduce-accent-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type("reduce_accent", bool),
        _puts("reduce_accent", False),
    ),
    (
        "create-job.lag-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type(LAG, int, float),
        _puts(LAG, 0),
    ),
    (
        "create-job.volume-wrong-type-is-refused",
        "accepts",
        "createJob",
        _is_wrong_type(VOLUME, int, float),
        _puts(VOLUME, 0),
    ),
    (
        "upload-url.filename-is-required",
        "defaults",
        "createUploadUrl",
        _lacks("filename"),
        _puts("filename", "video.mp4"),
    ),
    (
        "upload-url.content-type-is-required",
        "defaults",
        "createUploadUrl",
        _lacks("content_type"),
        _puts("content_type", "video/mp4"),
    ),
    (
        "upload-url.filename-wrong-type-is-refused",
        "accepts",
        "createUploadUrl",
        _is_wrong_type("filename", str),
        _puts("filename", "video.mp4"),
    ),
    (
        "upload-url.content-type-wrong-type-is-refused",
        "accepts",
        "createUploadUrl",
        _is_wrong_type("content_type", str),
        _puts("content_type", "video/mp4"),
    ),
    (
        "create-job.malformed-json-is-refused",
        "accepts",
        "createJob",
        lambda call: call.document is None and call.body not in (b"", b"null"),
        lambda document: document.update(PLAIN),
    ),
    (
        "upload-url.malformed-json-is-refused",
        "accepts",
        "createUploadUrl",
        lambda call: call.document is None and call.body not in (b"", b"null"),
        lambda document: document.update(FILE),
    ),
    (
        "create-job.non-object-body-is-refused",
        "accepts",
        "createJob",
        lambda call: call.document is not None and not isinstance(call.document, dict),
        lambda document: document.update(PLAIN),
    ),
    (
        "upload-url.non-object-body-is-refused",
        "accepts",
        "createUploadUrl",
        lambda call: call.document is not None and not isinstance(call.document, dict),
        lambda document: document.update(FILE),
    ),
    (
        "source-url.text-that-is-no-url-is-refused",
        "accepts",
        "createJob",
        lambda call: _is_text(call, "source_url", lambda url: bool(url) and "://" not in url),
        _puts("source_url", PLAIN["source_url"]),
    ),
    (
        "source-url.empty-url-is-refused",
        "accepts",
        "createJob",
        sent("source_url", ""),
        _puts("source_url", PLAIN["source_url"]),
    ),
)
# The answer shows a default in the place of what was asked for and is done.
ECHOES = (
    ("create-job.echoes-target-lang", "always-es", "target_lang", "es"),
    ("create-job.echoes-source-lang", "always-auto", "source_lang", "auto"),
)


def _acceptance_defects() -> Iterator[Defect]:
    for fact, slug, operation, when, mend in ACCEPTED:
        yield Defect(f"pinch.{fact}", slug, accepts(operation, when, mend))
    for fact, slug, field, value in ECHOES:
        yield Defect(f"pinch.{fact}", slug, replaces("createJob", value, field))
    yield Defect(
        "pinch.create-job.malformed-json-is-refused",
        "crashes",
        crashes("createJob", lambda call: call.document is None),
    )
    yield Defect(
        "pinch.get-job.unknown-job-is-refused",
        "crashes",
        crashes("getJob", lambda call: not call.id.startswith(("dub_", "abc"))),
    )


DEFECTS = (*_auth_defects(), *_refusal_defects(), *_acceptance_defects())
