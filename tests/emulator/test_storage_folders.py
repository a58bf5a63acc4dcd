"""Where storage keeps its files when nobody asks for a state file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dubcheck.emulator.storage.folders import temporary_folder


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_folder_of_a_process_that_is_gone_is_deleted(tmp_path: Path) -> None:
    """What a killed process left behind goes when the next one starts."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = tmp_path / f"dubcheck-storage-{ended.pid}-abc"
    left.mkdir()

    temporary_folder()

    assert not left.exists()


def test_folder_of_a_living_process_is_kept() -> None:
    """A second emulator leaves the first one's files alone."""
    first = temporary_folder()

    second = temporary_folder()

    assert first.exists()
    assert first != second


def test_folder_of_somebody_else_is_kept(tmp_path: Path) -> None:
    """A folder whose name holds no process number is not ours to delete."""
    other = tmp_path / "dubcheck-storage-mine-abc"
    other.mkdir()

    temporary_folder()

    assert other.exists()
