"""The embedded emulator: `dubcheck serve` as a child process on a free loopback port.

The judge knows it only through HTTP and its one line of start-up output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from dubcheck.errors import TargetError


@dataclass(slots=True)
class EmbeddedEmulator:
    """A running emulator. `greeting` is the JSON object of its first line."""

    greeting: dict[str, Any]
    _child: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """The base URL of both APIs."""
        return str(self.greeting["url"])

    def stop(self) -> None:
        """Ends the child and waits for it."""
        self._child.terminate()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def start_emulator(*arguments: str) -> EmbeddedEmulator:
    """Starts `dubcheck serve --port 0` and waits for its first line.

    Raises: TargetError where it ended or said something else.
    """
    command = [sys.executable, "-m", "dubcheck", "serve", "--port", "0", *arguments]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert child.stdout is not None  # it was asked for
    line = child.stdout.readline()
    try:
        greeting = json.loads(line)
    except ValueError as error:
        child.kill()
        child.wait()
        raise TargetError(f"the embedded emulator did not start; it said: {line!r}") from error
    return EmbeddedEmulator(greeting, child)
