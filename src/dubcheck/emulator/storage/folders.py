"""Temporary folders that are locked while in use, so that a killed process's gigabytes are found.

A lock and not a process number: a folder of temporary files may be shared between containers, in
which another's living process looks as if it were gone.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path

PREFIX = "dubcheck-objects-"
_UNLOCKED_PREFIX = "dubcheck-new-"


class TemporaryFolder:
    """A new folder; those that nobody holds any more are deleted first."""

    def __init__(self) -> None:
        parent = Path(tempfile.gettempdir())
        for folder in parent.glob(f"{PREFIX}*"):
            _delete_orphan(folder)
        made = Path(tempfile.mkdtemp(prefix=_UNLOCKED_PREFIX, dir=parent))
        weakref.finalize(self, os.close, _lock(made))
        # Only now does it bear a name that others look for.
        self.path = made.rename(parent / f"{PREFIX}{made.name.removeprefix(_UNLOCKED_PREFIX)}")

    def delete(self) -> None:
        """Deletes the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)


def _delete_orphan(folder: Path) -> None:
    try:
        descriptor = _lock(folder)
    except OSError:
        return  # somebody's at work, or not ours to touch
    shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)


def _lock(folder: Path) -> int:
    """Locks a folder until the descriptor is closed, at the latest when the process ends.

    Raises: OSError where another holds it.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
