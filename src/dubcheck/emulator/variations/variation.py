"""What a variation is: a server that differs, what it shows, and why it may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply
from dubcheck.emulator.workspace import Workspace

Readings = tuple[tuple[str, str], ...]
# Where what stands in `shows` says it all: the catalogue holds the silence beside each question.
OPEN = "What stands in `shows` is open; the catalogue says with each question why."


async def _untouched(call: Call, following: Next, _: Memory) -> Reply:
    return await following(call)


def _as_built(_: Workspace) -> None:
    """Nothing is arranged."""


@dataclass(frozen=True, slots=True)
class Variation:
    """One server that follows the documents in another way.

    `allowed` restates the silence or sentence that allows it. `shows` names questions of the
    catalogues with the reading that this server follows. `act` sees the traffic, `settings` are
    fields of EmulatorSettings, `arrange` alters the workspace before any service is built.
    """

    summary: str
    allowed: str
    act: Act = _untouched
    shows: Readings = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    arrange: Callable[[Workspace], None] = _as_built


def together(*acts: Act) -> Act:
    """Several differences at once, the first one outermost."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        step = following
        for each in reversed(acts):
            step = _bound(each, step, memory)
        return await step(call)

    return act


def _bound(act: Act, following: Next, memory: Memory) -> Next:
    async def step(call: Call) -> Reply:
        return await act(call, following, memory)

    return step


def readings(topic: str, /, **facts: str) -> Readings:
    """Questions of one topic (`pinch.auth`) with a reading each; underscores stand for hyphens."""
    return tuple((f"{topic}.{name.replace('_', '-')}", reading) for name, reading in facts.items())
