"""How a request was received, told from its answer alone; what that means, a probe says."""

from __future__ import annotations

from dubcheck.targets.api_client import Answer
from dubcheck.targets.target_options import is_loopback

# No refusal of the value that was sent: the key, the balance or the pace is at fault.
_OTHER_GROUNDS = (401, 402, 429)
# What a gateway says in place of the service; like no answer, it may be chance.
_GATEWAY_STATUSES = (502, 503, 504)
# The words of a finding where a download succeeds and brings no bytes.
EMPTY_FILE = "the link yields an empty file"
# How httpx names that no connection was made, the name of the host not being known among it.
_UNCONNECTED = ("ConnectError", "ConnectTimeout")


def is_refusal(answer: Answer) -> bool:
    """Whether the value that was sent was turned down: a 4xx that is not about key, money or pace.

    403 counts: a service may forbid a private address with it.
    """
    status = answer.status
    return status is not None and 400 <= status <= 499 and status not in _OTHER_GROUNDS


def is_silence(answer: Answer) -> bool:
    """Whether the service itself did not answer."""
    return answer.status is None or answer.status in _GATEWAY_STATUSES


def is_unreached(answer: Answer) -> bool:
    """Whether no connection was had to a host elsewhere: that may be the fault of the way there.

    On this machine nothing lies between, and whoever names a dead port is at fault.
    """
    failure = answer.exchange.failure if answer.status is None else None
    is_lost = failure is not None and failure.startswith(_UNCONNECTED)
    return is_lost and not is_loopback(answer.exchange.request.url)


def is_about_something_else(answer: Answer) -> bool:
    """Whether the answer is about the key, the money or the pace, and so says nothing else."""
    return answer.status in _OTHER_GROUNDS


def told(answer: Answer) -> str:
    """The answer in a few words, for a finding."""
    if answer.status is None:
        return f"no answer ({answer.exchange.failure})"
    code = answer.field("error", "code")
    return f"{answer.status} {code}" if isinstance(code, str) else str(answer.status)
