"""What a client may send to Pinch, checked strictly; what follows is in service.py.

Source: Dubbing API Reference, the parameter tables of each endpoint.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl

import msgspec

from dubcheck.emulator.messages import Request
from dubcheck.emulator.pinch.refusals import InvalidRequest, InvalidUrl, UnsupportedLanguage

LANGUAGES = frozenset({"en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh"})
AUTO = "auto"
DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100
# Beyond any job that could exist; keeps int() away from numbers of thousands of digits.
_LARGEST_OFFSET_DIGITS = 18
# A type that fits into a header, since the upload must repeat it there.
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;[\x20-\x7e]*)?", re.ASCII)

Body = dict[str, object]


class Page(msgspec.Struct, frozen=True):
    """Which part of a list is asked for."""

    limit: int
    offset: int


def read_filename(body: Body) -> str:
    """Name of the file to upload."""
    filename = body.get("filename")
    if type(filename) is not str or not filename:
        raise InvalidRequest("filename is required and must be a string that is not empty")
    return filename


def read_content_type(body: Body) -> str:
    """MIME type under which the file will be uploaded."""
    content_type = body.get("content_type")
    if type(content_type) is not str or not _MEDIA_TYPE.fullmatch(content_type):
        raise InvalidRequest("content_type is required and must be a MIME type such as video/mp4")
    return content_type


def read_source_url(body: Body) -> str:
    """`source_url` as text; whether it may be fetched, the guard says."""
    if "source_url" not in body:
        raise InvalidRequest("source_url is required")
    url = body["source_url"]
    if type(url) is not str or not url:
        raise InvalidUrl
    return url


def read_target_language(body: Body) -> str:
    """One of the ten languages."""
    if "target_lang" not in body:
        raise InvalidRequest("target_lang is required")
    language = body["target_lang"]
    if type(language) is not str or language not in LANGUAGES:
        raise UnsupportedLanguage("target", language)
    return language


def read_source_language(body: Body) -> str:
    """One of the ten languages or `auto`, the default."""
    language = body.get("source_lang", AUTO)
    if type(language) is not str or (language != AUTO and language not in LANGUAGES):
        raise UnsupportedLanguage("source", language)
    return language


def read_reduce_accent(body: Body) -> bool:
    """True or false, false by default."""
    value = body.get("reduce_accent", False)
    if type(value) is not bool:
        raise InvalidRequest("reduce_accent must be true or false")
    return value


def read_number(body: Body, name: str, largest: float) -> float:
    """An optional number from 0 to `largest`, 0 by default; true is not a number."""
    value = body.get(name, 0)
    if (type(value) is not int and type(value) is not float) or not 0 <= value <= largest:
        raise InvalidRequest(f"{name} must be a number from 0 to {largest:g}")
    return float(value)


def read_page(request: Request) -> Page:
    """`limit` and `offset` of the query; a limit above 100 counts as 100."""
    return _page_of(request.scope["query_string"])


# The same few pages are asked for again and again; reading one costs as much as answering it.
@lru_cache(maxsize=1024)
def _page_of(query_string: bytes) -> Page:
    values = dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    limit = _read_whole(values, "limit", DEFAULT_LIMIT)
    if limit < 1:
        raise InvalidRequest("limit must be at least 1")
    return Page(min(limit, LARGEST_LIMIT), _read_whole(values, "offset", 0))


def _read_whole(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        raise InvalidRequest(f"{name} must be a whole number, not negative")
    return int(text) if len(text) <= _LARGEST_OFFSET_DIGITS else 10**_LARGEST_OFFSET_DIGITS
