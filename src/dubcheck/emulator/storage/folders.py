"""Temporary folders that name their process, so that a killed one's gigabytes are found again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "dubcheck-storage-"


def temporary_folder() -> Path:
    """A new folder of this process; those of processes that are gone are deleted first."""
    parent = Path(tempfile.gettempdir())
    for folder in parent.glob(f"{PREFIX}*-*"):
        if _is_orphan(folder):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))


def _is_orphan(folder: Path) -> bool:
    pid = folder.name.removeprefix(PREFIX).partition("-")[0]
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
