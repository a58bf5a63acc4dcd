"""Ids that nobody has, made to look like one that somebody has; nothing is sent here."""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-(?=[0-9a-fA-F]{12}$)")
# Behind a mark or a word; the tail of a hexadecimal or random id is no number.
_NUMBER = re.compile(r"(.*[^0-9a-zA-Z]|(?=[a-zA-Z]*[g-zG-Z])[a-zA-Z]{1,8})?(?=\d+$)")
_PREFIX = re.compile(r".*_(?=.)")
_DIGITS, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyz"
# Digits of a hexadecimal id stay such, and every character becomes another one.
_TURNED = str.maketrans(
    f"{_DIGITS}{_LETTERS}{_LETTERS.upper()}",
    "7894561230bcdefahijklmnopqrstuvwxyzgBCDEFAHIJKLMNOPQRSTUVWXYZG",
)
# Far beyond what anybody has counted, and yet a number of 32 bits, or of 64.
_FARTHEST_NUMBER, _FARTHEST_LONG_NUMBER = "2147483646", "8"


def unknown_id_like(known: str) -> str:
    """An id of the same form that belongs to nobody, as far as can be told.

    A prefix up to the last underscore stays, and so does what tells the version of a UUID; a number
    becomes one far beyond all others.
    """
    if number := _NUMBER.match(known):
        digits = known[number.end() :]
        is_short = len(digits) <= len(_FARTHEST_NUMBER)
        return number.group() + (
            _FARTHEST_NUMBER if is_short else _FARTHEST_LONG_NUMBER * len(digits)
        )
    kept = _UUID.match(known) or _PREFIX.match(known)
    start = kept.end() if kept else 0
    return known[:start] + known[start:].translate(_TURNED)
