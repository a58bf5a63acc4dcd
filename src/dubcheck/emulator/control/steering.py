"""What turns it: clock, faults, money, reset, final videos. Orders are read in orders.py."""

from __future__ import annotations

from collections.abc import Sequence

from dubcheck.emulator.bodies import decode_json_object
from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.control import orders
from dubcheck.emulator.fault_catalogue import CATALOGUE
from dubcheck.emulator.faults import ActiveFault
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.panjaya import PanjayaService
from dubcheck.emulator.pinch import PinchService
from dubcheck.emulator.routing import Endpoint, Service
from dubcheck.emulator.workspace import Workspace


class Steering:
    """The endpoints that change something."""

    def __init__(
        self,
        workspace: Workspace,
        services: Sequence[Service],
        pinch: PinchService,
        panjaya: PanjayaService,
    ) -> None:
        self._workspace = workspace
        self._services = services
        self._balances = pinch.balances
        self._panjaya = panjaya
        self.operations: tuple[tuple[str, str, str, Endpoint], ...] = (
            ("readClock", "GET", "/clock", self.read_clock),
            ("setClock", "POST", "/clock", self.set_clock),
            ("reset", "POST", "/reset", self.reset_resources),
            ("listFaults", "GET", "/faults", self.list_faults),
            ("switchOnFault", "POST", "/faults", self.switch_on_fault),
            ("switchOffFaults", "DELETE", "/faults", self.switch_off_faults),
            ("listBalances", "GET", "/balances", self.list_balances),
            ("setBalance", "PUT", "/balances/{account}", self.set_balance),
            ("generateVersion", "POST", "/versions/{version_id}/generate", self.generate_version),
            ("setSignatureForm", "PUT", "/callbacks/signature", self.set_signature_form),
        )

    async def read_clock(self, request: Request) -> Answer:
        """The emulator's time."""
        clock = self._workspace.clock
        content = {
            "now": clock.now(),
            "timestamp": format_timestamp(clock.now()),
            "frozen": clock.is_frozen,
        }
        return Answer.json(200, content)

    async def set_clock(self, request: Request) -> Answer:
        """Freeze or resume, then jump: {"frozen": true, "advance_seconds": 3600}."""
        body = await _read_body(request)
        frozen, seconds = orders.read_freeze(body), orders.read_advance(body)
        clock = self._workspace.clock
        if frozen is not None:
            (clock.freeze if frozen else clock.resume)()
        if seconds is not None:
            clock.advance(seconds)
        self._workspace.store.set_note("clock_offset", repr(clock.offset_seconds))
        return await self.read_clock(request)

    async def reset_resources(self, request: Request) -> Answer:
        """Forget the resources, faults and exchanges of {"account": label}, or of everybody."""
        owner = orders.read_account(await _read_body(request), self._workspace.keys)
        self._workspace.tasks.cancel(owner)
        for service in self._services:
            service.reset(owner)
        if owner is None:
            self._workspace.faults.reset()
            self._workspace.journal.clear()
        else:
            self._workspace.faults.switch_off(owner=owner)
            self._workspace.journal.clear(owner)
        return Answer.json(200, {"reset": owner or "everything"})

    async def list_faults(self, request: Request) -> Answer:
        """Every fault there is, and those that are on."""
        content = {
            "faults": [
                {
                    "name": fault.name,
                    "kind": fault.kind.value,
                    "service": fault.service or None,
                    "description": fault.description,
                }
                for fault in CATALOGUE.values()
            ],
            "active": [_active_view(each) for each in self._workspace.faults.active],
        }
        return Answer.json(200, content)

    async def switch_on_fault(self, request: Request) -> Answer:
        """{"name", "account"?, "operation"?, "times"?}."""
        active = orders.read_fault(await _read_body(request), self._workspace.keys)
        self._workspace.faults.switch_on(active)
        return Answer.json(201, _active_view(active))

    async def switch_off_faults(self, request: Request) -> Answer:
        """Those of ?name= and ?account=, or all."""
        values = dict(request.query())
        self._workspace.faults.switch_off(values.get("name"), values.get("account"))
        return Answer.json(
            200, {"active": [_active_view(each) for each in self._workspace.faults.active]}
        )

    async def list_balances(self, request: Request) -> Answer:
        """What each Pinch account has."""
        accounts = [each for each in self._workspace.keys.accounts if each.service == "pinch"]
        return Answer.json(200, {"balances": [self._balance(each.label) for each in accounts]})

    async def set_balance(self, request: Request) -> Answer:
        """{"usd": 12.5}."""
        label = orders.known_account(request.parameters[0], self._workspace.keys)
        self._balances.set_cents(label, orders.read_cents(await _read_body(request)))
        return Answer.json(200, self._balance(label))

    async def generate_version(self, request: Request) -> Answer:
        """Begin the final video of a Panjaya version, for which no public trigger is documented."""
        return Answer.json(200, self._panjaya.generate(request.parameters[0]))

    async def set_signature_form(self, request: Request) -> Answer:
        """{"encoding": "hex", "layout": "der"} or another: no document shows which."""
        form = orders.read_signature_form(await _read_body(request))
        self._workspace.callbacks.form = form
        return Answer.json(200, {"encoding": form.encoding.value, "layout": form.layout.value})

    def _balance(self, label: str) -> dict[str, object]:
        return {"account": label, "usd": self._balances.cents(label) / 100}


async def _read_body(request: Request) -> dict[str, object]:
    """The JSON object of the body; an empty body is an empty object."""
    body = await request.body()
    return decode_json_object(body) if body else {}


def _active_view(active: ActiveFault) -> dict[str, object]:
    return {
        "name": active.fault.name,
        "account": active.owner,
        "operation": active.operation,
        "remaining": active.remaining,
    }
