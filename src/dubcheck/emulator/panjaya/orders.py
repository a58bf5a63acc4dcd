"""What a fault, a request's fault header or a magic file name orders; courses carry it out."""

from __future__ import annotations

from dubcheck.emulator.fault_catalogue import CATALOGUE, FaultKind
from dubcheck.emulator.faults import HEADER
from dubcheck.emulator.messages import Request
from dubcheck.emulator.panjaya.assets import Asset
from dubcheck.emulator.panjaya.magic import ACCOUNT_LIMIT
from dubcheck.emulator.panjaya.refusals import AccountLimit
from dubcheck.emulator.workspace import Workspace


def read_order(workspace: Workspace, request: Request, magic: str) -> str:
    """Outcome for a new asset. Raises: AccountLimit if that is what the file name orders."""
    if magic == ACCOUNT_LIMIT:
        raise AccountLimit
    fault = workspace.faults.claim_for(FaultKind.ASSET, "panjaya", request)
    if fault is not None:
        return fault.code
    named = CATALOGUE.get((request.header(HEADER) or b"").decode("latin-1").strip())
    if named is not None and named.kind is FaultKind.VERSION:
        request.fault = named.name
        return named.name
    return magic


def is_ordered(workspace: Workspace, asset: Asset, name: str) -> bool:
    """Whether the version fault of this name was ordered for the asset, or is on for its owner."""
    if asset.outcome == name:
        return True
    active = workspace.faults.active
    for each in active:
        if each.fault.name == name and each.owner in (None, asset.owner):
            if each.remaining is not None:
                each.remaining -= 1
                if each.remaining <= 0:
                    active.remove(each)
            return True
    return False
