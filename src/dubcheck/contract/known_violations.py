"""Violations that are already known: listed with reason and date, they must still happen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from dubcheck.contract.yaml_files import read_yaml
from dubcheck.errors import ContractError


@dataclass(frozen=True, slots=True)
class KnownViolation:
    """A requirement that a target is known to break.

    `target` is a target kind (live, emulator, recorded) or a base URL.
    """

    id: str
    target: str
    reason: str
    evidence: str
    date: datetime.date
    expires: datetime.date | None

    def concerns(self, kind: str, base_url: str) -> bool:
        """Whether the entry speaks of this target."""
        return self.target in (kind, base_url, base_url.rstrip("/"))


def load_known_violations(path: Path) -> tuple[KnownViolation, ...]:
    """The entries of one known_violations.yaml; a missing file lists nothing.

    Raises: ContractError naming the entry that cannot be used.
    """
    if not path.exists():
        return ()
    document = read_yaml(path)
    try:
        return tuple(
            KnownViolation(**{"expires": None, **entry}) for entry in document["violations"]
        )
    except (KeyError, TypeError) as error:
        raise ContractError(
            f"{path}: every entry needs id, target, reason, evidence, date ({error})"
        ) from error
