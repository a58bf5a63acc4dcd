"""The languages both documents list: Panjaya's table of 36 locales, Pinch's ten codes.

Tables only; strategies over them are in panjaya/locales.py and pinch/languages.py.
Sources: vendor-docs/panjaya.txt, table of languages; vendor-docs/pinch.txt, Overview.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """One row of Panjaya's table."""

    code: str
    language: str
    is_source: bool = True
    is_target: bool = True


LOCALES = (
    Locale("ar-AE", "Arabic"),
    Locale("bg-BG", "Bulgarian"),
    Locale("zh-CN", "Chinese"),
    Locale("hr-HR", "Croatian"),
    Locale("cs-CZ", "Czech"),
    Locale("da-DK", "Danish"),
    Locale("nl-NL", "Dutch"),
    Locale("en-US", "English"),
    Locale("fil-PH", "Filipino"),
    Locale("fi-FI", "Finnish"),
    Locale("fr-FR", "French"),
    Locale("de-DE", "German"),
    Locale("el-GR", "Greek"),
    Locale("he-IL", "Hebrew", is_target=False),
    Locale("hi-IN", "Hindi"),
    Locale("hu-HU", "Hungarian"),
    Locale("id-ID", "Indonesian"),
    Locale("it-IT", "Italian"),
    Locale("ja-JP", "Japanese"),
    Locale("ko-KR", "Korean"),
    Locale("lt-LT", "Lithuanian"),
    Locale("ms-MY", "Malay"),
    Locale("nb-NO", "Norwegian"),
    Locale("pl-PL", "Polish"),
    Locale("pt-BR", "Portuguese"),
    Locale("pt-PT", "Portuguese"),
    Locale("ro-RO", "Romanian"),
    Locale("ru-RU", "Russian"),
    Locale("sk-SK", "Slovak"),
    Locale("es-ES", "Spanish"),
    Locale("es-MX", "Spanish"),
    Locale("sv-SE", "Swedish"),
    Locale("ta-IN", "Tamil"),
    Locale("tr-TR", "Turkish"),
    Locale("uk-UA", "Ukrainian"),
    Locale("vi-VN", "Vietnamese"),
)
LOCALE_CODES = tuple(locale.code for locale in LOCALES)
SOURCE_LOCALE_CODES = tuple(locale.code for locale in LOCALES if locale.is_source)
TARGET_LOCALE_CODES = tuple(locale.code for locale in LOCALES if locale.is_target)
SOURCE_ONLY_LOCALE_CODES = tuple(locale.code for locale in LOCALES if not locale.is_target)
LOCALE_LANGUAGES = tuple(sorted({code.partition("-")[0] for code in LOCALE_CODES}))

PINCH_LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh")
PINCH_AUTO_LANGUAGE = "auto"
"""Accepted as source language only."""
