"""Runs of dubcheck that begin in a warm process: imports are half of a short run.

A server that has imported everything, and started nothing, is forked for each run.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess

from dubcheck.cli import main

NEVER_ENDED = -1
_PRELOADED = (
    "dubcheck.cli.run",
    "dubcheck.targets.embedded",
    "schemathesis.pytest.plugin",
    "schemathesis.specs.openapi",
    "hypothesis.extra.numpy",
    "jsonschema_rs",
    "numpy",
    "av",
    "httpx",
    "trustme",
)
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(list(_PRELOADED))


def run_forked(words: Sequence[str], folder: str, longest_seconds: float) -> int:
    """Runs dubcheck in a folder, silently; its exit status, or NEVER_ENDED."""
    run: BaseProcess = _CONTEXT.Process(target=_run, args=(tuple(words), folder))
    run.start()
    run.join(longest_seconds)
    if run.exitcode is None:
        run.terminate()
        run.join()
        return NEVER_ENDED
    return run.exitcode


def _run(words: tuple[str, ...], folder: str) -> None:
    # The server was started with this process's flags; probes that are compiled anew for each run
    # cost more than the run.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.get("PYTHONPYCACHEPREFIX")
    os.chdir(folder)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())
    sys.exit(main(words))
