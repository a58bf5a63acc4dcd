"""Where storage keeps its files when nobody asks for a state file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dubcheck.emulator.storage.folders import TemporaryFolder

MAKE_AND_TELL = "from dubcheck.emulator.storage.folders import *; print(TemporaryFolder().path)"


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_folder_of_a_process_that_is_gone_is_deleted() -> None:
    """What a killed process left behind goes when the next one starts."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE_AND_TELL], capture_output=True, text=True, check=True
    )
    left = Path(made.stdout.strip())
    assert left.exists()

    TemporaryFolder()

    assert not left.exists()


def test_folder_of_a_living_process_is_kept() -> None:
    """A second emulator leaves the first one's files alone."""
    first = TemporaryFolder()

    second = TemporaryFolder()

    assert first.path.exists()
    assert first.path != second.path


def test_folder_of_another_living_process_is_kept() -> None:
    """So does an emulator in a process of its own."""
    first = TemporaryFolder()

    subprocess.run([sys.executable, "-c", MAKE_AND_TELL], capture_output=True, check=True)

    assert first.path.exists()


def test_file_of_that_name_is_kept(tmp_path: Path) -> None:
    """What is no folder is not ours to delete."""
    other = tmp_path / "dubcheck-objects-notes"
    other.write_text("mine")

    TemporaryFolder()

    assert other.exists()
