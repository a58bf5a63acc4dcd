"""The warm child: it has PyAV and numpy loaded and forks one limited grandchild per task.

It reads orders (JSON lines) from the socket it is given and answers each once; it opens no media.
A fork of a warm process costs a few milliseconds where a fresh interpreter costs 150 and more.
It ends when the other side of the socket closes, and takes its grandchildren with it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass, field

from dubcheck.emulator.media.limits import Limits, die_with_parent, leave_network
from dubcheck.emulator.media.wire import Message

_READ_BYTES = 1 << 16


@dataclass(slots=True)
class Grandchild:
    """A forked task: its process, the pipe its answer comes through, and its deadline."""

    order_id: int
    process_id: int
    pipe: int
    deadline: float
    answer: bytearray = field(default_factory=bytearray)
    is_overdue: bool = False


class Zygote:
    """Forks grandchildren on order, collects their answers, kills those that take too long."""

    def __init__(self, control: socket.socket):
        self._control = control
        self._orders = bytearray()
        self._grandchildren: dict[int, Grandchild] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until the control socket closes."""
        while True:
            for key, _ in self._selector.select(self._seconds_to_next_deadline()):
                if key.fileobj is not self._control:
                    self._collect(self._grandchildren[key.fd])
                elif not self._receive_orders():
                    self._kill_all()
                    return
            self._kill_overdue()

    def _seconds_to_next_deadline(self) -> float | None:
        deadlines = [each.deadline for each in self._grandchildren.values() if not each.is_overdue]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _receive_orders(self) -> bool:
        try:
            received = self._control.recv(_READ_BYTES)
        except ConnectionError:
            return False
        self._orders += received
        while (end := self._orders.find(b"\n")) >= 0:
            line = bytes(self._orders[:end])
            del self._orders[: end + 1]
            self._obey(json.loads(line))
        return bool(received)

    def _obey(self, order: Message) -> None:
        if order["kind"] == "cancel":
            self._kill(order["id"])
        else:
            self._fork(order)

    def _fork(self, order: Message) -> None:
        reading, writing = os.pipe()
        process_id = os.fork()
        if process_id == 0:
            self._become_grandchild(order, reading, writing)
        os.close(writing)
        deadline = time.monotonic() + order["limits"]["wall_seconds"]
        self._grandchildren[reading] = Grandchild(order["id"], process_id, reading, deadline)
        self._selector.register(reading, selectors.EVENT_READ)

    def _become_grandchild(self, order: Message, reading: int, writing: int) -> None:
        status = 1
        try:
            die_with_parent()
            os.close(reading)
            for pipe in self._grandchildren:
                os.close(pipe)
            self._selector.close()
            self._control.close()
            from dubcheck.emulator.media.task import carry_out

            answer = carry_out(order, Limits(**order["limits"]))
            with os.fdopen(writing, "wb") as pipe_file:
                pipe_file.write(json.dumps(answer).encode())
            status = 0
        finally:
            # Whatever happened, a grandchild must never return into the zygote's loop.
            os._exit(status)

    def _collect(self, grandchild: Grandchild) -> None:
        received = os.read(grandchild.pipe, _READ_BYTES)
        if received:
            grandchild.answer += received
            return
        self._selector.unregister(grandchild.pipe)
        os.close(grandchild.pipe)
        del self._grandchildren[grandchild.pipe]
        _, status = os.waitpid(grandchild.process_id, 0)
        self._send({"id": grandchild.order_id} | _outcome(grandchild, status))

    def _send(self, answer: Message) -> None:
        # A server that went away is noticed by the next read.
        with contextlib.suppress(ConnectionError):
            self._control.sendall(json.dumps(answer).encode() + b"\n")

    def _kill(self, order_id: int) -> None:
        for grandchild in self._grandchildren.values():
            if grandchild.order_id == order_id:
                os.kill(grandchild.process_id, signal.SIGKILL)

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for grandchild in self._grandchildren.values():
            if grandchild.deadline <= now and not grandchild.is_overdue:
                grandchild.is_overdue = True
                os.kill(grandchild.process_id, signal.SIGKILL)

    def _kill_all(self) -> None:
        for grandchild in self._grandchildren.values():
            os.kill(grandchild.process_id, signal.SIGKILL)
            os.waitpid(grandchild.process_id, 0)


def _outcome(grandchild: Grandchild, status: int) -> Message:
    if grandchild.is_overdue:
        return {"lost": "it took longer than its wall time"}
    if status != 0 or not grandchild.answer:
        code = os.waitstatus_to_exitcode(status)
        return {"lost": f"it ended by signal {-code}" if code < 0 else f"it ended with {code}"}
    return {"answer": json.loads(grandchild.answer)}


def main() -> None:
    """Serve the socket whose descriptor is the last argument."""
    control = socket.socket(fileno=int(sys.argv[-1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_network()
    import dubcheck.emulator.media.task

    dubcheck.emulator.media.task.warm_up()
    gc.freeze()
    Zygote(control).run()
