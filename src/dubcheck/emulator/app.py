"""The chain that every request passes, in this order: journal, faults, routing, admission, work.

The order is the fidelity: authentication precedes limits and validation, faults precede all.
No path and no error body is known here.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from dubcheck.emulator.fallback import Fallback
from dubcheck.emulator.fault_catalogue import Fault, FaultKind
from dubcheck.emulator.fault_effects import act_after, act_before
from dubcheck.emulator.hanging_up import hang_up
from dubcheck.emulator.messages import WRITE, Answer, Receive, Request, Scope, Send
from dubcheck.emulator.refusals import ClientGone
from dubcheck.emulator.routing import Match, Router, Service
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

# What a test asks about the traffic is not part of the traffic.
CONTROL_PREFIX = "/_emulator"


class Application:
    """The ASGI application of one emulator."""

    def __init__(self, workspace: Workspace, services: Sequence[Service]) -> None:
        self.services = services
        self._journal = workspace.journal
        self._clock = workspace.clock
        self._faults = workspace.faults
        self._router = Router(services, Fallback())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        arrived_at = self._clock.now()
        started = time.perf_counter()
        try:
            answer = await self._answer(request)
        except ClientGone:
            self._journal.add(request, None, arrived_at, time.perf_counter() - started)
            return
        if not request.path.startswith(CONTROL_PREFIX):
            self._journal.add(request, answer, arrived_at, time.perf_counter() - started)
        # Taken out, since it holds the scope: a circle would leave each request to the collector.
        write = scope["extensions"].pop(WRITE, None) if "extensions" in scope else None
        if answer.hang_up_after is not None:
            await hang_up(scope, receive, send, answer)
        elif write is not None and answer.stream is None:
            write(answer)
        else:
            await answer.send(send)

    async def _answer(self, request: Request) -> Answer:
        match = self._router.match(request.method, request.path)
        request.route = match.route
        request.parameters = match.parameters
        request.account = match.service.account(request)
        try:
            fault = self._faults.claim_for(FaultKind.ANSWER, match.service.name, request)
            if fault is not None:
                return await self._serve_with(fault, match, request)
            return await self._serve(match, request)
        except ApiError as error:
            return match.service.render(error)

    async def _serve_with(self, fault: Fault, match: Match, request: Request) -> Answer:
        answer = await act_before(fault, self._clock)
        if answer is not None:
            return answer
        try:
            answer = await self._serve(match, request)
        except ApiError as error:
            answer = match.service.render(error)
        act_after(fault, answer)
        return answer

    @staticmethod
    async def _serve(match: Match, request: Request) -> Answer:
        if match.route is None:
            assert match.refusal is not None, "a match without a route says why"
            raise match.refusal
        match.service.admit(request)
        return await match.route.endpoint(request)
