"""The suite as a user has it: the command line and a separately started emulator."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from dubcheck.targets.embedded import EmbeddedEmulator, start_emulator
from dubcheck.targets.listeners import unclaimed_ports

LONGEST_SECONDS = 400


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run of the command line."""

    status: int
    output: str
    report: dict[str, Any] | None

    @property
    def told(self) -> str:
        """The exit status and what was printed without the progress: what to read on a failure."""
        lines = (line for line in self.output.splitlines() if not line.startswith("["))
        return "\n".join([f"exit status {self.status}", *lines])

    def verdicts(self, *levels: str) -> dict[str, str]:
        """The verdict of every requirement of these levels."""
        assert self.report is not None
        return {
            item["id"]: item["verdict"]
            for item in self.report["requirements"]
            if item["level"] in levels
        }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Musts that an embedded quick run leaves out: always, or when a state lasts too short."""

    never: frozenset[str]
    by_timing: frozenset[str]


@pytest.fixture(scope="session")
def reviewed() -> Reviewed:
    """The reviewed list beside the tests."""
    path = Path(__file__).with_name("not_exercised.yaml")
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Reviewed(frozenset(document["never"]), frozenset(document["by_timing"]))


RunDubcheck = Callable[..., Finished]


def finished_run(folder: Path, *words: str) -> Finished:
    """Runs `dubcheck run` and reads its report."""
    done = subprocess.run(
        [sys.executable, "-m", "dubcheck", "run", "--report-dir", str(folder), *words],
        capture_output=True,
        text=True,
        cwd=folder.parent,
        timeout=LONGEST_SECONDS,
    )
    path = folder / "report.json"
    report = json.loads(path.read_text()) if path.exists() else None
    return Finished(done.returncode, done.stdout + done.stderr, report)


@pytest.fixture
def run_dubcheck(tmp_path: Path) -> RunDubcheck:
    """Runs `dubcheck run` in a folder of its own."""
    return partial(finished_run, tmp_path / "report")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the embedded run writes."""
    return tmp_path_factory.mktemp("embedded") / "report"


@pytest.fixture(scope="session")
def embedded_run(run_folder: Path) -> Finished:
    """One quick run of both APIs on the embedded emulator."""
    return finished_run(run_folder, "--profile", "quick")


@dataclass(frozen=True, slots=True)
class Reachable:
    """Where a separately started emulator may call back: ports, certificate and authority."""

    callback_port: int
    media_port: int
    certificate: Path
    certificate_key: Path
    authority: Path

    @property
    def callback_url(self) -> str:
        """The receiver's URL."""
        return f"https://127.0.0.1:{self.callback_port}"

    @property
    def media_url(self) -> str:
        """The media server's URL."""
        return f"http://127.0.0.1:{self.media_port}"


@pytest.fixture
def reachable(tmp_path: Path, free_ports: Callable[[int], list[int]]) -> Reachable:
    """A certificate for loopback and two free ports."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    paths = [tmp_path / name for name in ("cert.pem", "key.pem", "ca.pem")]
    issued.cert_chain_pems[0].write_to_path(str(paths[0]))
    issued.private_key_pem.write_to_path(str(paths[1]))
    authority.cert_pem.write_to_path(str(paths[2]))
    return Reachable(*free_ports(2), *paths)


@pytest.fixture
def separate_emulator(reachable: Reachable) -> Iterator[EmbeddedEmulator]:
    """An emulator in a process of its own, known by URL and keys only."""
    emulator = start_emulator(
        "--allow-origin",
        reachable.callback_url,
        "--allow-origin",
        reachable.media_url,
        "--callback-ca",
        str(reachable.authority),
    )
    yield emulator
    emulator.stop()


@pytest.fixture
def secluded_emulator() -> Iterator[EmbeddedEmulator]:
    """The same with no origin allowed: it refuses every private address."""
    emulator = start_emulator()
    yield emulator
    emulator.stop()


@pytest.fixture
def free_ports() -> Callable[[int], list[int]]:
    """Ports to listen on later, outside the range that outgoing connections are given."""
    return unclaimed_ports
