"""Variations: what another server may do that follows the documents too. A suite must accept each.

`dubcheck serve --variation NAME` serves one. Most wrap the emulator as defects do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dubcheck.emulator.assembly import Packs, all_packs
from dubcheck.emulator.defects.interception import Defect
from dubcheck.emulator.routing import Service
from dubcheck.emulator.settings import EmulatorSettings
from dubcheck.emulator.variations.forms import FORMS
from dubcheck.emulator.variations.panjaya import PANJAYA
from dubcheck.emulator.variations.pinch import PINCH
from dubcheck.emulator.variations.transport import TRANSPORT
from dubcheck.emulator.variations.variation import Variation
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import UsageError

__all__ = ["VARIATIONS", "Variation", "find_variation", "varied"]

VARIATIONS: dict[str, Variation] = {**FORMS, **TRANSPORT, **PINCH, **PANJAYA}


def find_variation(name: str) -> Defect:
    """What the variation of that name does to the traffic, in the form that the wrapper takes.

    Raises: UsageError naming those there are.
    """
    if name not in VARIATIONS:
        raise UsageError(f"--variation {name}: unknown; there are {', '.join(VARIATIONS)}")
    return Defect("variation", name, VARIATIONS[name].act)


def varied(settings: EmulatorSettings, names: Sequence[str]) -> tuple[EmulatorSettings, Packs]:
    """The settings of these variations, and how the services are then built."""
    chosen = [VARIATIONS[name] for name in names]
    for variation in chosen:
        settings = replace(settings, **variation.settings)

    def packs(workspace: Workspace) -> Sequence[Service]:
        for variation in chosen:
            variation.arrange(workspace)
        return all_packs(workspace)

    return settings, packs
