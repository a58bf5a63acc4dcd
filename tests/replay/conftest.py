"""A whole replay in a process of its own, in which every socket is an error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import dubcheck

CASSETTES = Path(__file__).parents[2] / "cassettes"
# Runs in the replay and in every child of it. Without IPv6 no library tries whether it is there.
GUARD = """
import os, socket, sys
socket.has_ipv6 = False
def guard(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        with open(os.environ["SOCKETS_OF_TEST"], "a") as log:
            log.write(f"{event} {arguments}\\n")
        raise RuntimeError(f"{event} in a replay")
sys.addaudithook(guard)
"""


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of a replay."""

    status: int
    output: str
    report: dict[str, Any]
    folder: Path
    sockets: str

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each requirement."""
        return {item["id"]: item["verdict"] for item in self.report["requirements"]}


def replay(folder: Path, *words: str, cassettes: Path = CASSETTES) -> Replay:
    """Replays cassettes with the words of a command line."""
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    log = folder / "sockets.log"
    log.touch()
    source = str(Path(dubcheck.__file__).parents[1])
    command = [sys.executable, "-m", "dubcheck", "run", "--replay", "--report-dir"]
    finished = subprocess.run(  # noqa: S603 - our own command
        [*command, str(folder / "report"), "--cassettes", str(cassettes), *words],
        env={
            **{name: value for name, value in os.environ.items() if "PINCH" not in name},
            "PYTHONPATH": os.pathsep.join((str(folder), source)),
            "SOCKETS_OF_TEST": str(log),
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    path = folder / "report" / "report.json"
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    output = finished.stdout + finished.stderr
    return Replay(finished.returncode, output, report, folder / "report", log.read_text())


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """All committed cassettes, played once."""
    return replay(tmp_path_factory.mktemp("whole-replay"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of Pinch's cassettes, to be spoiled."""
    for name in ("pinch", "media"):
        shutil.copytree(CASSETTES / name, tmp_path / "cassettes" / name)
    return tmp_path / "cassettes"


@pytest.fixture
def replayed(tmp_path: Path, copied: Path) -> Callable[..., Replay]:
    """Replays the copy, with the words of a command line."""
    return lambda *words: replay(tmp_path, "--api", "pinch", *words, cassettes=copied)
