"""Faults switched on by name, for client developers: what real services do at times.

The names are in fault_catalogue.py, what an ANSWER fault does in fault_effects.py. A defect (wrong
on purpose, to test the judge) is never a fault.
"""

from __future__ import annotations

import msgspec

from dubcheck.emulator.fault_catalogue import CATALOGUE, Fault, FaultKind
from dubcheck.emulator.messages import Request
from dubcheck.emulator.refusals import MalformedBody
from dubcheck.errors import UsageError

HEADER = b"x-emulator-fault"


class ActiveFault(msgspec.Struct):
    """A fault that is on. None means: every account, every operation, without end."""

    fault: Fault
    owner: str | None = None
    operation: str | None = None
    remaining: int | None = None

    def concerns(self, service: str, owner: str | None, operation: str | None) -> bool:
        """Whether it is on for this account and operation of a service."""
        fault = self.fault
        return (
            fault.service in ("", service)
            and self.owner in (None, owner)
            and self.operation in (None, operation)
            and (not fault.operations or (operation in fault.operations and owner is not None))
        )


def find_fault(name: str) -> Fault:
    """The fault of this name."""
    fault = CATALOGUE.get(name)
    if fault is None:
        raise UsageError(f"--fault {name}: unknown; `dubcheck serve --list-faults` lists them")
    return fault


class Faults:
    """What is on: per process, per account, per operation, or by a request's own header."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._initial = tuple(ActiveFault(find_fault(name)) for name in names)
        self.active: list[ActiveFault] = list(self._initial)

    def switch_on(self, active: ActiveFault) -> None:
        """Add one; the same fault may be on for several accounts."""
        self.active.append(active)

    def switch_off(self, name: str | None = None, owner: str | None = None) -> None:
        """Remove every match; None matches all."""
        self.active = [
            each
            for each in self.active
            if name not in (None, each.fault.name) or owner not in (None, each.owner)
        ]

    def reset(self) -> None:
        """Back to what the process was started with."""
        self.active = list(self._initial)

    def claim(
        self, kind: FaultKind, service: str, owner: str | None, operation: str | None = None
    ) -> Fault | None:
        """The first fault of this kind that is on for them; counts it down."""
        for each in self.active:
            if each.fault.kind is kind and each.concerns(service, owner, operation):
                self._count_down(each)
                return each.fault
        return None

    def claim_for(self, kind: FaultKind, service: str, request: Request) -> Fault | None:
        """The fault of this kind that the request's own header names, or one that is on.

        Packs ask it when a request creates something: JOB for Pinch, ASSET for Panjaya. The chain
        asks for ANSWER.

        Raises: MalformedBody (400) if the header names a fault that does not exist.
        """
        named = request.header(HEADER)
        if named is None and not self.active:
            return None
        owner = request.account.label if request.account else None
        operation = request.route.operation if request.route else None
        fault = None
        if named is not None:
            fault = _named_fault(named, kind, service, owner, operation)
        fault = fault or self.claim(kind, service, owner, operation)
        if fault is not None:
            request.fault = fault.name
        return fault

    def _count_down(self, active: ActiveFault) -> None:
        if active.remaining is not None:
            active.remaining -= 1
            if active.remaining <= 0:
                self.active.remove(active)


def _named_fault(
    header: bytes, kind: FaultKind, service: str, owner: str | None, operation: str | None
) -> Fault | None:
    for name in header.decode("latin-1").split(","):
        fault = CATALOGUE.get(name.strip())
        if fault is None:
            raise MalformedBody(f"X-Emulator-Fault: there is no fault {name.strip()[:64]!r}")
        if fault.kind is kind and ActiveFault(fault).concerns(service, owner, operation):
            return fault
    return None
