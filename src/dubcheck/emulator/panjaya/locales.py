"""The locales of Panjaya's table of languages; how each is spoken, the media package knows.

Source: vendor-docs/panjaya.txt, table of supported languages: 36 codes, Hebrew as source only.
"""

from __future__ import annotations

# fmt: off
SOURCE_LOCALES = frozenset({
    "ar-AE", "bg-BG", "zh-CN", "hr-HR", "cs-CZ", "da-DK", "nl-NL", "en-US", "fil-PH",
    "fi-FI", "fr-FR", "de-DE", "el-GR", "he-IL", "hi-IN", "hu-HU", "id-ID", "it-IT",
    "ja-JP", "ko-KR", "lt-LT", "ms-MY", "nb-NO", "pl-PL", "pt-BR", "pt-PT", "ro-RO",
    "ru-RU", "sk-SK", "es-ES", "es-MX", "sv-SE", "ta-IN", "tr-TR", "uk-UA", "vi-VN",
})
# fmt: on
TARGET_LOCALES = SOURCE_LOCALES - {"he-IL"}
