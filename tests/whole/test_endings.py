"""How a run ends when it cannot begin, cannot go on, or is killed half way."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dubcheck.errors import RecordError
from dubcheck.exchange.record import read_record


def test_wrong_url_ends_with_status_3(run_dubcheck: Any, free_ports: Any) -> None:
    """A URL where nothing answers cannot be judged: status 3, the URL in the message."""
    (port,) = free_ports(1)

    done = run_dubcheck("--pinch-url", f"http://127.0.0.1:{port}", "--pinch-key", "pk_any")

    assert (done.status, done.report) == (3, None)
    assert f"http://127.0.0.1:{port} does not answer" in done.output


def test_wrong_key_ends_with_status_3(run_dubcheck: Any, separate_emulator: Any) -> None:
    """A key that the target refuses cannot be judged with: status 3, the key not in the output."""
    done = run_dubcheck("--pinch-url", separate_emulator.url, "--pinch-key", "pk_not_this_one")

    assert (done.status, done.report) == (3, None)
    assert "refuses the key" in done.output
    assert "pk_not_this_one" not in done.output


def test_unusable_public_key_ends_with_status_2(run_dubcheck: Any, tmp_path: Path) -> None:
    """A file that holds no public key is wrong usage, told before any request is sent."""
    path = tmp_path / "key.pem"
    path.write_text("no key")

    done = run_dubcheck("--api", "panjaya", "--callback-public-key", str(path))

    assert (done.status, done.report) == (2, None)
    assert "--callback-public-key" in done.output


def test_report_folder_that_cannot_be_written_ends_with_status_2(tmp_path: Path) -> None:
    """A report folder under a file cannot be made: status 2 before any request is sent."""
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "report"

    done = subprocess.run(
        [sys.executable, "-m", "dubcheck", "run", "--report-dir", str(folder)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )

    assert done.returncode == 2
    assert "--report-dir" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["openapi.yaml", "requirements.yaml"])
def test_unreadable_spec_ends_with_status_2(name: str, tmp_path: Path) -> None:
    """A spec that is no YAML is named, with status 2."""
    code = (
        "import sys, pathlib, shutil, dubcheck.contract.locations as places;"
        "specs = pathlib.Path('specs').resolve();"
        "shutil.copytree(places.specs_folder(), specs);"
        f"(specs / 'pinch' / {name!r}).write_text('a: [');"
        "import dubcheck.contract as contract; contract.specs_folder = lambda: specs;"
        "from dubcheck.cli import main; sys.exit(main(['run', '--api', 'pinch']))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60
    )

    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_killed_run_leaves_a_truncated_record(tmp_path: Path) -> None:
    """A run killed after its first exchanges leaves a record that the reader refuses.

    The report of an earlier run in the same folder is gone, so that it cannot pass for this one's.
    """
    (tmp_path / "report.json").write_text("{}")
    command = [sys.executable, "-m", "dubcheck", "run", "--api", "pinch", "--report-dir", "."]
    child = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stderr is not None
    child.stderr.readline()  # the first probe is over, so exchanges are recorded

    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    child.stderr.close()

    with pytest.raises(RecordError, match="truncated"):
        read_record(tmp_path / "record.jsonl")
    assert not (tmp_path / "report.json").exists()


def test_run_without_one_of_its_workers_is_not_concluded(tmp_path: Path) -> None:
    """A worker that is killed takes with it what it saw: status 3, no report, no worker left."""
    command = [sys.executable, "-m", "dubcheck", "run", "--profile", "quick", "--report-dir", "."]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert run.stderr is not None
    run.stderr.readline()  # the first probe is over, so both workers are at work
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    words = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children}
    workers = [int(child) for child in children if "sys.stdin.readline" in words[child]]

    os.kill(workers[0], signal.SIGKILL)
    told, _ = run.communicate(timeout=60)

    assert (len(workers), run.returncode) == (2, 3)
    assert "died" in told
    assert not (tmp_path / "report.json").exists()
    assert not Path(f"/proc/{workers[1]}").exists()
