"""What a client may send to Panjaya, checked strictly; what is then done with it is not decided.

Source: vendor-docs/panjaya.txt, field descriptions of create asset, upload and add languages.
Unknown fields are ignored. Trims are checked for type only: for their values the asset fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from dubcheck.emulator.media import SrtMalformed, parse_srt
from dubcheck.emulator.messages import Request
from dubcheck.emulator.panjaya.assets import Language
from dubcheck.emulator.panjaya.locales import SOURCE_LOCALES, TARGET_LOCALES
from dubcheck.emulator.panjaya.refusals import InvalidInput

NAME_LIMIT_CHARACTERS = 255
DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100
# SRT texts of many languages in one body.
BODY_LIMIT_BYTES = 16 << 20
# Only "off" is printed anywhere (FACTS A5).
_AUTO_GENERATE = frozenset({"off"})
_LIPS_MODELS = frozenset({"real_face", "real_face_turbo"})
_LARGEST_DIGITS = 18

Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class AssetRequest:
    """A request for an asset. URLs are not yet looked at."""

    name: str
    locale: str
    languages: tuple[Language, ...]
    callback_url: str | None
    start_seconds: float | None
    end_seconds: float | None
    background_url: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    offset: int


def read_asset(body: Body) -> AssetRequest:
    """What creating and uploading have in common."""
    name = _required_text(body, "name")
    locale = _required_text(body, "locale")
    if locale not in SOURCE_LOCALES:
        raise InvalidInput(f"Unsupported source locale: {locale[:32]}")
    languages = read_languages(body)
    _optional_text(body, "srt")
    _check_generation(body)
    speakers = body.get("speakers_count")
    if speakers is not None and type(speakers) is not int:
        raise InvalidInput("speakers_count must be a whole number")
    return AssetRequest(
        name=name[:NAME_LIMIT_CHARACTERS],
        locale=locale,
        languages=languages,
        callback_url=_optional_text(body, "callback_url"),
        start_seconds=_optional_number(body, "start_time"),
        end_seconds=_optional_number(body, "end_time"),
        background_url=_optional_text(body, "background_url"),
    )


def read_media_url(body: Body) -> str:
    """`media_url` as text; whether it may be fetched, the guard says."""
    return _required_text(body, "media_url")


def read_languages(body: Body) -> tuple[Language, ...]:
    """The target languages, each once."""
    given = body.get("languages")
    if type(given) is not list or not given:
        raise InvalidInput("languages is required and must be a list that is not empty")
    languages = tuple(_read_language(each) for each in given)
    if len({language.locale for language in languages}) < len(languages):
        raise InvalidInput("languages names a locale twice")
    return languages


def read_additions(body: Body) -> tuple[Language, ...]:
    """The languages to add to an asset."""
    languages = read_languages(body)
    _check_generation(body)
    return languages


def read_page(request: Request) -> Page:
    """`limit` and `offset` of the query; a limit above 100 counts as 100."""
    values = dict(request.query())
    limit = _read_whole(values, "limit", DEFAULT_LIMIT)
    if limit < 1:
        raise InvalidInput("limit must be at least 1")
    return Page(min(limit, LARGEST_LIMIT), _read_whole(values, "offset", 0))


def _read_language(given: object) -> Language:
    if type(given) is not dict:
        raise InvalidInput("each of languages must be an object")
    locale = _required_text(given, "locale")
    if locale not in TARGET_LOCALES:
        raise InvalidInput(f"Unsupported target locale: {locale[:32]}")
    srt = _optional_text(given, "srt")
    if srt is not None:
        try:
            parse_srt(srt)
        except SrtMalformed as error:
            raise InvalidInput(f"The srt of {locale} is not valid SRT: {error}") from error
    return Language(locale=locale, srt=srt)


def _check_generation(body: Body) -> None:
    """null counts as absent for both; other literals than the printed ones are refused."""
    for name, allowed in (("auto_generate", _AUTO_GENERATE), ("lips_model", _LIPS_MODELS)):
        value = body.get(name)
        if value is not None and (type(value) is not str or value not in allowed):
            raise InvalidInput(f"{name} must be one of: {', '.join(sorted(allowed))}")


def _required_text(body: Body, name: str) -> str:
    value = body.get(name)
    if type(value) is not str or not value:
        raise InvalidInput(f"{name} is required and must be a string that is not empty")
    return value


def _optional_text(body: Body, name: str) -> str | None:
    value = body.get(name)
    if value is not None and type(value) is not str:
        raise InvalidInput(f"{name} must be a string")
    return value


def _optional_number(body: Body, name: str) -> float | None:
    """JSON true is no number."""
    value = body.get(name)
    if value is None:
        return None
    if type(value) is int or type(value) is float:
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if isfinite(number):
            return number
    raise InvalidInput(f"{name} must be a number of seconds")


def _read_whole(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        raise InvalidInput(f"{name} must be a whole number, not negative")
    return int(text) if len(text) <= _LARGEST_DIGITS else 10**_LARGEST_DIGITS
