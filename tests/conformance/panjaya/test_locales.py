"""Locale validity as properties, and Hebrew, which is a source but no target.

Each listed locale by itself travels with the uploads: test_valid_fields.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.strategies.panjaya import locales
from dubcheck.strategies.panjaya.assets import asset_requests
from dubcheck.strategies.panjaya.subtitles import (
    srt_texts_of_free_text,
    srt_texts_with_garbled_times,
    srt_texts_without_times,
)
from dubcheck.targets.receptions import is_refusal

from .examination import Examination
from .refusals import FREE_TEXT_SRT
from .stimuli import Change, Refusal, languages, requirement_of
from .subjects import Subject

Changes = SearchStrategy[Change]
SHARE = 0.1
VALID_SHARE = 0.3
# Sent at once, so that many are tried in the time of one; a failure shrinks to a single one.
LARGEST_BATCH = 4


def _sources(codes: SearchStrategy[str]) -> Changes:
    return codes.map(lambda code: {"locale": code})


def _targets(codes: SearchStrategy[str]) -> Changes:
    """The wrong target alone; that later ones are looked at as well is a promise of its own."""
    return codes.map(lambda code: {"languages": languages(code)})


def _srts(texts: SearchStrategy[str]) -> Changes:
    return texts.map(lambda text: {"languages": languages("es-ES", srt=text)})


INVALID: dict[str, Callable[[], Changes]] = {
    "unknown-source-locale-is-400": lambda: _sources(locales.unknown_locales()),
    "unlisted-source-region-is-400": lambda: _sources(locales.unlisted_regions()),
    "bare-source-language-is-400": lambda: _sources(locales.bare_languages()),
    "underscored-source-locale-is-400": lambda: _sources(locales.underscored_locales()),
    "unknown-target-locale-is-400": lambda: _targets(locales.unknown_locales()),
    "unlisted-target-region-is-400": lambda: _targets(locales.unlisted_regions()),
    "bare-target-language-is-400": lambda: _targets(locales.bare_languages()),
    "underscored-target-locale-is-400": lambda: _targets(locales.underscored_locales()),
    "free-text-target-srt-is-400": lambda: _srts(srt_texts_of_free_text()),
    "target-srt-without-times-is-400": lambda: _srts(
        srt_texts_without_times() | srt_texts_with_garbled_times()
    ),
}


def _cases() -> list[Any]:
    return [
        pytest.param(
            topic,
            fact,
            id=f"{topic}-{fact}",
            marks=pytest.mark.judges(requirement_of(topic, fact)),
        )
        for topic in ("upload-asset", "add-languages")
        for fact in INVALID
        if topic == "upload-asset" or "source" not in fact
    ]


@pytest.mark.parametrize(("subject", "fact"), [*_cases()], indirect=["subject"])
def test_invalid_locale_or_subtitle_is_refused(
    fact: str, examination: Examination, explore: Explorer
) -> None:
    """Whatever locale of a wrong kind is sent, as source or among targets, it is refused."""

    first = [FREE_TEXT_SRT] if "without-times" in fact else []
    plainer = FREE_TEXT_SRT.fact if first else ""

    def send(changes: list[Change]) -> None:
        rows = [Refusal(fact, change, presumes=plainer) for change in changes]
        examination.refuses([*first, *rows])

    explore(st.lists(INVALID[fact](), min_size=1, max_size=LARGEST_BATCH), send, share=SHARE)


@pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)
def test_valid_request_is_judged_by_the_rules(subject: Subject, explore: Explorer) -> None:
    """Any combination of documented values makes an asset that keeps what the rules ask of it."""
    explore(asset_requests(), subject.answer, share=VALID_SHARE)


@pytest.mark.judges(
    "panjaya.locales.source-he-il-is-accepted",
    "panjaya.upload-asset.hebrew-source-is-accepted",
    "panjaya.create-asset.hebrew-source-is-accepted",
)
@pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)
def test_hebrew_is_accepted_as_source(
    subject: Subject, creating: Subject, reception: Reception, evidence: Evidence
) -> None:
    """he-IL is a source; where both operations refuse it, that is one broken promise, not three."""
    change = {"locale": "he-IL"}
    general = "panjaya.locales.source-he-il-is-accepted"
    own = [
        requirement_of(topic, "hebrew-source-is-accepted")
        for topic in (subject.topic, creating.topic)
    ]

    uploaded = subject.answer(change)
    created = None if creating.obstacle else creating.answer(change)

    if is_refusal(uploaded) and (created is None or is_refusal(created)):
        reception.accepted_within_limits(general, uploaded)
        for name in own:
            evidence.unjudged(name, f"no operation accepts it: see {general}", uploaded)
        return
    reception.accepted_within_limits(own[0], uploaded)
    if created is not None:
        reception.accepted_within_limits(own[1], created)
    evidence.holds(
        general,
        uploaded.succeeded or (created is not None and created.succeeded),
        uploaded,
        message="he-IL is accepted by no operation",
        expected="a 2xx status",
        actual=uploaded.status,
    )
