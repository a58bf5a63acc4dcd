"""Sends callbacks beside the API: in order per resource, with retries; packs know what they say.

Faults are claimed here, one per delivery, when its turn comes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

import msgspec

from dubcheck.emulator.callbacks.courier import Courier
from dubcheck.emulator.callbacks.delivery import Attempt, Delivery, DeliveryLog, DeliveryState
from dubcheck.emulator.callbacks.letter import Rewriting
from dubcheck.emulator.callbacks.signing import SignatureForm
from dubcheck.emulator.clock import Clock
from dubcheck.emulator.fault_catalogue import FaultKind
from dubcheck.emulator.faults import Faults
from dubcheck.emulator.store import Store
from dubcheck.emulator.tasks import Tasks

# Waits before each further attempt, on the emulator's clock. The documents name none.
RETRY_AFTER_SECONDS = (1.0, 5.0, 30.0, 120.0, 600.0)
LATE_SECONDS = 30.0
# How long a reordered callback waits for one to overtake it.
OVERTAKING_SECONDS = 10.0

_LOST, _REPEATED, _REORDERED, _LATE = (
    "callback-lost",
    "callback-repeated",
    "callback-reordered",
    "callback-late",
)


@dataclass(slots=True)
class _Line:
    """The callbacks of one resource that wait for their turn."""

    waiting: deque[Delivery] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class CallbackSender:
    """Takes events and returns at once; a task per resource delivers them in order."""

    def __init__(
        self, store: Store, clock: Clock, tasks: Tasks, faults: Faults, courier: Courier
    ) -> None:
        self.log = DeliveryLog(store)
        self._clock = clock
        self._tasks = tasks
        self._faults = faults
        self._courier = courier
        self._lines: dict[tuple[str, str], _Line] = {}

    @property
    def public_key_pem(self) -> str:
        """The key that verifies X-Signature."""
        return self._courier.signer.public_key_pem

    @property
    def form(self) -> SignatureForm:
        """Encoding and layout of the signatures."""
        return self._courier.signer.form

    @form.setter
    def form(self, form: SignatureForm) -> None:
        self._courier.signer.form = form

    def rewrite(self, rewriting: Rewriting) -> None:
        """From now on, let `rewriting` decide what becomes of each notice that is to be sent."""
        self._courier.rewriting = rewriting

    @property
    def is_idle(self) -> bool:
        """Whether no callback is on its way or waits for a retry."""
        return not self._lines

    def enqueue(
        self, owner: str, resource_id: str, url: str, event: dict[str, object], fault: str = ""
    ) -> None:
        """Send `event` (its "event" is the name) to `url`, after the resource's earlier ones.

        `fault` was ordered for this very callback; without it one that is on may be claimed.
        """
        delivery = Delivery(
            identifier="",
            owner=owner,
            resource_id=resource_id,
            url=url,
            event=str(event["event"]),
            body=msgspec.json.encode(event).decode(),
            created_at=self._clock.now(),
            fault=fault,
        )
        self._join(self.log.open(delivery))

    def resume(self) -> None:
        """Go on with what a state file brought back undelivered (called once, at start)."""
        for delivery in self.log.entries():
            if delivery.state is DeliveryState.WAITING:
                self._join(delivery)

    def reset(self, owner: str | None) -> None:
        """Forget the deliveries of one owner, or of all; nothing more of them is sent."""
        self.log.clear(owner)
        for key in [key for key in self._lines if owner in (None, key[0])]:
            line = self._lines.pop(key)
            if line.task is not None:
                line.task.cancel()

    def _join(self, delivery: Delivery) -> None:
        key = (delivery.owner, delivery.resource_id)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
            line.task = self._tasks.start(self._serve(key, line), delivery.owner)
        line.waiting.append(delivery)
        line.arrived.set()

    async def _serve(self, key: tuple[str, str], line: _Line) -> None:
        try:
            while line.waiting:
                await self._next(line)
        finally:
            if self._lines.get(key) is line:
                del self._lines[key]

    async def _next(self, line: _Line) -> None:
        delivery = line.waiting.popleft()
        name = delivery.fault or self._claim(delivery.owner)
        delivery = msgspec.structs.replace(delivery, fault=name)
        if name == _LOST:
            self.log.put(msgspec.structs.replace(delivery, state=DeliveryState.LOST))
            return
        if name == _LATE:
            await self._clock.sleep(LATE_SECONDS)
        if name == _REORDERED:
            await self._let_one_overtake(line)
        await self._deliver(delivery)
        if name == _REPEATED:
            await self._courier.post(delivery.url, delivery.body.encode())

    def _claim(self, owner: str) -> str:
        fault = self._faults.claim(FaultKind.CALLBACK, "panjaya", owner)
        return fault.name if fault else ""

    async def _let_one_overtake(self, line: _Line) -> None:
        """Deliver the next callback of the line first, if one comes in time."""
        if not line.waiting:
            line.arrived.clear()
            arrival = asyncio.ensure_future(line.arrived.wait())
            pause = asyncio.ensure_future(self._clock.sleep(OVERTAKING_SECONDS))
            try:
                await asyncio.wait({arrival, pause}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrival.cancel()
                pause.cancel()
        if line.waiting:
            await self._deliver(line.waiting.popleft())

    async def _deliver(self, delivery: Delivery) -> None:
        for wait in (0.0, *RETRY_AFTER_SECONDS)[len(delivery.attempts) :]:
            last = delivery.attempts[-1].at if delivery.attempts else self._clock.now()
            await self._clock.sleep_until(last + wait)
            outcome = await self._courier.post(delivery.url, delivery.body.encode())
            attempt = Attempt(at=self._clock.now(), status=outcome.status, error=outcome.error)
            delivery = msgspec.structs.replace(delivery, attempts=(*delivery.attempts, attempt))
            if attempt.is_accepted:
                delivery = msgspec.structs.replace(delivery, state=DeliveryState.DELIVERED)
            self.log.put(delivery)
            if attempt.is_accepted:
                return
        self.log.put(msgspec.structs.replace(delivery, state=DeliveryState.ABANDONED))
