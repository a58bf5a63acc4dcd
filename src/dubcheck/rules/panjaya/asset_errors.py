"""The error of an asset that failed: that it is there, its code and its message.

Source: vendor-docs/panjaya.txt, Get Asset, processing errors and error codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, failed, holds, passed, read
from dubcheck.rules.panjaya.vocabulary import API, ASSET_ERROR_CODES, FAILED, is_answered_well
from dubcheck.rules.registry import exchange_rule

_ID = "panjaya.asset-errors."
_CODE = re.compile(r"[A-Za-z][\w.-]*")
_LEADING_CODE = re.compile(r"\s*\[?([\w.-]+)\]?\s*:")
_CODE_IN_TEXT = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")


@exchange_rule(API, "getAsset", [f"{_ID}failed-asset-has-error", f"{_ID}error-only-when-failed"])
def presence(exchange: Exchange) -> Iterator[Outcome]:
    """`error` is there when the asset failed, and only then; a wrong type is told by the schema."""
    status, error = exchange.field("status"), exchange.field("error")
    if not is_answered_well(exchange) or not isinstance(status, str):
        return
    if status == FAILED:
        yield holds(
            f"{_ID}failed-asset-has-error",
            bool(error),
            "an asset that failed has no error",
            expected="an error",
            actual=error,
        )
    else:
        yield holds(
            f"{_ID}error-only-when-failed",
            not _tells_something(error),
            f"an asset that is {status} has an error",
            expected="null or absent",
            actual=error,
        )


@exchange_rule(
    API,
    "getAsset",
    [
        f"{_ID}error-container",
        f"{_ID}failed-asset-has-code",
        f"{_ID}failed-asset-has-message",
        f"{_ID}code-is-listed",
    ],
)
def content(exchange: Exchange) -> Iterator[Outcome]:
    """The error holds a code and a message besides it."""
    error = _error_of(exchange)
    if error is None:
        return
    yield read(f"{_ID}error-container", "text" if isinstance(error, str) else "object")
    code, others = _code_and_rest(error)
    if code is None:
        message = "the error of a failed asset holds no code"
        yield failed(f"{_ID}failed-asset-has-code", message, expected="a code", actual=error)
    else:
        yield passed(f"{_ID}failed-asset-has-code")
        yield holds(
            f"{_ID}code-is-listed",
            code in ASSET_ERROR_CODES,
            "the code is none that the document lists",
            expected=" or ".join(ASSET_ERROR_CODES),
            actual=code,
        )
    yield holds(
        f"{_ID}failed-asset-has-message",
        any(text.strip() and text.strip() != code for text in others),
        "the error of a failed asset holds no message besides the code",
        expected="a message",
        actual=error,
    )


@exchange_rule(API, "getAsset", [f"{_ID}code-key-name", f"{_ID}message-key-name"])
def key_names(exchange: Exchange) -> Iterator[Outcome]:
    """The two keys that nobody printed."""
    error = _error_of(exchange)
    if not isinstance(error, dict):
        return
    code, others = _code_and_rest(error)
    for name, is_told in (("code", code is not None), ("message", bool(others))):
        if is_told and name not in error:
            message = f"the error's {name} stands under another key"
            yield failed(f"{_ID}{name}-key-name", message, expected=name, actual=sorted(error))


def _tells_something(error: Any) -> bool:
    """Whether anything in it is no empty text, null or nothing: the keys alone may be printed."""
    if isinstance(error, dict | list):
        members = error.values() if isinstance(error, dict) else error
        return any(map(_tells_something, members))
    return bool(error)


def _error_of(exchange: Exchange) -> dict[str, Any] | str | None:
    """The error of a failed asset, where there is any; that there is none is told already."""
    error = exchange.field("error")
    if not is_answered_well(exchange) or exchange.field("status") != FAILED:
        return None
    return error if error and isinstance(error, dict | str) else None


def _code_and_rest(error: dict[str, Any] | str) -> tuple[str | None, list[str]]:
    """The code, the likeliest first: under a key that speaks of one, a listed one, any word.

    The list holds common codes only, so that the form of others is open.
    """
    if isinstance(error, str):
        found = [word for word in ASSET_ERROR_CODES if word in error]
        found += _CODE_IN_TEXT.findall(error)
        if leading := _LEADING_CODE.match(error):
            found.append(leading[1])
        code = found[0] if found else error if _CODE.fullmatch(error) else None
        rest = error.replace(code, "", 1) if code else error
        return code, [rest] if re.search(r"\w", rest) else []
    texts = list(_texts(error))
    words = [text for text in texts if _CODE.fullmatch(text)]
    preferred = [text for text in words if text in ASSET_ERROR_CODES]
    code = next(iter([*_labelled(error), *preferred, *words]), None)
    if code in texts:
        texts.remove(code)
    return code, texts


def _labelled(error: dict[str, Any]) -> list[str]:
    values = [value for key, value in error.items() if "code" in key.lower()]
    codes = [str(value) for value in values if isinstance(value, str | int)]
    return [code for code in codes if code and not re.search(r"\s", code)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
