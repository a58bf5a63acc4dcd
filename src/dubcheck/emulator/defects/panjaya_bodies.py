"""What Panjaya defects look at in a request's JSON, and how they mend it; none is made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dubcheck.emulator.defects.interception import Call
from dubcheck.emulator.defects.ways import Document, When

OPERATIONS = {
    "create-asset": "createAsset",
    "upload-asset": "uploadAsset",
    "get-asset": "getAsset",
    "list-assets": "listAssets",
    "add-languages": "addLanguages",
    "get-version": "getVersion",
    "revise-version": "reviseVersion",
}
CREATORS = ("create-asset", "upload-asset")
WRITERS = (*CREATORS, "add-languages")
LOCALES = (
    *("ar-AE", "bg-BG", "zh-CN", "hr-HR", "cs-CZ", "da-DK", "nl-NL", "en-US", "fil-PH", "fi-FI"),
    *("fr-FR", "de-DE", "el-GR", "he-IL", "hi-IN", "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR"),
    *("lt-LT", "ms-MY", "nb-NO", "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "es-ES"),
    *("es-MX", "sv-SE", "ta-IN", "tr-TR", "uk-UA", "vi-VN"),
)


def are_sound(items: list[Any]) -> bool:
    """Whether every target language is one, without subtitles that might be none."""
    return all(_is_good(item) and "srt" not in item for item in items)


def value_of(call: Call, field: str) -> Any:
    """The value of a field of the JSON that was sent, or None."""
    document = call.document
    return document.get(field) if isinstance(document, dict) else None


def has(field: str) -> When:
    """Requests whose JSON has the field."""
    return lambda call: isinstance(call.document, dict) and field in call.document


def lacks(field: str) -> When:
    """Requests whose JSON lacks the field."""
    return lambda call: isinstance(call.document, dict) and field not in call.document


def text(field: str, test: Callable[[str], bool]) -> When:
    """Requests whose field is a text that passes the test."""

    def when(call: Call) -> bool:
        value = value_of(call, field)
        return isinstance(value, str) and test(value)

    return when


def puts(field: str, value: Any) -> Callable[[Document], None]:
    """Mends by putting a value into a field."""
    return lambda document: document.update({field: value})


def drops(field: str) -> Callable[[Document], None]:
    """Mends by leaving a field out."""

    def change(document: Document) -> None:
        document.pop(field, None)

    return change


def languages_of(call: Call) -> list[Any]:
    """The list of languages that was sent, or an empty one."""
    value = value_of(call, "languages")
    return value if isinstance(value, list) else []


def some_target(test: Callable[[str], bool], place: slice = slice(None)) -> When:
    """Requests in which a target locale at these places passes the test."""
    return lambda call: any(
        isinstance(item, dict) and isinstance(item.get("locale"), str) and test(item["locale"])
        for item in languages_of(call)[place]
    )


def some_srt(test: Callable[[Any], bool], place: slice = slice(None)) -> When:
    """Requests in which a language's SRT at these places passes the test."""
    return lambda call: any(
        isinstance(item, dict) and "srt" in item and test(item["srt"])
        for item in languages_of(call)[place]
    )


def with_good_targets(document: Document) -> None:
    """Mends by replacing each unusable target language."""
    given = _list(document.get("languages"))
    there = {item["locale"] for item in given if _is_good(item)}
    spare = (code for code in ("fr-FR", "de-DE", "it-IT", "pl-PL", "sv-SE") if code not in there)
    document["languages"] = [item if _is_good(item) else {"locale": next(spare)} for item in given]


def _is_good(item: Any) -> bool:
    code = item.get("locale") if isinstance(item, dict) else None
    return isinstance(code, str) and code in LOCALES and code != "he-IL"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) and value else [None]


def without_srts(document: Document) -> None:
    """Mends by leaving every SRT out."""
    document["languages"] = [
        {key: value for key, value in item.items() if key != "srt"}
        for item in document["languages"]
        if isinstance(item, dict)
    ]
