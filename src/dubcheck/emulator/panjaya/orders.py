"""What a fault, a request's fault header or a magic file name orders; courses carry it out."""

from __future__ import annotations

from dataclasses import dataclass

from dubcheck.emulator.fault_catalogue import CATALOGUE, FaultKind
from dubcheck.emulator.faults import HEADER
from dubcheck.emulator.messages import Request
from dubcheck.emulator.panjaya.assets import Asset, AssetError
from dubcheck.emulator.panjaya.magic import ACCOUNT_LIMIT, SUCCESS
from dubcheck.emulator.panjaya.refusals import AccountLimit
from dubcheck.emulator.workspace import Workspace

_ERROR_CODES = frozenset(error.value for error in AssetError)
_LATER = frozenset({FaultKind.VERSION, FaultKind.CALLBACK})


@dataclass(frozen=True, slots=True)
class Order:
    """What a new asset is to do: fail with a code, or have faults in versions and callbacks."""

    outcome: str
    faults: tuple[str, ...]


def read_order(workspace: Workspace, request: Request, magic: str) -> Order:
    """The order for a new asset. Raises: AccountLimit if that is what the file name says."""
    if magic == ACCOUNT_LIMIT:
        raise AccountLimit
    fault = workspace.faults.claim_for(FaultKind.ASSET, "panjaya", request)
    outcome = fault.code if fault is not None else magic if magic in _ERROR_CODES else ""
    faults = _named_for_later(request)
    if magic and magic != SUCCESS and magic not in _ERROR_CODES:
        faults = (*faults, magic)
    return Order(outcome, faults)


def is_ordered(workspace: Workspace, asset: Asset, name: str) -> bool:
    """Whether the version fault of this name was ordered for the asset, or is on for its owner."""
    if name in asset.faults:
        return True
    active = workspace.faults.active
    for each in active:
        if each.fault.name == name and each.concerns("panjaya", asset.owner, None):
            if each.remaining is not None:
                each.remaining -= 1
                if each.remaining <= 0:
                    active.remove(each)
            return True
    return False


def _named_for_later(request: Request) -> tuple[str, ...]:
    """Faults of the request's own header that show only after it was answered."""
    names = [name.strip() for name in (request.header(HEADER) or b"").decode("latin-1").split(",")]
    found = tuple(name for name in names if name in CATALOGUE and CATALOGUE[name].kind in _LATER)
    if found:
        request.fault = ", ".join(found)
    return found
