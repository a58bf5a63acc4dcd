"""Pinch's own refusals; those that every service knows are in emulator/refusals.py.

Codes of the document ("Error Codes"): invalid_url, unsupported_language, unauthorized,
insufficient_balance, rate_limited. Not documented, chosen here: invalid_request, not_found,
not_ready, method_not_allowed, payload_too_large.
"""

from __future__ import annotations

from dubcheck.errors import ApiError


class InvalidRequest(ApiError):
    """A field or parameter is missing, of the wrong type or out of range."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message, code="invalid_request")


class InvalidUrl(ApiError):
    """`source_url` is no URL that the service would fetch."""

    def __init__(self, message: str = "The provided source URL is not a valid URL") -> None:
        super().__init__(400, message, code="invalid_url")


class UnsupportedLanguage(ApiError):
    """A language outside the ten, or `auto` as target."""

    def __init__(self, role: str, given: object) -> None:
        shown = given if isinstance(given, str) else "not a string"
        super().__init__(
            400, f"Unsupported {role} language: {shown[:32]}", code="unsupported_language"
        )


class InsufficientBalance(ApiError):
    """The account cannot pay for another job. Status: FACTS 2.4."""

    def __init__(self) -> None:
        super().__init__(
            402,
            "Your account balance is too low to process this file",
            code="insufficient_balance",
        )


class NotReady(ApiError):
    """The job has no result yet, or never will."""

    def __init__(self, status: str) -> None:
        super().__init__(409, f"The job has no result; its status is {status}", code="not_ready")
