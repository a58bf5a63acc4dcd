"""Requests whose fate the documents leave open, with the readings of either fate.

Source: vendor-docs/panjaya.txt, Create Asset, fields; what makes each open stands in the catalogue.
"""

from __future__ import annotations

from dubcheck.targets import Answer
from dubcheck.targets.panjaya_answers import locales_of

from .acceptances import PLAIN_SOURCE
from .stimuli import Question, languages

# 200 emoji (two UTF-16 units each), then 100 letters with a mark that no single code point has:
# 600 units, 400 code points, 300 graphemes.
MIXED_NAME = "\U0001f3ac" * 200 + "q\u0301" * 100


def standing_of_repeated(answer: Answer) -> str | None:
    """How often a language stands in the answer that was asked for twice."""
    return {1: "merged", 2: "kept-twice"}.get(locales_of(answer).count("de-DE"))


def unit_of_cut(answer: Answer) -> str | None:
    """What was counted when MIXED_NAME was cut to 255."""
    name = answer.field("name")
    if not isinstance(name, str):
        return None
    if name == MIXED_NAME[:255]:
        return "code-points"
    if name == MIXED_NAME[: 200 + 2 * 55]:
        return "graphemes"
    # The last unit would be half an emoji: services drop it, keep it or put a mark in its place.
    is_half = name[:127] == MIXED_NAME[:127] and len(name) <= 128
    return "utf-16-units" if is_half else None


QUESTIONS = (
    Question("whitespace-name", {"name": "   "}),
    Question("character-of-a-name", {"name": MIXED_NAME}, unit_of_cut, refused=""),
    Question("errors.convertible-values", {"name": 7}, accepted="converted"),
    Question("errors.convertible-values", {"start_time": "1"}, accepted="converted"),
    Question("wrong-case-source-locale", {"locale": "en-us"}),
    Question("wrong-case-target-locale", {"languages": languages("es-es")}),
    Question("empty-languages", {"languages": []}),
    Question(
        "repeated-target-locale",
        {"languages": languages("de-DE", "de-DE")},
        accepted=standing_of_repeated,
    ),
    Question("target-equal-to-source", {"languages": languages(PLAIN_SOURCE)}),
    Question("empty-callback-url", {"callback_url": ""}, accepted="ignored"),
    Question("speakers-count-below-one", {"speakers_count": 0}),
    Question("speakers-count-below-one", {"speakers_count": -1}),
    Question("null-auto-generate", {"auto_generate": None}),
)

_VALID = "00:00:00,200 --> 00:00:01,500\nHola.\n"
SRT_QUESTIONS = tuple(
    Question(fact, {"languages": languages("es-ES", srt=text)})
    for fact, text in (
        ("srt.webvtt-text", "WEBVTT\n\n00:00:00.200 --> 00:00:01.500\nHola.\n"),
        ("srt.empty-text", ""),
        ("srt.byte-order-mark", f"\ufeff1\n{_VALID}"),
        ("srt.entry-ends-before-it-starts", "1\n00:00:01,500 --> 00:00:00,200\nHola.\n"),
        ("srt.numbers-out-of-order", f"7\n{_VALID}\n3\n00:00:01,600 --> 00:00:01,900\nAdiós.\n"),
    )
)
