"""An emulator on a port, in a thread of its own: for tests, for `dubcheck run` and for `serve`."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

from dubcheck.emulator.assembly import Emulator, Packs, all_packs
from dubcheck.emulator.callbacks import Rewriting
from dubcheck.emulator.messages import WRITE
from dubcheck.emulator.settings import EmulatorSettings
from dubcheck.errors import TargetError, UsageError

T = TypeVar("T")
Middleware = Callable[[Any], Any]
START_LIMIT_SECONDS = 30


class EmulatorServer:
    """`with EmulatorServer(settings) as server: server.url` answers from entry to exit.

    `middleware` wraps the ASGI application; `packs` builds the services (tests may choose few).
    """

    def __init__(
        self,
        settings: EmulatorSettings | None = None,
        middleware: Middleware | None = None,
        packs: Packs = all_packs,
    ) -> None:
        self.settings = settings or EmulatorSettings()
        self.emulator: Emulator | None = None
        self.url = ""
        self._middleware = middleware
        self._packs = packs
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Open the port; returns once it answers. UsageError if host or port cannot be used."""
        listener = open_listener(self.settings.host, self.settings.port)
        host, port = listener.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._thread = threading.Thread(
            target=self._run, args=(listener,), name="dubcheck-emulator", daemon=True
        )
        self._thread.start()
        answered = self._ready.wait(START_LIMIT_SECONDS)
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        if not answered:
            raise TargetError(f"the emulator did not start within {START_LIMIT_SECONDS} seconds")

    def stop(self) -> None:
        """Close the port, end all work and wait for the thread."""
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def __enter__(self) -> EmulatorServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def wait(self, stopped: threading.Event) -> None:
        """Return when `stopped` is set; TargetError if the emulator ends by itself."""
        while not stopped.wait(timeout=1):
            if self._thread is None or not self._thread.is_alive():
                raise TargetError("the emulator ended by itself")

    @property
    def callback_public_key(self) -> str:
        """PEM of the key that verifies this emulator's callbacks."""
        assert self.emulator is not None, "the server is not running"
        return self.emulator.workspace.callbacks.public_key_pem

    def rewrite_notices(self, rewriting: Rewriting) -> None:
        """From now on, let `rewriting` decide what becomes of each callback."""
        assert self.emulator is not None, "the server is not running"
        self.emulator.workspace.callbacks.rewrite(rewriting)

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the emulator's loop and return its result."""
        assert self._loop is not None, "the server is not running"
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _run(self, listener: socket.socket) -> None:
        try:
            with asyncio.Runner(loop_factory=_new_event_loop) as runner:
                runner.run(self._serve(listener))
        except BaseException as error:  # noqa: BLE001 - the thread's outermost frame: start() raises it
            self._failure = error
            self._ready.set()

    async def _serve(self, listener: socket.socket) -> None:
        from dubcheck.emulator.wire import make_server  # noqa: PLC0415

        self._loop = asyncio.get_running_loop()
        self.emulator = Emulator(self.settings, self._packs)
        await self.emulator.start()
        application: Any = self.emulator.application
        if self._middleware is not None:
            application = self._middleware(without_write(application))
        self._server = make_server(
            application, on_started=self._ready.set, now=self.emulator.workspace.clock.now
        )
        try:
            await self._server.serve(sockets=[listener])
        finally:
            await self.emulator.stop()


def without_write(application: Any) -> Any:
    """The application with every answer going through `send`, where a middleware sees it."""

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        scope.get("extensions", {}).pop(WRITE, None)
        await application(scope, receive, send)

    return plain


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket; UsageError if the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(f"--host {host} --port {port}: cannot listen there ({error})") from error
    return listener


def _new_event_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
