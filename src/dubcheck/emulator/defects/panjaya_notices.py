"""Panjaya notices that are malformed, badly signed, or about something else; all of them arrive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import Defect, Memory, Tell
from dubcheck.emulator.defects.letters import adds, each, has_event, is_about_version, later, says

SOME_ID = "0123456789abcdef01234567"


def _as_form(letter: Letter) -> Letter:
    form = urlencode({key: value for key, value in letter.document.items() if value is not None})
    return replace(letter, body=form.encode())


def _as_text(letter: Letter) -> Letter:
    return letter.with_document(letter.body.decode())


def _as_list(letter: Letter) -> Letter:
    return letter.with_document([letter.document])


def _with_header(name: str, value: str | None) -> Any:
    return lambda letter: replace(letter, headers={**letter.headers, name: value})


def _signs(change: Any) -> Any:
    return lambda letter: replace(letter, signed=change(letter))


def _spaced(letter: Letter) -> bytes:
    return json.dumps(letter.document).encode()


def _indented(letter: Letter) -> bytes:
    return json.dumps(letter.document, indent=2).encode()


def _url_and_body(letter: Letter) -> bytes:
    return letter.url.encode() + letter.body


def _signed_as_the_first(*, per_asset: bool) -> Tell:
    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        name = str(letter.document["asset_id"]) if per_asset else "all"
        first = memory.kept.setdefault(name, letter.body)
        return [replace(letter, signed=first)]

    return tell


def _locale_of_the_first(letter: Letter, memory: Memory) -> list[Letter]:
    document = letter.document
    if "locale" not in document:
        return [letter]
    first = memory.kept.setdefault(document["asset_id"], document["locale"])
    return [letter.with_document({**document, "locale": first})]


FORMS: tuple[tuple[str, str, Tell], ...] = (
    ("method-is-post", "put", each(lambda letter: replace(letter, method="PUT"))),
    (
        "method-is-post",
        "put-for-failures",
        each(lambda letter: replace(letter, method="PUT"), has_event("asset_failed")),
    ),
    ("method-is-post", "patch-later", each(lambda letter: replace(letter, method="PATCH"), later)),
    ("body-is-json-object", "form", each(_as_form)),
    ("body-is-json-object", "list", each(_as_list)),
    ("body-is-json-object", "encoded-twice", each(_as_text)),
    ("body-is-json-object", "list-for-failures", each(_as_list, has_event("asset_failed"))),
    ("signature-header-is-there", "missing", each(_with_header("x-signature", None))),
    ("signature-header-is-there", "empty", each(_with_header("x-signature", ""))),
    ("signature-header-is-there", "first-only", each(_with_header("x-signature", None), later)),
    (
        "signature-header-is-there",
        "failures-unsigned",
        each(_with_header("x-signature", None), has_event("asset_failed")),
    ),
    ("signature-fits-raw-body", "spaced", each(_signs(_spaced))),
    ("signature-fits-raw-body", "indented-later", each(_signs(_indented), later)),
    ("signature-fits-raw-body", "url-too", each(_signs(_url_and_body))),
    (
        "signature-fits-raw-body",
        "without-last-byte",
        each(_signs(lambda letter: letter.body[:-1]), has_event("asset_failed")),
    ),
    ("signature-belongs-to-its-body", "first-of-all", _signed_as_the_first(per_asset=False)),
    ("signature-belongs-to-its-body", "first-of-asset", _signed_as_the_first(per_asset=True)),
    ("event-is-string", "missing", says(event=None, drop=("event",))),
    ("event-is-string", "number", says(event=3)),
    ("event-is-string", "object", says(event={"name": "version_ready"})),
    ("event-is-string", "null-for-failures", says(has_event("asset_failed"), event=None)),
    ("asset-is-named", "missing", says(drop=("asset_id",))),
    ("asset-is-named", "for-versions", says(is_about_version, drop=("asset_id",))),
    ("asset-is-named", "null-for-failures", says(has_event("asset_failed"), asset_id=None)),
    ("version-event-names-version", "missing", says(is_about_version, drop=("version_id",))),
    ("version-event-names-version", "unknown", says(is_about_version, version_id=SOME_ID)),
    ("version-event-names-version", "number", says(is_about_version, version_id=17)),
    ("asset-failed-names-no-version", "some", says(has_event("asset_failed"), version_id=SOME_ID)),
    ("asset-failed-names-no-locale", "some", says(has_event("asset_failed"), locale="es-ES")),
    (
        "asset-failed-names-no-locale",
        "other-key",
        says(has_event("asset_failed"), version_locale="es-ES"),
    ),
    ("locale-is-that-of-the-language", "source", says(is_about_version, locale="en-US")),
    ("locale-is-that-of-the-language", "first-of-asset", _locale_of_the_first),
    (
        "no-link-in-notice",
        "result-url",
        says(has_event("version_generated"), result_url="https://cdn.example.com/result.mp4"),
    ),
    (
        "no-link-in-notice",
        "download-url",
        says(has_event("version_generated"), download_url="https://cdn.example.com/result.mp4"),
    ),
)


def _ready_of_a_failed_one(letter: Letter, _: Memory) -> list[Letter]:
    """A failure is told, and then that a version is ready which there is not."""
    document = letter.document
    if document["event"] != "asset_failed":
        return [letter]
    forged = {"event": "version_ready", "asset_id": document["asset_id"], "locale": "es-ES"}
    return [letter, letter.with_document({**forged, "version_id": "5e0fdeadbeef5e0fdeadbeef"})]


def _untrue() -> Iterator[tuple[str, str, Tell]]:
    """Notices about what did not happen, beside true ones."""
    yield "asset-failed-only-when-true", "beside-ready", adds("version_ready", "asset_failed")
    yield "version-ready-only-when-true", "of-a-failed-asset", _ready_of_a_failed_one
    once = adds("version_ready", "asset_failed", once=True)
    yield "asset-failed-only-when-true", "once-per-asset", once
    for after, untrue in (
        ("version_failed", "version_ready"),
        ("version_ready", "version_failed"),
        ("version_ready", "version_generating"),
        ("version_ready", "version_generated"),
        ("version_ready", "version_generate_failed"),
        ("version_generated", "version_generate_failed"),
        ("version_generate_failed", "version_generated"),
    ):
        fact = f"{untrue.replace('_', '-')}-only-when-true"
        yield fact, f"beside-{after.replace('_', '-')}", adds(after, untrue)


DEFECTS = tuple(
    Defect(f"panjaya.callbacks.{fact}", slug, tell=tell)
    for fact, slug, tell in (*FORMS, *_untrue())
)
