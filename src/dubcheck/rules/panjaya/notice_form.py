"""The form of every notice: method, body, headers, and which fields it holds.

Source: docs.panjaya.ai/apis/callbacks and its operation callback_callback_post.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import MISSING
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.panjaya.notices import LOCALE_KEYS, Callbacks, Notice, callbacks_rule
from dubcheck.rules.panjaya.vocabulary import EVENTS, emptiness, is_empty, is_url
from dubcheck.rules.settling import resting_on

_ID = "panjaya.callbacks."
_RESULT_WORDS = ("result", "download", "video", "output")


@callbacks_rule(
    f"{_ID}method-is-post",
    f"{_ID}body-is-json-object",
    f"{_ID}algorithm-header-is-es256",
    f"{_ID}content-type-is-json",
)
def envelopes(callbacks: Callbacks) -> Iterator[Outcome]:
    """How notices are sent."""
    for notice in callbacks.notices:
        request = notice.exchange.request
        algorithm = notice.header("x-signature-algorithm")
        facts = [
            ("method-is-post", request.method == "POST", "POST", request.method),
            (
                "body-is-json-object",
                isinstance(notice.exchange.document, dict),
                "a JSON object",
                request.body.content,
            ),
            (
                "content-type-is-json",
                request.content_type == "application/json",
                "application/json",
                request.content_type or "none",
            ),
        ]
        if algorithm:
            is_named = algorithm.strip().upper() == "ES256"
            facts.append(("algorithm-header-is-es256", is_named, "ES256", algorithm))
        for fact, is_kept, expected, actual in facts:
            message = "a notice is not sent as described"
            outcome = holds(f"{_ID}{fact}", is_kept, message, expected=expected, actual=actual)
            yield resting_on(outcome, notice.exchange)


@callbacks_rule(f"{_ID}event-is-string", f"{_ID}event-is-listed")
def events(callbacks: Callbacks) -> Iterator[Outcome]:
    """What a notice says has happened."""
    for notice in callbacks.notices:
        event = notice.document.get("event", MISSING)
        if not notice.document:
            continue
        outcome = holds(
            f"{_ID}event-is-string",
            isinstance(event, str),
            "a notice has no `event`",
            expected="a text",
            actual=event,
        )
        yield resting_on(outcome, notice.exchange)
        if isinstance(event, str):
            outcome = holds(
                f"{_ID}event-is-listed",
                event in EVENTS,
                "the event of a notice is not listed",
                expected=" or ".join(EVENTS),
                actual=event,
            )
            yield resting_on(outcome, notice.exchange)


@callbacks_rule(f"{_ID}asset-is-named", f"{_ID}asset-id-key-name")
def assets(callbacks: Callbacks) -> Iterator[Outcome]:
    """Whose notice it is.

    An id that this run does not know may be that of an asset of an earlier run, which the service
    is only now done with.
    """
    for notice in callbacks.notices:
        texts = {key: value for key, value in notice.document.items() if isinstance(value, str)}
        key = next((key for key, value in texts.items() if value in callbacks.assets), None)
        owner = callbacks.asset_of(notice)
        if key is not None:
            yield resting_on(passed(f"{_ID}asset-is-named"), notice.exchange)
            outcome = holds(
                f"{_ID}asset-id-key-name",
                key == "asset_id",
                "the asset's id stands under another key",
                expected="asset_id",
                actual=key,
            )
            yield resting_on(outcome, notice.exchange)
        elif notice.document and (owner is not None or not _may_name_an_asset(notice)):
            message = "a notice does not hold the id of its asset"
            outcome = failed(
                f"{_ID}asset-is-named",
                message,
                expected=owner or "the id of an asset",
                actual=notice.document,
            )
            yield resting_on(outcome, notice.exchange)


def _may_name_an_asset(notice: Notice) -> bool:
    named = {key for key, value in notice.texts() if value}
    return bool(named - {"event", "version_id", *LOCALE_KEYS})


@callbacks_rule(
    f"{_ID}version-event-names-version",
    f"{_ID}version-event-names-locale",
    f"{_ID}locale-key-name",
)
def version_events(callbacks: Callbacks) -> Iterator[Outcome]:
    """A notice about a version names it and its language."""
    for notice in callbacks.notices:
        if notice.event is None or not notice.event.startswith("version_"):
            continue
        version = callbacks.versions.get(notice.version_id or "")
        requirement = f"{_ID}version-event-names-version"
        if notice.version_id is None:
            message = "a notice about a version does not name it"
            actual = notice.document.get("version_id", MISSING)
            outcome = failed(requirement, message, expected="an id", actual=actual)
            yield resting_on(outcome, notice.exchange)
        elif version is not None and version.sightings:
            yield resting_on(passed(requirement), notice.exchange, version.sightings[0])
        elif notice.version_id in callbacks.unknown_versions:
            refusal = callbacks.unknown_versions[notice.version_id]
            message = "the version that a notice names is not found"
            outcome = failed(
                requirement, message, expected="an id by which it is found", actual=404
            )
            yield resting_on(outcome, notice.exchange, refusal)
        yield resting_on(
            holds(
                f"{_ID}version-event-names-locale",
                notice.locale is not None,
                "a notice about a version does not name its locale",
                expected="a locale",
                actual=notice.document,
            ),
            notice.exchange,
        )
        if notice.locale is not None:
            outcome = holds(
                f"{_ID}locale-key-name",
                notice.locale[0] in LOCALE_KEYS,
                "the locale of a version stands under another key",
                expected=" or ".join(LOCALE_KEYS),
                actual=notice.locale[0],
            )
            yield resting_on(outcome, notice.exchange)


@callbacks_rule(
    f"{_ID}asset-failed-names-no-version",
    f"{_ID}asset-failed-names-no-locale",
    f"{_ID}version-id-of-asset-event",
)
def asset_events(callbacks: Callbacks) -> Iterator[Outcome]:
    """A notice about an asset as a whole names no version."""
    for notice in callbacks.notices:
        if notice.event != "asset_failed":
            continue
        version_id = notice.document.get("version_id", MISSING)
        locales = [notice.document[key] for key in LOCALE_KEYS if notice.document.get(key)]
        if is_empty(version_id):
            reading = read(f"{_ID}version-id-of-asset-event", emptiness(version_id))
            yield resting_on(reading, notice.exchange)
        facts = (
            ("version", is_empty(version_id), version_id),
            ("locale", all(_is_source(callbacks, notice, item) for item in locales), locales),
        )
        for what, is_left_out, actual in facts:
            outcome = holds(
                f"{_ID}asset-failed-names-no-{what}",
                is_left_out,
                f"a notice asset_failed names a {what}",
                expected="null or absent",
                actual=actual,
            )
            yield resting_on(outcome, notice.exchange)


def _is_source(callbacks: Callbacks, notice: Notice, locale: object) -> bool:
    """Whether a locale is that of the asset's own language, which is no locale of a version."""
    asset = callbacks.assets.get(callbacks.asset_of(notice) or "")
    creation = asset.creation if asset else None
    return creation is not None and creation.sent("locale") == locale


def _speaks_of_result(key: str) -> bool:
    return any(word in key.lower() for word in _RESULT_WORDS)


@callbacks_rule(f"{_ID}no-link-in-notice")
def links(callbacks: Callbacks) -> Iterator[Outcome]:
    """Who wants the result asks for the version."""
    for notice in callbacks.notices:
        if notice.event is None:
            continue
        found = [key for key, value in notice.document.items() if is_url(value)]
        linked = [key for key in found if key == "url" or _speaks_of_result(key)]
        outcome = holds(
            f"{_ID}no-link-in-notice",
            not linked,
            "a notice holds a link",
            expected="no link to the result",
            actual=linked,
        )
        yield resting_on(outcome, notice.exchange)
