"""The parent of the children that decode: it asks one warm process, which forks a child per file.

A fresh interpreter with its libraries costs a tenth of a second, which is more than most files do.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dubcheck.measure.media import ANALYSIS_RATE, MeasureError

_CHILD = Path(__file__).with_name("decoding_child.py")


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much one file may cost us. A file beyond them is not measured, hence never accused."""

    size_bytes: int = 200_000_000
    duration_seconds: float = 900.0
    wall_seconds: float = 60.0
    cpu_seconds: int = 60
    memory_bytes: int = 2 << 30


class Decoder:
    """Decodes one file after the other, whichever thread asks; begins anew where it was ended."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._warm: subprocess.Popen[bytes] | None = None
        self._owner = 0

    @property
    def pid(self) -> int | None:
        """The id of the warm process, None where none runs."""
        return None if self._warm is None else self._warm.pid

    def decode(self, path: Path, limits: ReadingLimits) -> tuple[dict[str, Any], bytes]:
        """What is in the file, and its sound as 32-bit floats of ANALYSIS_RATE.

        Raises: MeasureError, if it cannot be decoded within the limits.
        """
        order = {
            "path": str(path.resolve()),
            "duration_seconds": limits.duration_seconds,
            "analysis_rate": ANALYSIS_RATE,
            "memory_bytes": limits.memory_bytes,
            "cpu_seconds": limits.cpu_seconds,
        }
        with self._turn:
            status, content = self._answer(json.dumps(order).encode() + b"\n", limits.wall_seconds)
        line, _, samples = content.partition(b"\n")
        if status or not line:
            raise MeasureError(f"the decoder died with status {status}")
        facts: dict[str, Any] = json.loads(line)
        return facts, samples

    def stop(self) -> None:
        """Ends the warm process, if there is one; the next file begins another."""
        warm, self._warm = self._warm, None
        # After a fork it belongs to the parent of this process.
        if warm is not None and self._owner == os.getpid():
            # An order that it did not read is flushed once more when its pipes are closed.
            with suppress(OSError), warm:
                _kill(warm)

    def _answer(self, order: bytes, wall_seconds: float) -> tuple[int, bytes]:
        warm, late = self._started(), threading.Event()
        assert warm.stdin is not None  # both pipes were asked for
        assert warm.stdout is not None

        def end() -> None:
            late.set()
            _kill(warm)

        watch = threading.Timer(wall_seconds, end)
        watch.start()
        try:
            warm.stdin.write(order)
            warm.stdin.flush()
            head = warm.stdout.readline()
            status, size_bytes = json.loads(head) if head else (1, 0)
            content = warm.stdout.read(size_bytes)
        except OSError:
            status, content = 1, b""
        finally:
            watch.cancel()
        if late.is_set():
            self.stop()
            raise MeasureError(f"was not decoded within {wall_seconds:g} s")
        return status, content

    def _started(self) -> subprocess.Popen[bytes]:
        warm = self._warm
        if warm is not None and self._owner == os.getpid() and warm.poll() is None:
            return warm
        self.stop()
        self._owner = os.getpid()
        self._warm = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            start_new_session=True,
        )
        return self._warm


def _kill(warm: subprocess.Popen[bytes]) -> None:
    """Ends the process and the child that it may have, which are a group of their own."""
    if warm.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(warm.pid, signal.SIGKILL)
    else:
        warm.kill()


def _bare_environment() -> dict[str, str]:
    # One thread, or the numeric library reserves address space for each core and meets the limit.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


DECODER = Decoder()
"""The one of this process."""
atexit.register(DECODER.stop)
