"""Faults switched on by name, for client developers: what real services do at times.

The catalogue of names is in fault_catalogue.py. A defect (wrong on purpose) is never a fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from dubcheck.emulator.fault_catalogue import CATALOGUE, Fault, FaultKind
from dubcheck.emulator.messages import Request
from dubcheck.errors import UsageError

HEADER = b"x-emulator-fault"


@dataclass(slots=True)
class ActiveFault:
    """A fault that is on. None means: every account, every operation, without end."""

    fault: Fault
    owner: str | None = None
    operation: str | None = None
    remaining: int | None = None


def find_fault(name: str) -> Fault:
    """The fault of this name; UsageError names the nearest list."""
    fault = CATALOGUE.get(name)
    if fault is None:
        raise UsageError(f"unknown fault {name!r}; `dubcheck serve --list-faults` lists them")
    return fault


class Faults:
    """What is on: per process, per account, per operation, or by a request's own header."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self.active: list[ActiveFault] = []
        for name in names:
            self.switch_on(ActiveFault(find_fault(name)))

    def switch_on(self, active: ActiveFault) -> None:
        """Add one; the same fault may be on for several accounts."""
        self.active.append(active)

    def switch_off(self, name: str | None = None, owner: str | None = None) -> None:
        """Remove every match; None matches all."""
        self.active = [
            each
            for each in self.active
            if not (name in (None, each.fault.name) and owner in (None, each.owner))
        ]

    def claim(
        self, kind: FaultKind, service: str, owner: str | None, operation: str | None = None
    ) -> Fault | None:
        """The first fault of this kind that is on for them; counts it down."""
        for each in self.active:
            if (
                each.fault.kind is kind
                and each.fault.service in ("", service)
                and each.owner in (None, owner)
                and each.operation in (None, operation)
            ):
                self._count_down(each)
                return each.fault
        return None

    def claim_for(self, kind: FaultKind, service: str, request: Request) -> Fault | None:
        """The fault of this kind that the request's own header names, or one that is on.

        Packs ask it when they create something: JOB for Pinch, ASSET for Panjaya.
        """
        named = request.header(HEADER)
        if named is not None:
            fault = CATALOGUE.get(named.decode("latin-1").strip())
            if fault is not None and fault.kind is kind and fault.service in ("", service):
                request.fault = fault.name
                return fault
        if not self.active:
            return None
        owner = request.account.label if request.account else None
        fault = self.claim(kind, service, owner, request.route.operation if request.route else None)
        if fault is not None:
            request.fault = fault.name
        return fault

    def _count_down(self, active: ActiveFault) -> None:
        if active.remaining is not None:
            active.remaining -= 1
            if active.remaining <= 0:
                self.active.remove(active)
