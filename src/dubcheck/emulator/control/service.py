"""The endpoints under /_emulator/; who may use them: gate.py; what an order may be: orders.py."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from dubcheck.emulator.bodies import decode_json_object
from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.control import orders
from dubcheck.emulator.control.exchanges import exchange_view, har
from dubcheck.emulator.control.gate import check_sender
from dubcheck.emulator.fault_catalogue import CATALOGUE
from dubcheck.emulator.faults import ActiveFault
from dubcheck.emulator.journal import Entry
from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.panjaya import PanjayaService
from dubcheck.emulator.pinch.balances import Balances
from dubcheck.emulator.refusals import MalformedBody
from dubcheck.emulator.routing import Route, Service
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

SCHEMA_VERSION = 1
PREFIX = "/_emulator"


class ControlService:
    """Answers for the control surface."""

    name = "control"
    prefixes = (PREFIX,)

    def __init__(
        self,
        workspace: Workspace,
        services: Sequence[Service],
        balances: Balances,
        panjaya: PanjayaService,
    ) -> None:
        self._workspace = workspace
        self._services = services
        self._balances = balances
        self._panjaya = panjaya
        operations = (
            ("index", "GET", "", self.index),
            ("readClock", "GET", "/clock", self.read_clock),
            ("setClock", "POST", "/clock", self.set_clock),
            ("reset", "POST", "/reset", self.reset_resources),
            ("listFaults", "GET", "/faults", self.list_faults),
            ("switchOnFault", "POST", "/faults", self.switch_on_fault),
            ("switchOffFaults", "DELETE", "/faults", self.switch_off_faults),
            ("listBalances", "GET", "/balances", self.list_balances),
            ("setBalance", "PUT", "/balances/{account}", self.set_balance),
            ("listRequests", "GET", "/requests", self.list_requests),
            ("forgetRequests", "DELETE", "/requests", self.forget_requests),
            ("exportRequests", "GET", "/requests.har", self.export_requests),
            ("listCallbacks", "GET", "/callbacks", self.list_callbacks),
            ("readCallbackKey", "GET", "/callbacks/key", self.read_callback_key),
            ("readState", "GET", "/state", self.read_state),
            ("generateVersion", "POST", "/versions/{version_id}/generate", self.generate_version),
        )
        self.routes = tuple(
            Route(name, method, PREFIX + path, work) for name, method, path, work in operations
        )

    def account(self, request: Request) -> Account | None:
        """Nobody: no key is asked for."""
        return None

    def admit(self, request: Request) -> None:
        """Tools and our own page."""
        check_sender(request, self._workspace.settings.host)

    def render(self, error: ApiError) -> Answer:
        """{"error": {"code", "message"}}."""
        content = {"error": {"code": error.code, "message": error.message}}
        return Answer.json(error.status, content, error.headers)

    def resume(self) -> None:
        """Nothing was interrupted."""

    def reset(self, owner: str | None) -> None:
        """Nothing is remembered here."""

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """No resources of its own."""
        return {}

    async def index(self, request: Request) -> Answer:
        """What there is to control, and as what this emulator was started."""
        settings = self._workspace.settings
        content = {
            "schema_version": SCHEMA_VERSION,
            "profile": settings.profile.name,
            "seed": settings.seed,
            "speed": settings.speed.value,
            "rate_limit": settings.rate_limit,
            "accounts": [
                {"label": account.label, "service": account.service}
                for account in self._workspace.keys.accounts
            ],
            "endpoints": [f"{route.method} {route.path}" for route in self.routes],
        }
        return Answer.json(200, content)

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

    async def list_requests(self, request: Request) -> Answer:
        """Exchanges kept, oldest first; ?after= a number, ?account=, ?operation=, ?limit=."""
        entries = self._choose_entries(request)
        content = {
            "total": self._workspace.journal.total,
            "requests": [exchange_view(entry) for entry in entries],
        }
        return Answer.json(200, content)

    async def forget_requests(self, request: Request) -> Answer:
        """Forget the exchanges kept; numbers go on."""
        self._workspace.journal.clear()
        return Answer.json(200, {"total": self._workspace.journal.total})

    async def export_requests(self, request: Request) -> Answer:
        """The same choice as an HTTP archive."""
        return Answer.json(200, har(self._choose_entries(request), request.origin))

    async def list_callbacks(self, request: Request) -> Answer:
        """Deliveries with every attempt, oldest first; ?account=."""
        account = dict(request.query()).get("account")
        return Answer.json(200, {"callbacks": self._workspace.callbacks.log.entries(account)})

    async def read_callback_key(self, request: Request) -> Answer:
        """The key that verifies callbacks."""
        content = {"algorithm": "ES256", "public_key": self._workspace.callbacks.public_key_pem}
        return Answer.json(200, content)

    async def read_state(self, request: Request) -> Answer:
        """Every resource of every service; ?account=."""
        account = dict(request.query()).get("account")
        return Answer.json(
            200, {service.name: service.state(account) for service in self._services}
        )

    async def generate_version(self, request: Request) -> Answer:
        """Begin the final video of a Panjaya version, for which no public trigger is documented."""
        return Answer.json(200, self._panjaya.generate(request.parameters[0]))

    def _balance(self, label: str) -> dict[str, object]:
        return {"account": label, "usd": self._balances.cents(label) / 100}

    def _choose_entries(self, request: Request) -> list[Entry]:
        values = dict(request.query())
        after, limit = _number(values, "after", 0), _number(values, "limit", 1_000_000)
        chosen = (
            entry
            for entry in self._workspace.journal.entries
            if entry.number > after
            and values.get("account", entry.account) == entry.account
            and values.get("operation", entry.operation) == entry.operation
        )
        return list(islice(chosen, limit))


async def _read_body(request: Request) -> dict[str, object]:
    """The JSON object of the body; an empty body is an empty object."""
    body = await request.body()
    return decode_json_object(body) if body else {}


def _number(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < len(str(10**18))):
        raise MalformedBody(f"{name} must be a whole number")
    return int(text)


def _active_view(active: ActiveFault) -> dict[str, object]:
    return {
        "name": active.fault.name,
        "account": active.owner,
        "operation": active.operation,
        "remaining": active.remaining,
    }
