"""Panjaya Dubbing Studio as documented: assets, dubbings, versions and callbacks, with real dubs.

Nothing of Pinch is here; magic.py lists the file names that order an outcome.
"""

from __future__ import annotations

from dubcheck.emulator.panjaya.magic import MAGIC_NAMES
from dubcheck.emulator.panjaya.service import PanjayaService

__all__ = ["MAGIC_NAMES", "PanjayaService"]
