"""What creating, uploading and adding languages must accept; one field is special in each.

An operation whose catalogue lacks a fact is spared it. `srt` of the source is an inferred name, so
that text which is no SRT is only asked for where SRT is taken.
Source: vendor-docs/panjaya.txt, Create Asset, field by field.
"""

from __future__ import annotations

from .refusals import FREE_TEXT, SRT
from .stimuli import Acceptance, Change, Place, languages

# More than one entry, of several lines, in letters outside ASCII.
LONGER_SRT = (
    "1\n00:00:00,200 --> 00:00:00,900\n¿Qué tal?\n– Здраво.\n\n"
    "2\n00:00:01,000 --> 00:00:01,500\nHola.\n\n"
)
# A dozen entries, and one beyond the first hour: no video is that long, but times may be.
LONG_SRT = "".join(
    f"{entry}\n00:00:00,{entry:02}0 --> 00:00:00,{entry:02}9\nHola.\n\n" for entry in range(1, 13)
)
HOUR_SRT = SRT.replace("00:00:", "01:00:")
CRLF_SRT = SRT.replace("\n", "\r\n")
SOURCE_SRT = "1\n00:00:00,200 --> 00:00:01,500\nGood morning.\n"
# Letters of one code point, one UTF-16 unit and two bytes each, unchanged by any normal form.
_CYRILLIC = "жизнь".replace("и", "ш") * 60
WITH_EMOJI = "Film \U0001f3ac zwei"
NAME_OF_256 = "n" * 254 + "yz"
SEVERAL = ("fr-FR", "de-DE", "ja-JP")
MORE = (*SEVERAL, "it-IT", "pt-PT", "pl-PL")
PLAIN_TARGET = "es-ES"
PLAIN_SOURCE = "en-US"


def _plain(fact: str, field: str, value: object) -> Acceptance:
    return Acceptance(fact, {field: value})


def _name(fact: str, name: str, *also: str) -> Acceptance:
    return Acceptance(fact, {"name": name}, also=also)


def _long_name(fact: str, name: str) -> Acceptance:
    """That a name over the limit is taken at all is the promise of the shortest of them."""
    return Acceptance(fact, {"name": name}, conditions=({"name": NAME_OF_256},))


def _subtitled(fact: str, srt: str | None) -> Acceptance:
    """Of a language that must be taken without subtitles before it is taken with them."""
    change: Change = {"languages": languages(PLAIN_TARGET, srt=srt)}
    return Acceptance(fact, change, conditions=({"languages": languages(PLAIN_TARGET)},))


NAMES = (
    Acceptance("name-is-echoed", {"name": WITH_EMOJI}, shows={"name": WITH_EMOJI}),
    Acceptance("one-character-name-is-kept", {"name": "N"}, shows={"name": "N"}),
    _name("name-is-echoed", 'Q&A 2/3: "Ann\'s" <second take>'),
    _name("name-of-255-is-kept", "n" * 254 + "z"),
    _name("name-of-256-is-accepted", NAME_OF_256, "name-of-256-is-cut"),
    _long_name("name-of-1000-is-cut", "abcdefghij" * 100),
    _name("non-ascii-name-is-kept", _CYRILLIC[:200]),
    _long_name("long-non-ascii-name-is-cut", _CYRILLIC[:256]),
)
LANGUAGES = (
    Acceptance(
        "several-languages-are-accepted",
        {"languages": languages(*SEVERAL)},
        also=("languages-are-echoed", "languages-keep-their-order"),
        conditions=tuple({"languages": languages(locale)} for locale in SEVERAL),
    ),
    Acceptance(
        "several-languages-are-accepted",
        {"languages": languages(*MORE)},
        conditions=(
            {"languages": languages(*SEVERAL)},
            *({"languages": languages(locale)} for locale in MORE if locale not in SEVERAL),
        ),
    ),
    _subtitled("valid-target-srt-is-accepted", SRT),
    _subtitled("valid-target-srt-is-accepted", LONGER_SRT),
    _subtitled("valid-target-srt-is-accepted", LONG_SRT),
    _subtitled("valid-target-srt-is-accepted", HOUR_SRT),
    _subtitled("target-srt-with-crlf-is-accepted", CRLF_SRT),
    _subtitled("null-target-srt-is-accepted", None),
)
OPTIONS = (
    _plain("https-callback-url-is-accepted", "callback_url", Place.CALLBACK),
    _plain("https-callback-url-is-accepted", "callback_url", Place.CALLBACK_WITH_QUERY),
    _plain("null-callback-url-is-accepted", "callback_url", None),
    _plain("one-speaker-is-accepted", "speakers_count", 1),
    _plain("several-speakers-are-accepted", "speakers_count", 2),
    _plain("several-speakers-are-accepted", "speakers_count", 5),
    _plain("null-speakers-count-is-accepted", "speakers_count", None),
    _plain("start-time-is-accepted", "start_time", 1),
    _plain("start-time-is-accepted", "start_time", 0.25),
    _plain("null-start-time-is-accepted", "start_time", None),
    _plain("end-time-is-accepted", "end_time", 1),
    _plain("end-time-is-accepted", "end_time", 1.75),
    _plain("null-end-time-is-accepted", "end_time", None),
    _plain("auto-generate-off-is-accepted", "auto_generate", "off"),
    _plain("source-srt-is-accepted", "srt", SOURCE_SRT),
    Acceptance(
        "free-text-source-srt-is-accepted",
        {"srt": FREE_TEXT},
        conditions=({"srt": SOURCE_SRT},),
    ),
    _plain("null-source-srt-is-accepted", "srt", None),
    _plain("lips-model-real-face-is-accepted", "lips_model", "real_face"),
    _plain("lips-model-real-face-turbo-is-accepted", "lips_model", "real_face_turbo"),
    _plain("null-lips-model-is-accepted", "lips_model", None),
    _plain("background-url-is-accepted", "background_url", Place.BACKGROUND),
    _plain("null-background-url-is-accepted", "background_url", None),
)
ACCEPTANCES = (*NAMES, *LANGUAGES, *OPTIONS)


def source_acceptance(locale: str) -> Acceptance:
    """A source locale; a language is not dubbed into itself, which is a question of its own."""
    other: Change = {"languages": languages("fr-FR")}
    fact = f"locales.source-{locale.lower()}-is-accepted"
    if locale == PLAIN_TARGET:
        return Acceptance(fact, {"locale": locale, **other}, conditions=(other,))
    return Acceptance(fact, {"locale": locale}, also=("source-locale-is-echoed",))


def target_acceptance(locale: str) -> Acceptance:
    """A target locale, likewise."""
    other: Change = {"locale": "fr-FR"}
    fact = f"locales.target-{locale.lower()}-is-accepted"
    change: Change = {"languages": languages(locale)}
    if locale == PLAIN_SOURCE:
        return Acceptance(fact, {**change, **other}, conditions=(other,))
    return Acceptance(fact, change)
