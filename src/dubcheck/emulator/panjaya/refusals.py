"""Panjaya's own refusals; those that every service knows are in emulator/refusals.py.

Source: vendor-docs/panjaya.txt, list of HTTP status codes. Errors have no codes of their own, only
a text under `detail`.
"""

from __future__ import annotations

from dubcheck.errors import ApiError


class InvalidInput(ApiError):
    """400: the request could not be processed because of what it holds."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message)


class AccountLimit(ApiError):
    """403: the limits of the account do not allow it."""

    def __init__(self) -> None:
        super().__init__(403, "The request could not be completed due to account limitations")


class WrongStatus(ApiError):
    """400, the only fitting status that revising declares: not from the present status."""

    def __init__(self, action: str, status: str) -> None:
        super().__init__(400, f"A version whose status is {status} cannot be {action}")
