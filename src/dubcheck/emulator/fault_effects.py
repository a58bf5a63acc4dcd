"""What a fault of kind ANSWER does to a request and its answer; whether one applies: faults.py."""

from __future__ import annotations

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.fault_catalogue import Fault
from dubcheck.emulator.messages import Answer
from dubcheck.emulator.refusals import AccountLimit, TooManyRequests
from dubcheck.errors import ApiError

SLOW_SECONDS = 5.0
RETRY_AFTER_SECONDS = 30
_GATEWAY_PAGE = (
    b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
)


async def act_before(fault: Fault, clock: Clock) -> Answer | None:
    """An answer in place of the real one, or None when the request goes on.

    Raises: ApiError, for what the service words in its own dialect.
    """
    match fault.name:
        case "slow-answer":
            await clock.sleep(SLOW_SECONDS)
        case "bad-gateway":
            return Answer(502, _GATEWAY_PAGE, [(b"content-type", b"text/html")])
        case "rate-limited":
            raise TooManyRequests(10, RETRY_AFTER_SECONDS)
        case "server-error":
            raise ApiError(500, "An internal server error occurred", code="internal_error")
        case "unavailable":
            raise ApiError(
                503,
                "The service is temporarily unavailable",
                code="service_unavailable",
                headers={"retry-after": str(RETRY_AFTER_SECONDS)},
            )
        case "insufficient-balance":
            raise ApiError(
                402,
                "Your account balance is too low to process this file",
                code="insufficient_balance",
            )
        case "account-limit":
            raise AccountLimit
    return None


def act_after(fault: Fault, answer: Answer) -> None:
    """Spoil an answer that was made as usual."""
    match fault.name:
        case "dropped-connection":
            answer.hang_up_after = 0.0
        case "truncated-answer":
            answer.hang_up_after = 0.5
        case "malformed-answer":
            answer.body = answer.body[:-1]
