"""The service under /_emulator/: its index, its dialect, and who may use it (gate.py)."""

from __future__ import annotations

from collections.abc import Sequence

from dubcheck.emulator.control.gate import check_sender
from dubcheck.emulator.control.insight import Insight
from dubcheck.emulator.control.steering import Steering
from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.panjaya import PanjayaService
from dubcheck.emulator.pinch import PinchService
from dubcheck.emulator.routing import Route, Service
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

# Raised when an endpoint or a field changes its meaning, not when one is added.
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
        pinch: PinchService,
        panjaya: PanjayaService,
    ) -> None:
        self._workspace = workspace
        operations = (
            ("index", "GET", "", self.index),
            *Steering(workspace, services, pinch, panjaya).operations,
            *Insight(workspace, services).operations,
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
