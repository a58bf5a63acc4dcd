"""Refusals that every service knows, whatever its dialect; a service's own codes live in its pack.

ApiError
├── Unauthorized       401
├── AccountLimit       403
├── NotFound           404
├── MethodNotAllowed   405, with Allow
├── MalformedBody      400
├── PayloadTooLarge    413
└── TooManyRequests    429, with Retry-After

ClientGone             the client hung up before its request was whole; nobody is left to answer
"""

from __future__ import annotations

from dubcheck.errors import ApiError


class Unauthorized(ApiError):
    """No Authorization header, one that is not `Bearer <token>`, or a key nobody owns."""

    def __init__(self, message: str = "Invalid or expired API token") -> None:
        super().__init__(401, message, code="unauthorized")


class AccountLimit(ApiError):
    """The account may not have more."""

    def __init__(self, message: str = "Your account's limit has been reached") -> None:
        super().__init__(403, message, code="account_limit")


class NotFound(ApiError):
    """No such path, or no such resource among those of this key."""

    def __init__(self, message: str = "The requested resource was not found") -> None:
        super().__init__(404, message, code="not_found")


class MethodNotAllowed(ApiError):
    """The path exists, with other methods only."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        allow = ", ".join(allowed)
        super().__init__(
            405,
            f"Method not allowed; this path answers {allow}",
            code="method_not_allowed",
            headers={"allow": allow},
        )


class MalformedBody(ApiError):
    """The body cannot be read as what the operation takes."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message, code="invalid_request")


class PayloadTooLarge(ApiError):
    """The body is longer than this operation reads."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            413, f"The request body exceeds {limit_bytes} bytes", code="payload_too_large"
        )


class TooManyRequests(ApiError):
    """The key used up its requests of this minute."""

    def __init__(self, limit: int, retry_after_seconds: int) -> None:
        super().__init__(
            429,
            f"Too many requests. Maximum {limit} requests per minute.",
            code="rate_limited",
            headers={"retry-after": str(retry_after_seconds)},
        )


class ClientGone(Exception):
    """The client hung up in the middle of its request."""
