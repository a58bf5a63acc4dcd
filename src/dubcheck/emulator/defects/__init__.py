"""Defects: wrappers that break exactly one promise, to prove that a suite sees it.

`dubcheck serve --defect ID[/SLUG]` serves one. Nothing here is a fault that real services have.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from dubcheck.emulator.defects.application import ServedDefects
from dubcheck.emulator.defects.interception import Defect
from dubcheck.errors import UsageError

__all__ = ["Defect", "ServedDefects", "all_defects", "find_defects"]


def all_defects() -> tuple[Defect, ...]:
    """Every defect, in the order of the modules that list them in DEFECTS."""
    found: list[Defect] = []
    for module in walk_packages(__path__, f"{__name__}."):
        found.extend(getattr(import_module(module.name), "DEFECTS", ()))
    return tuple(found)


def find_defects(name: str) -> tuple[Defect, ...]:
    """The defect of ID/SLUG, or every defect of ID.

    Raises: UsageError where there is none, naming those of the same topic.
    """
    known = all_defects()
    wanted = tuple(item for item in known if name in (item.name, item.requirement))
    if not wanted:
        topic = name.rpartition(".")[0]
        near = ", ".join(item.name for item in known if item.requirement.startswith(topic + "."))
        raise UsageError(
            f"--defect {name}: unknown; {'near it: ' + near if near else 'see --list-defects'}"
        )
    return wanted
