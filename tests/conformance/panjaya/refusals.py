"""What creating, uploading and adding languages must refuse, by the field that is wrong.

Each differs from an accepted request in that field alone. An operation whose catalogue lacks a
fact is spared it. Source: vendor-docs/panjaya.txt, Create Asset, field by field.
"""

from __future__ import annotations

from .stimuli import Place, Refusal, languages

SRT = "1\n00:00:00,200 --> 00:00:01,500\nHola.\n"
FREE_TEXT = "Good morning, this is no list of subtitles at all."
WITHOUT_TIMES = "1\nGood morning.\n\n2\nGood night.\n"
NO_TEXTS: tuple[object, ...] = ({"text": "en-US"}, ["en-US"])
# An arrow is there, times are not: a look for the arrow alone takes it for subtitles.
GARBLED_TIMES = "1\nfoo --> bar\nGood morning.\n"
LATER_WITHOUT_TIMES = f"{SRT}\n2\nGood night.\n"
UNKNOWN_TARGET = "unknown-target-locale-is-400"
FREE_TEXT_SRT = Refusal(
    "free-text-target-srt-is-400", {"languages": languages("es-ES", srt=FREE_TEXT)}
)
BAD_CALLBACK = "bad-callback-url-status-is-400"


def _malformed(fact: str, field: str, *values: object) -> tuple[Refusal, ...]:
    return tuple(Refusal(fact, {field: value}, is_malformed=True) for value in values)


def _target(fact: str, *locales: str, presumes: str = "") -> Refusal:
    return Refusal(fact, {"languages": languages(*locales)}, presumes=presumes)


REFUSALS: dict[str, tuple[Refusal, ...]] = {
    "name": (
        *_malformed("missing-name-is-refused", "name", Place.ABSENT),
        Refusal("empty-name-is-400", {"name": ""}),
        *_malformed("null-name-is-refused", "name", None),
        *_malformed("name-of-wrong-type-is-refused", "name", *NO_TEXTS),
    ),
    "locale": (
        *_malformed("missing-locale-is-refused", "locale", Place.ABSENT),
        *_malformed("null-locale-is-refused", "locale", None),
        *_malformed("locale-of-wrong-type-is-refused", "locale", *NO_TEXTS, 7),
        Refusal("unknown-source-locale-is-400", {"locale": "xx-XX"}),
        Refusal("unlisted-source-region-is-400", {"locale": "en-GB"}),
        Refusal("bare-source-language-is-400", {"locale": "en"}),
        Refusal("underscored-source-locale-is-400", {"locale": "en_US"}),
        Refusal("empty-source-locale-is-400", {"locale": ""}),
    ),
    "languages": (
        *_malformed("missing-languages-is-refused", "languages", Place.ABSENT),
        *_malformed("language-without-locale-is-refused", "languages", [{}], [{"srt": SRT}]),
        *_malformed("languages-of-strings-is-refused", "languages", ["es-ES"]),
        *_malformed(
            "languages-not-a-list-is-refused", "languages", {"locale": "es-ES"}, "es-ES", None
        ),
    ),
    "target-locale": (
        _target(UNKNOWN_TARGET, "xx-XX"),
        _target("unlisted-target-region-is-400", "es-AR"),
        _target("bare-target-language-is-400", "es"),
        _target("underscored-target-locale-is-400", "es_ES"),
        _target("empty-target-locale-is-400", ""),
        _target("later-target-locale-is-checked", "uk-UA", "xx-XX", presumes=UNKNOWN_TARGET),
        _target(
            "later-target-locale-is-checked", "uk-UA", "vi-VN", "xx-XX", presumes=UNKNOWN_TARGET
        ),
        *(
            Refusal(
                "hebrew-target-is-refused",
                {"languages": languages(*locales)},
                status_fact="hebrew-target-status-is-400",
                presumes=presumes,
            )
            for locales, presumes in (
                (("he-IL",), ""),
                (("uk-UA", "he-IL"), "later-target-locale-is-checked"),
            )
        ),
    ),
    "target-srt": (
        FREE_TEXT_SRT,
        *(
            Refusal(
                "target-srt-without-times-is-400",
                {"languages": languages("es-ES", srt=text)},
                presumes=FREE_TEXT_SRT.fact,
            )
            for text in (WITHOUT_TIMES, GARBLED_TIMES, LATER_WITHOUT_TIMES)
        ),
        Refusal(
            "later-target-srt-is-checked",
            {"languages": [*languages("fr-FR", srt=SRT), *languages("es-ES", srt=FREE_TEXT)]},
            presumes=FREE_TEXT_SRT.fact,
        ),
        *(
            Refusal(
                "target-srt-of-wrong-type-is-refused",
                {"languages": languages("es-ES", srt=value)},
                is_malformed=True,
            )
            for value in ({"text": SRT}, [SRT])
        ),
    ),
    "callback_url": (
        Refusal(
            "http-callback-url-is-refused",
            {"callback_url": "http://hooks.example.org/panjaya"},
            status_fact=BAD_CALLBACK,
        ),
        Refusal(
            "other-scheme-callback-url-is-refused",
            {"callback_url": "ftp://hooks.example.org/panjaya"},
            status_fact=BAD_CALLBACK,
        ),
        *(
            Refusal(
                "callback-text-no-url-is-refused", {"callback_url": text}, status_fact=BAD_CALLBACK
            )
            for text in ("where my notices go", "https://", "https:///panjaya")
        ),
        *_malformed("callback-url-of-wrong-type-is-refused", "callback_url", *NO_TEXTS, 7),
        Refusal("private-callback-url-is-refused", {"callback_url": "https://10.0.0.1/panjaya"}),
        Refusal("private-callback-url-is-refused", {"callback_url": "https://192.168.0.7/"}),
    ),
    "numbers": (
        *_malformed("speakers-count-text-is-refused", "speakers_count", "several"),
        *_malformed("fractional-speakers-count-is-refused", "speakers_count", 2.5),
        *_malformed("start-time-text-is-refused", "start_time", "soon"),
        *_malformed("end-time-text-is-refused", "end_time", "late"),
    ),
    "generation": (
        Refusal("unknown-auto-generate-is-400", {"auto_generate": "dubcheck-unknown"}),
        *_malformed("auto-generate-of-wrong-type-is-refused", "auto_generate", *NO_TEXTS),
        Refusal("unknown-lips-model-is-refused", {"lips_model": "dubcheck-unknown"}),
    ),
    # A number may be taken for its digits, which are found to be no URL later, or never.
    "background_url": _malformed(
        "background-url-of-wrong-type-is-refused", "background_url", *NO_TEXTS
    ),
    "media_url": (
        *_malformed("missing-media-url-is-refused", "media_url", Place.ABSENT),
        *_malformed("null-media-url-is-refused", "media_url", None),
        *_malformed("media-url-of-wrong-type-is-refused", "media_url", *NO_TEXTS),
    ),
}
