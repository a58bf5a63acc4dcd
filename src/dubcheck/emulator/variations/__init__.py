"""Variations: what another server may do that follows the documents too. A suite must accept each.

`dubcheck serve --variation NAME` serves one. They wrap the emulator as defects do.
"""

from __future__ import annotations

from dubcheck.emulator.defects.interception import Defect
from dubcheck.emulator.variations.both import BOTH
from dubcheck.emulator.variations.panjaya import PANJAYA
from dubcheck.emulator.variations.pinch import PINCH
from dubcheck.errors import UsageError

VARIATIONS = {**BOTH, **PINCH, **PANJAYA}


def find_variation(name: str) -> Defect:
    """The variation of that name, in the form that the wrapper takes.

    Raises: UsageError naming those there are.
    """
    if name not in VARIATIONS:
        raise UsageError(f"--variation {name}: unknown; there are {', '.join(VARIATIONS)}")
    return Defect("variation", name, VARIATIONS[name])
