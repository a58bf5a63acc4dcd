"""What one grandchild does: confine itself, probe or dub, put the result or refusal in words.

Imported only in children: it loads PyAV and numpy.
"""

from __future__ import annotations

from pathlib import Path

import av
import av.logging

from dubcheck.emulator.media.description import MediaFault, MediaRefused
from dubcheck.emulator.media.dubbing import dub
from dubcheck.emulator.media.limits import Limits, confine
from dubcheck.emulator.media.probing import probe
from dubcheck.emulator.media.wire import (
    Message,
    description_to_message,
    plan_from_message,
    refusal_to_message,
)

# What libavformat and PyAV were seen to raise for hostile files, beyond av.FFmpegError.
MEDIA_ERRORS = (
    av.FFmpegError,
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    ValueError,
)


def warm_up() -> None:
    """Pay what every task would pay for: silence libavformat's own log."""
    av.logging.set_level(av.logging.PANIC)


def carry_out(order: Message, limits: Limits) -> Message:
    """Do what the order asks for, within the limits."""
    confine(limits)
    try:
        return {"result": _result(order)}
    except MediaRefused as refused:
        return {"refused": refusal_to_message(refused)}
    except MEDIA_ERRORS as error:
        detail = f"{type(error).__name__}: {error}"[:500]
        return {"refused": refusal_to_message(MediaRefused(MediaFault.BROKEN, detail))}


def _result(order: Message) -> Message | None:
    if order["kind"] == "probe":
        measured = probe(Path(order["path"]), order["duration_limit_seconds"])
        return description_to_message(measured)
    dub(plan_from_message(order["plan"]))
    return None
