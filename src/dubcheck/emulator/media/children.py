"""The server's end of the warm child: start it, give orders, await answers, end it.

Pure asyncio and standard library; what the orders mean is not known here.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from itertools import count
from pathlib import Path

from dubcheck.emulator.media.limits import Limits
from dubcheck.emulator.media.wire import Message

_PACKAGE_ROOT = str(Path(__file__).resolve().parents[3])
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from dubcheck.emulator.media.zygote import main; main()"
)
# One BLAS thread, so that the zygote is single-threaded when it forks; few allocator arenas, since
# each reserves address space that RLIMIT_AS counts.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "LC_ALL": "C.UTF-8",
}
_ANSWER_BYTES = 1 << 24


class ChildLost(Exception):
    """The grandchild crashed, was killed or ran out of time; the message says which."""


class ZygoteDied(Exception):
    """The zygote ended before it answered; the order may be given again."""


class ZygoteLink:
    """One running zygote and the orders it has not answered yet."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None
        self._pending: dict[int, asyncio.Future[Message]] = {}
        self._numbers = count(1)

    @property
    def is_alive(self) -> bool:
        """Whether orders can be given."""
        return self._listening is not None and not self._listening.done()

    @property
    def pid(self) -> int | None:
        """The zygote's process id, None before it was started."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Spawn the zygote; it answers as soon as it has loaded its libraries."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.to_thread(_spawn, theirs.fileno())
        reader, self._writer = await asyncio.open_unix_connection(sock=ours, limit=_ANSWER_BYTES)
        self._listening = asyncio.create_task(self._listen(reader))

    async def ask(self, order: Message, limits: Limits) -> Message:
        """Give an order and await its answer.

        Raises: ChildLost, ZygoteDied. When cancelled, the grandchild is killed.
        """
        if self._writer is None or not self.is_alive:
            raise ZygoteDied("the zygote is not running")
        number = next(self._numbers)
        answer = self._pending[number] = asyncio.get_running_loop().create_future()
        try:
            self._send(order | {"id": number, "limits": asdict(limits)})
            received = await answer
        except asyncio.CancelledError:
            self._send({"id": number, "kind": "cancel"})
            raise
        finally:
            self._pending.pop(number, None)
        if "lost" in received:
            raise ChildLost(received["lost"])
        result: Message = received["answer"]
        return result

    async def stop(self) -> None:
        """Close the socket, which ends the zygote and its grandchildren, and wait for that."""
        if self._writer is not None:
            self._writer.close()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._process is not None:
            await asyncio.to_thread(_reap, self._process)

    def _send(self, order: Message) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(json.dumps(order).encode() + b"\n")

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                answer = json.loads(line)
                waiting = self._pending.get(answer["id"])
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer)
        except ConnectionError:
            pass
        finally:
            for waiting in self._pending.values():
                if not waiting.done():
                    waiting.set_exception(ZygoteDied("the zygote ended"))


def _spawn(descriptor: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, _PACKAGE_ROOT, str(descriptor)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # The codecs write there whatever their log level is.
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        pass_fds=(descriptor,),
        cwd=os.sep,
        start_new_session=True,
    )


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
