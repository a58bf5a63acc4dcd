"""What a request asks for, as far as every reading of the documents agrees about it.

Looks at the request alone. Source: vendor-docs/panjaya.txt, Create Asset, field by field.
"""

from __future__ import annotations

import unicodedata

from dubcheck.exchange import Exchange
from dubcheck.rules.panjaya.vocabulary import SOURCE_LOCALES, TARGET_LOCALES

LONGEST_NAME = 255
_LAST_OF_BMP = "\uffff"


def requested_locales(exchange: Exchange) -> list[str] | None:
    """The target locales in their order, or None where the documents leave open what they lead to:
    a language twice, the source itself, a locale that is no target, an empty list.
    """
    languages = exchange.sent("languages")
    targets = [item for item in sent_locales(exchange) if item in TARGET_LOCALES]
    if not isinstance(languages, list) or not languages:
        return None
    is_plain = len(targets) == len(languages) == len(set(targets))
    return targets if is_plain and exchange.sent("locale") not in targets else None


def sent_locales(exchange: Exchange) -> list[str]:
    """Every text that stands as the locale of a language, whatever it leads to."""
    languages = exchange.sent("languages")
    entries = languages if isinstance(languages, list) else []
    locales = [entry.get("locale") for entry in entries if isinstance(entry, dict)]
    return [item for item in locales if isinstance(item, str)]


def requested_source(exchange: Exchange) -> str | None:
    """The source locale, where it is a listed one."""
    locale = exchange.sent("locale")
    return locale if isinstance(locale, str) and locale in SOURCE_LOCALES else None


def requested_name(exchange: Exchange) -> str | None:
    """The name, where nobody could clean it up: no blanks around it, nothing unprintable in it."""
    name = exchange.sent("name")
    if not isinstance(name, str) or not name.isprintable():
        return None
    parts = (name, name[:LONGEST_NAME])
    return name if name and all(part == part.strip() for part in parts) else None


def is_of_foreign_letters(name: str) -> bool:
    """Whether every character is a letter outside ASCII that counts one by every measure but bytes:
    one UTF-16 unit, the same in every normal form.
    """
    return name.isalpha() and all(
        not character.isascii()
        and character <= _LAST_OF_BMP
        and unicodedata.is_normalized("NFD", character)
        and unicodedata.is_normalized("NFKC", character)
        for character in name
    )


def name_to_be_shown(exchange: Exchange) -> str | None:
    """The name that must be answered, where the request settles it."""
    name = requested_name(exchange)
    return name[:LONGEST_NAME] if name is not None and name.isascii() else None
