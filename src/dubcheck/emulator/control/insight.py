"""What lets one look into the emulator: requests, callbacks, resources. Nothing is changed here but
the list of requests, which may be emptied.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from dubcheck.emulator.control.exchanges import exchange_view, har
from dubcheck.emulator.journal import Entry
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.refusals import MalformedBody
from dubcheck.emulator.routing import Endpoint, Service
from dubcheck.emulator.workspace import Workspace


class Insight:
    """The endpoints that show something."""

    def __init__(self, workspace: Workspace, services: Sequence[Service]) -> None:
        self._workspace = workspace
        self._services = services
        self.operations: tuple[tuple[str, str, str, Endpoint], ...] = (
            ("listRequests", "GET", "/requests", self.list_requests),
            ("forgetRequests", "DELETE", "/requests", self.forget_requests),
            ("exportRequests", "GET", "/requests.har", self.export_requests),
            ("listCallbacks", "GET", "/callbacks", self.list_callbacks),
            ("readCallbackKey", "GET", "/callbacks/key", self.read_callback_key),
            ("readState", "GET", "/state", self.read_state),
        )

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


def _number(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < len(str(10**18))):
        raise MalformedBody(f"{name} must be a whole number")
    return int(text)
