"""Acceptances of different fields in one request: fewer requests for as many promises.

Which of them a refusal is due to is found in examination.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .stimuli import Acceptance, Change, changed


@dataclass(frozen=True, slots=True)
class Bundle:
    """Acceptances that touch no field twice."""

    acceptances: tuple[Acceptance, ...]

    @property
    def change(self) -> Change:
        """All of their changes."""
        return changed({}, *(acceptance.change for acceptance in self.acceptances))


def bundled(acceptances: Iterable[Acceptance], body: Mapping[str, Any]) -> list[Bundle]:
    """Every acceptance in the first bundle that can carry it."""
    bundles: list[Bundle] = []
    for acceptance in acceptances:
        for index, bundle in enumerate(bundles):
            joined = Bundle((*bundle.acceptances, acceptance))
            if _are_independent(joined, body):
                bundles[index] = joined
                break
        else:
            bundles.append(Bundle((acceptance,)))
    return bundles


def _are_independent(bundle: Bundle, body: Mapping[str, Any]) -> bool:
    touched = [name for acceptance in bundle.acceptances for name in acceptance.fields]
    merged = changed(body, bundle.change)
    targets = {language["locale"] for language in merged["languages"]}
    # Dubbing a language into itself is a question of its own.
    return len(touched) == len(set(touched)) and merged.get("locale") not in targets
